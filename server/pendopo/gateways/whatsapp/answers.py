"""What an HTTP answer means for a message."""

from typing import Any

import requests

from pendopo.gateways.whatsapp.port import WhatsAppRefused

_SECONDS = 15
# Wrong keys are our own fault, a full house is nobody's: the next try may find both mended.
_MAY_CHANGE = {401, 403, 404, 408, 425, 429}


def post_json(url: str, body: dict[str, Any], headers: dict[str, str]) -> requests.Response:
    """Posts and answers what came back, however it went. Raises ``OSError`` without an answer."""
    return requests.post(url, json=body, headers=headers, timeout=_SECONDS, allow_redirects=False)


def refuse_if_final(answer: requests.Response) -> None:
    """Raises ``WhatsAppRefused`` for a refusal, ``OSError`` for what another try may mend."""
    if answer.ok and not answer.is_redirect:
        return
    if answer.status_code in _MAY_CHANGE or answer.status_code >= 500 or answer.is_redirect:
        raise OSError(f"WhatsApp gateway answers {answer.status_code}")
    raise WhatsAppRefused(f"http_{answer.status_code}")


def json_of(answer: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty for anything else."""
    try:
        value = answer.json()
    except requests.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
