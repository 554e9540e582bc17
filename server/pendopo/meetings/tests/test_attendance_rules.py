"""From connections to stays: tables and properties."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.meetings.rules.attendance import (
    Reason,
    Stay,
    event_time,
    leave_time,
    merged,
    reason_for,
)

T0 = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def stay(who: str, start: float, end: float | None, reason: str = "left") -> Stay:
    return Stay(who, at(start), None if end is None else at(end), "" if end is None else reason)


@pytest.mark.parametrize(
    ("livekit", "reason"),
    [
        ("client_initiated", Reason.LEFT),
        ("participant_removed", Reason.REMOVED),
        ("room_deleted", Reason.ENDED),
        ("duplicate_identity", Reason.REPLACED),
        ("connection_timeout", Reason.LOST),
        ("server_shutdown", Reason.LOST),
        ("something_new", Reason.LOST),
    ],
)
def test_reason(livekit: str, reason: Reason) -> None:
    assert reason_for(livekit) is reason


@pytest.mark.parametrize(
    ("reason", "noticed", "joined", "life", "left"),
    [
        (Reason.LEFT, 60, 0, 57, 60),  # a goodbye counts to the moment
        (Reason.REMOVED, 60, 0, None, 60),
        (Reason.LOST, 60, 0, 57, 57),  # a crash: the last report
        (Reason.LOST, 60, 0, None, 40),  # a program that reports nothing: LiveKit's delay
        (Reason.LOST, 10, 0, None, 0),  # never before the joining
        (Reason.LOST, 60, 50, 45, 50),
        (Reason.LEFT, 49, 50, None, 50),  # clocks that disagree
        (Reason.LOST, 60, 0, 70, 60),  # a report cannot be later than the noticing
    ],
)
def test_leave_time(
    reason: Reason, noticed: float, joined: float, life: float | None, left: float
) -> None:
    sign = None if life is None else at(life)
    assert leave_time(reason, at(noticed), at(joined), sign) == at(left)


def test_event_time_is_ours_unless_the_event_came_late() -> None:
    assert event_time(at(10), at(10.4)) == at(10.4)
    assert event_time(at(10), at(25)) == at(11)


@pytest.mark.parametrize(
    ("connections", "stays"),
    [
        ([], []),
        ([stay("a", 0, None)], [stay("a", 0, None)]),
        # a reload
        ([stay("a", 0, 60), stay("a", 63, 90)], [stay("a", 0, 90)]),
        # left and came back later
        ([stay("a", 0, 60), stay("a", 71, 90)], [stay("a", 0, 60), stay("a", 71, 90)]),
        # the network was away for a while
        ([stay("a", 0, 60, "lost"), stay("a", 100, 190)], [stay("a", 0, 190)]),
        (
            [stay("a", 0, 60, "lost"), stay("a", 130, 190)],
            [stay("a", 0, 60, "lost"), stay("a", 130, 190)],
        ),
        # came back and is still here
        ([stay("a", 0, 60, "lost"), stay("a", 70, None)], [stay("a", 0, None)]),
        # a second device took over while the first was still fading
        ([stay("a", 0, 65, "lost"), stay("a", 60, 90, "removed")], [stay("a", 0, 90, "removed")]),
        # the older connection ends after the newer: the later end counts
        ([stay("a", 0, 95), stay("a", 60, 90, "lost")], [stay("a", 0, 95)]),
        # two people do not touch each other
        ([stay("a", 0, 60), stay("b", 61, 90)], [stay("a", 0, 60), stay("b", 61, 90)]),
    ],
)
def test_merged(connections: list[Stay], stays: list[Stay]) -> None:
    assert merged(connections) == stays
    assert merged(reversed(connections)) == stays


def end(of: Stay) -> datetime:
    assert of.left_at
    return of.left_at


spans = st.tuples(
    st.sampled_from("abc"), st.integers(0, 500), st.integers(0, 200), st.sampled_from(list(Reason))
)


@given(st.lists(spans, max_size=12))
def test_merging_loses_no_presence_and_never_overlaps(
    given_spans: list[tuple[str, int, int, Reason]],
) -> None:
    connections = [stay(who, s, s + d, reason) for who, s, d, reason in given_spans]
    stays = merged(connections)
    for connection in connections:
        assert any(
            s.participant == connection.participant
            and s.joined_at <= connection.joined_at
            and end(s) >= end(connection)
            for s in stays
        )
    for who in "abc":
        own = [s for s in stays if s.participant == who]
        assert all(end(x) < y.joined_at for x, y in pairwise(own))
    assert merged(stays) == stays
