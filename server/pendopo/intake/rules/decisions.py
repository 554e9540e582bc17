"""What becomes of an offer, and when a request comes too late."""

from datetime import date
from enum import StrEnum


class OfferState(StrEnum):
    """Whether the requester has answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def comes_too_late(working_days_ahead: int, lead_days: int) -> bool:
    """Whether an event lies nearer than the lead time of its requester's class.

    The head of office may still let it through: a warning, not a wall (domain: "override by the
    head of office").
    """
    return working_days_ahead < lead_days


def earliest_day(days: list[date]) -> date | None:
    """The first day of an event."""
    return min(days, default=None)
