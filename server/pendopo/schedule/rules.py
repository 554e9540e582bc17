"""What a session may become."""

from collections.abc import Iterable
from dataclasses import dataclass, field
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
    CANCELLED = "cancelled"


class EventKind(StrEnum):
    """What kind of event it is."""

    MEETING = "meeting"
    WEBINAR = "webinar"
    HEARING = "hearing"
    TRAINING = "training"
    PLENARY = "plenary"
    INAUGURATION = "inauguration"


class EventRole(StrEnum):
    """Whether the office holds the event on its platform, or joins what somebody else holds."""

    HOST = "host"
    CLIENT = "client"


@dataclass(frozen=True)
class Slot:
    """From when to when a session lasts, in UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class OutsideCall:
    """How to get into a meeting that somebody else holds; empty is not known yet."""

    platform: str = ""
    url: str = ""
    meeting_id: str = ""
    passcode: str = ""
    organiser: str = ""


@dataclass(frozen=True)
class EventWish:
    """What somebody wants to be served: an event with its sessions in order."""

    title: str
    kind: EventKind
    role: EventRole
    slots: tuple[Slot, ...]
    is_open: bool = False
    outside: OutsideCall = field(default_factory=OutsideCall)


class Remainder(StrEnum):
    """What is left of an event that somebody wants to cancel."""

    TO_COME = "to_come"
    LIVE = "live"
    NOTHING = "nothing"


def is_to_come(state: str, ends_at: datetime | None, now: datetime) -> bool:
    """Whether a session can still be held. One that nobody began and whose end is over can not."""
    return state == SessionState.ASSIGNED and (ends_at is None or ends_at > now)


def remainder(sessions: Iterable[tuple[str, datetime | None]], now: datetime) -> Remainder:
    """What the states and ends of its sessions leave of an event: while one is held, it is live."""
    each = list(sessions)
    if any(state == SessionState.LIVE for state, _ in each):
        return Remainder.LIVE
    if any(is_to_come(state, ends_at, now) for state, ends_at in each):
        return Remainder.TO_COME
    return Remainder.NOTHING


def is_out_of_range(*times: datetime | None) -> bool:
    """Whether one of them is before 2000 or after 2099, and surely a slip of the finger."""
    return any(time is not None and not EARLIEST <= time < LATEST for time in times)


def order_of_times_is_wrong(starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether an end is given that does not come after the start."""
    if ends_at is None:
        return False
    return starts_at is None or ends_at <= starts_at
