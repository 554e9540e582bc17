"""When a code proves that a contact is reached."""

from datetime import datetime, timedelta
from enum import StrEnum

DIGITS = 6
TRIES = 5
VALID_FOR = timedelta(minutes=10)


class CodeWay(StrEnum):
    """How a code reaches somebody."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"


class Verdict(StrEnum):
    """What a typed code is."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    TOO_MANY_TRIES = "too_many_tries"


def verdict(*, matches: bool, tries: int, sent_at: datetime, now: datetime) -> Verdict:
    """What a typed code is after ``tries`` wrong ones; also the right one counts only in time."""
    if now >= sent_at + VALID_FOR:
        return Verdict.EXPIRED
    if tries >= TRIES:
        return Verdict.TOO_MANY_TRIES
    return Verdict.RIGHT if matches else Verdict.WRONG
