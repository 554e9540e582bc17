"""May this person enter, and as what?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Guests may settle in a little before the announced time.
DOORS_OPEN_BEFORE = timedelta(minutes=15)
NAME_LENGTH = 100


class Role(StrEnum):
    """What someone is in a meeting."""

    HOST = "host"
    PARTICIPANT = "participant"
    VIEWER = "viewer"


class MeetingState(StrEnum):
    """What a guest sees of a meeting."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Door:
    """What the answer at the door depends on."""

    starts_at: datetime | None
    is_opened: bool
    is_ended: bool
    is_locked: bool
    limit: int
    present: int


def doors_open_at(starts_at: datetime | None) -> datetime | None:
    """When a scheduled meeting opens by itself; ``None``: it is open from the start."""
    return None if starts_at is None else starts_at - DOORS_OPEN_BEFORE


def state_at(door: Door, now: datetime) -> MeetingState:
    """Open when someone opened it or the doors' time has come; a meeting without a time is open."""
    if door.is_ended:
        return MeetingState.ENDED
    opens_at = doors_open_at(door.starts_at)
    if door.is_opened or opens_at is None or now >= opens_at:
        return MeetingState.OPEN
    return MeetingState.SCHEDULED


def refusal_at(door: Door, role: Role, is_known: bool, now: datetime) -> str | None:
    """The code of the refusal, or ``None``: come in.

    A host opens the doors early and passes a lock and a full room. Someone who was in already
    (``is_known``) comes back through a lock: a lost network is no departure.
    """
    state = state_at(door, now)
    if state is MeetingState.ENDED:
        return "meeting_ended"
    if role is Role.HOST:
        return None
    if state is MeetingState.SCHEDULED:
        return "meeting_not_open"
    if door.is_locked and not is_known:
        return "meeting_locked"
    if door.present >= door.limit and not is_known:
        return "meeting_full"
    return None


def clean_name(name: str) -> str:
    """One line, no control or direction-changing characters, single spaces, at most 100 letters."""
    printable = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(printable.split())[:NAME_LENGTH].strip()
