"""When a meeting that nobody ended is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Sittings run hours late, and people come back after a long break.
ABANDONED_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class Use:
    """What is known of the use of a meeting. ``last_left_at``: when someone was last in it."""

    created_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    last_left_at: datetime | None
    present: int


def is_abandoned(use: Use, now: datetime) -> bool:
    """Nobody is there, and for six hours nobody was, nor was anything planned."""
    moments = (use.created_at, use.starts_at, use.ends_at, use.last_left_at)
    last = max(moment for moment in moments if moment is not None)
    return use.present == 0 and now - last > ABANDONED_AFTER
