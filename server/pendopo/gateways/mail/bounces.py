"""Reads what mail servers send back: delivery status notifications (RFC 3464)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from pendopo.gateways.mail.writing import reference_in

# Where servers note the address that a mail came to, beside ``To``.
_RECIPIENTS = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
_LARGEST = 2_000_000


@dataclass(frozen=True)
class Bounce:
    """That one of our mails will not arrive. ``status`` is an RFC 3463 code such as ``5.1.1``."""

    reference: str
    status: str


def bounce_in(content: bytes) -> Bounce | None:
    """The failure that a mail reports of one of ours; None for any other mail.

    A report of a mere delay is no bounce, and neither is a free answer of a person or machine: only
    what has the form of RFC 3464 counts. Which mail it was stands in the address that the report
    came to, or in the Message-ID of the mail that it quotes.
    """
    mail = message_from_bytes(content[:_LARGEST], policy=policy.default)
    if mail.get_content_type() != "multipart/report":
        return None
    statuses = [status for action, status in _reports(mail) if action == "failed"]
    reference = next((found for found in map(reference_in, _names(mail)) if found), "")
    return Bounce(reference, statuses[0]) if statuses and reference else None


def _reports(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    """Action and status for each reader that the report speaks of."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            action = str(block.get("Action", "")).strip().lower()
            status = str(block.get("Status", "")).split()
            if action:
                yield action, status[0][:12] if status else ""


def _names(mail: EmailMessage) -> Iterator[str]:
    """Whatever may say which mail it was, the most certain first."""
    for header in _RECIPIENTS:
        for value in mail.get_all(header, []):
            yield from str(value).split(",")
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in part.iter_parts():
                yield str(inner.get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            content = raw if isinstance(raw, bytes) else b""
            quoted = message_from_bytes(content, policy=policy.default)
            yield str(quoted.get("Message-ID", ""))
