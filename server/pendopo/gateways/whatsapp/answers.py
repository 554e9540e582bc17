"""What an HTTP answer means for a message."""

import json
import time
from dataclasses import dataclass
from typing import Any

import requests

from pendopo.gateways.whatsapp.port import WhatsAppRefused

_SECONDS = 15  # for each step
_SECONDS_IN_ALL = 30  # a gateway that drips can't hold a worker
_LARGEST = 65_536  # an answer is an id or an error: all else is cut off
# Wrong keys are our own fault, a full house is nobody's: the next try may find both mended.
_MAY_CHANGE = {401, 403, 404, 408, 425, 429}


@dataclass(frozen=True)
class Answer:
    """Status and JSON object of an answer; anything but an object is an empty one."""

    status: int
    value: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Whether the other side says that it took the message; a redirect does not."""
        return 200 <= self.status < 300


def post_json(url: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
    """Posts and answers what came back, however it went. Raises ``OSError`` without an answer."""
    given_up = time.monotonic() + _SECONDS_IN_ALL
    with requests.post(
        url, json=body, headers=headers, timeout=_SECONDS, allow_redirects=False, stream=True
    ) as answer:
        content = bytearray()
        for part in answer.iter_content(1):  # a larger part is waited for until it is whole
            content += part
            if len(content) > _LARGEST:
                break
            if time.monotonic() > given_up:
                raise TimeoutError("the WhatsApp gateway does not come to an end")
        return Answer(answer.status_code, _object(bytes(content)))


def _object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def refuse_if_final(answer: Answer) -> None:
    """Raises ``WhatsAppRefused`` for a refusal, ``OSError`` for what another try may mend."""
    if answer.ok:
        return
    if 400 <= answer.status < 500 and answer.status not in _MAY_CHANGE:
        raise WhatsAppRefused(f"http_{answer.status}")
    raise OSError(f"the WhatsApp gateway answers {answer.status}")
