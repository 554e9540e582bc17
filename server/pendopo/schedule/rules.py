"""What a session may become."""

from datetime import UTC, datetime
from enum import StrEnum

# What a calendar of ours can hold. Far beyond it, neither sums nor time zones can be reckoned.
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class RoomKind(StrEnum):
    """A room with walls, or one on our platform."""

    PHYSICAL = "physical"
    VIRTUAL = "virtual"


class SessionState(StrEnum):
    """States that schedule owns, from ASSIGNED on (`docs/concepts.md`)."""

    ASSIGNED = "assigned"
    LIVE = "live"
    ENDED = "ended"


class EventKind(StrEnum):
    """What kind of event it is."""

    MEETING = "meeting"


def is_out_of_range(*times: datetime | None) -> bool:
    """Whether one of them is before 2000 or after 2099, and surely a slip of the finger."""
    return any(time is not None and not EARLIEST <= time < LATEST for time in times)


def order_of_times_is_wrong(starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether an end is given that does not come after the start."""
    if ends_at is None:
        return False
    return starts_at is None or ends_at <= starts_at
