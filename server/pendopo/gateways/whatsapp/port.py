"""What every way to WhatsApp promises."""

from dataclasses import dataclass
from typing import Protocol

MAX_ID = 160  # of what the other side calls a message


class WhatsAppRefused(Exception):
    """The other side will never take this message; ``code`` is its code or our word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class WhatsAppMessage:
    """One message. ``reference`` is our own id, which reports may bring back."""

    to: str  # +62…
    text: str
    language: str
    reference: str


class Adapter(Protocol):
    """A way to hand a message over without a person."""

    def send(self, message: WhatsAppMessage) -> str:
        """Hands it over; what the other side calls it, or empty.

        Raises :class:`WhatsAppRefused` when another try is of no use, ``OSError`` when it is.
        """
