"""Meta's Cloud API for WhatsApp: sending, and the webhook that reports what became of it.

Facts: developers.facebook.com, "WhatsApp Cloud API", pages "Messages" and "Webhooks".
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from pendopo.foundation.plain_text import storable
from pendopo.gateways.whatsapp.answers import Answer, post_json, refuse_if_final
from pendopo.gateways.whatsapp.port import MAX_ID, WhatsAppMessage, WhatsAppRefused

# Limits of rate or of the account, a key that has run out: the same message may be taken later.
_LATER = {1, 2, 4, 190, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004}


class CloudApi:
    """Sends a text, or a template with the text as its one parameter.

    Outside of 24 hours after the reader's last own message WhatsApp takes templates only.
    """

    def send(self, message: WhatsAppMessage) -> str:
        """See :class:`pendopo.gateways.whatsapp.port.Adapter`."""
        url = f"{settings.WHATSAPP_URL}/{settings.WHATSAPP_PHONE_ID}/messages"
        headers = {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}
        answer = post_json(url, _body(message), headers)
        code = _error_code(answer)
        if not answer.ok and code in _LATER:
            raise OSError(f"WhatsApp answers code {code}")
        if answer.status == 400 and code:
            raise WhatsAppRefused(f"whatsapp_{code}")
        refuse_if_final(answer)
        sent = next((str(each.get("id", "")) for each in _objects(answer.value, "messages")), "")
        if not sent:  # the page of a proxy, say: Meta names every message that it took
            raise OSError("WhatsApp's answer names no message")
        return _short(sent)


def _error_code(answer: Answer) -> int:
    """Meta's own code of the error; 0 without one."""
    error = answer.value.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else 0


def _body(message: WhatsAppMessage) -> dict[str, Any]:
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": message.to.removeprefix("+"),
        # Comes back with every report, also when the report is faster than our own note.
        "biz_opaque_callback_data": message.reference,
    }
    if not settings.WHATSAPP_TEMPLATE:
        return body | {"type": "text", "text": {"preview_url": False, "body": message.text}}
    # A parameter may hold no line break and no more than four spaces.
    flat = " · ".join(" ".join(line.split()) for line in message.text.splitlines() if line.strip())
    return body | {
        "type": "template",
        "template": {
            "name": settings.WHATSAPP_TEMPLATE,
            "language": {"code": message.language},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": flat}]}],
        },
    }


class NotFromMeta(Exception):
    """The request was not signed with our app's secret, or its body was changed."""


@dataclass(frozen=True)
class Report:
    """What became of a message: ``sent``, ``delivered``, ``read`` or ``failed``."""

    reference: str  # ours; empty when the report brings none
    provider_id: str
    state: str
    code: str  # of the error, when it failed
    at: datetime | None = None  # when it happened


def answer_to_challenge(mode: str, token: str, challenge: str) -> str | None:
    """What Meta wants to read when it asks whether the address is ours; None for anyone else."""
    ours = settings.WHATSAPP_VERIFY_TOKEN
    if not ours or mode != "subscribe" or not hmac.compare_digest(token.encode(), ours.encode()):
        return None
    return challenge


def receive(body: bytes, signature: str) -> list[Report]:
    """The reports in a webhook; what else it tells is left out, names and numbers too.

    Raises :class:`NotFromMeta`; also while no secret is set.
    """
    secret = settings.WHATSAPP_APP_SECRET
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(signature.encode(), expected.encode()):
        raise NotFromMeta
    try:
        return list(_reports(json.loads(body)))
    except (ValueError, RecursionError) as error:
        raise NotFromMeta from error


def _reports(value: Any) -> Iterator[Report]:
    for entry in _objects(value, "entry"):
        for change in _objects(entry, "changes"):
            told = change.get("value")
            # One account of Meta may have several numbers, and their reports all come here.
            if _number_of(told) == settings.WHATSAPP_PHONE_ID:
                yield from map(_report, _objects(told, "statuses"))


def _number_of(told: Any) -> str:
    metadata = told.get("metadata") if isinstance(told, dict) else None
    return str(metadata.get("phone_number_id", "")) if isinstance(metadata, dict) else ""


def _report(status: dict[str, Any]) -> Report:
    code = next((str(error.get("code", "")) for error in _objects(status, "errors")), "")
    return Report(
        reference=str(status.get("biz_opaque_callback_data", "")),
        provider_id=_short(str(status.get("id", ""))),
        state=str(status.get("status", "")),
        code=_short(f"whatsapp_{code}")[:40] if code else "",
        at=_moment(status.get("timestamp")),
    )


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _short(text: str) -> str:
    return storable(text)[:MAX_ID]


def _objects(value: Any, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
