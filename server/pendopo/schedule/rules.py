"""What a session may become."""

from enum import StrEnum


class SessionState(StrEnum):
    """States that schedule owns, from ASSIGNED on (`docs/concepts.md`)."""

    ASSIGNED = "assigned"
    LIVE = "live"
    ENDED = "ended"


class EventKind(StrEnum):
    """What kind of event it is."""

    MEETING = "meeting"


def order_of_times_is_wrong(starts_at: object, ends_at: object) -> bool:
    """Whether an end is given that does not come after the start."""
    if ends_at is None:
        return False
    return starts_at is None or ends_at <= starts_at  # type: ignore[operator]
