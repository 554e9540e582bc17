"""How a message reaches somebody, and when."""

from enum import StrEnum


class Channel(StrEnum):
    """A way to somebody."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    IN_APP = "in_app"


class NoticeState(StrEnum):
    """WAITING → SENT → DELIVERED → READ; BY_HAND waits for a person who sends it from WhatsApp."""

    WAITING = "waiting"
    BY_HAND = "by_hand"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    BOUNCED = "bounced"
