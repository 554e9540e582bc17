"""Who was there from when to when, from what LiveKit and the clients tell us.

A **connection** is one LiveKit connection of one participant. Its end is told by a webhook, or
found by asking LiveKit who is there. After a crash nobody says goodbye: LiveKit notices only when
its network timeouts have run out, so the end is the last sign of life, not the moment of noticing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

# LiveKit's fixed timeouts (pkg/rtc, measured 20.2 s): ICE 10 s disconnected + 5 s failed + 5 s of
# patience. A loss that it tells us of happened so long before.
LIVEKIT_NOTICES_AFTER = timedelta(seconds=20)
# Our clients report every 5 s; one that was silent for so long is lost, before LiveKit says so.
SILENT_AFTER = timedelta(seconds=13)
# A reload or a change of network is not a departure; see `merged`.
SAME_STAY_GAP = timedelta(seconds=10)
SAME_STAY_GAP_AFTER_LOSS = timedelta(seconds=60)


class Reason(StrEnum):
    """Why a stay ended. While it lasts the reason is empty."""

    LEFT = "left"
    LOST = "lost"
    REMOVED = "removed"
    ENDED = "ended"
    REPLACED = "replaced"


# LiveKit's disconnect reasons, lower case. What is not named here was a loss.
_REASONS = {
    "client_initiated": Reason.LEFT,
    "participant_removed": Reason.REMOVED,
    "room_deleted": Reason.ENDED,
    "room_closed": Reason.ENDED,
    "duplicate_identity": Reason.REPLACED,
}


def reason_for(disconnect_reason: str) -> Reason:
    """Our reason for one of LiveKit's."""
    return _REASONS.get(disconnect_reason, Reason.LOST)


def leave_time(
    reason: Reason, noticed_at: datetime, joined_at: datetime, sign_of_life_at: datetime | None
) -> datetime:
    """When a connection really ended: at once for a goodbye, at the last sign of life for a loss.

    Without any sign of life, LiveKit's own delay is taken off. Never before the joining.
    """
    noticed_at = max(noticed_at, joined_at)
    if reason is not Reason.LOST:
        return noticed_at
    last = sign_of_life_at or noticed_at - LIVEKIT_NOTICES_AFTER
    return min(max(last, joined_at), noticed_at)


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are known."""
    return max((m for m in moments if m is not None), default=None)


def event_time(created_at: datetime, received_at: datetime) -> datetime:
    """LiveKit stamps events in whole seconds; ours is finer unless the event came late."""
    return min(received_at, created_at + timedelta(seconds=1))


@dataclass(frozen=True)
class Stay:
    """One participant's presence. ``left_at`` is ``None`` and ``reason`` empty while it lasts."""

    participant: str
    joined_at: datetime
    left_at: datetime | None
    reason: str


def merged(connections: Iterable[Stay]) -> list[Stay]:
    """Stays as a person would tell them, in the order of joining.

    Two connections of one participant are one stay when they overlap, or when the second begins
    within 10 s of the first one's end (60 s after a loss or a replacement by a second device).
    The last connection to end gives the reason.
    """
    stays: list[Stay] = []
    open_stay: dict[str, int] = {}
    for connection in sorted(connections, key=lambda c: (c.joined_at, c.left_at is None)):
        at = open_stay.get(connection.participant)
        if at is not None and _continues(stays[at], connection):
            stays[at] = _joined(stays[at], connection)
        else:
            open_stay[connection.participant] = len(stays)
            stays.append(connection)
    return stays


def _continues(stay: Stay, connection: Stay) -> bool:
    if stay.left_at is None:
        return True
    by_accident = stay.reason in (Reason.LOST, Reason.REPLACED)
    gap = SAME_STAY_GAP_AFTER_LOSS if by_accident else SAME_STAY_GAP
    return connection.joined_at - stay.left_at <= gap


def _joined(stay: Stay, connection: Stay) -> Stay:
    if stay.left_at is None or (connection.left_at and connection.left_at <= stay.left_at):
        return stay
    return replace(stay, left_at=connection.left_at, reason=connection.reason)
