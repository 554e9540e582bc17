"""Who may enter: a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.meetings.rules.admission import (
    DOORS_OPEN_BEFORE,
    Door,
    MeetingState,
    Role,
    clean_name,
    refusal_at,
    state_at,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OPEN = Door(starts_at=None, is_opened=True, is_ended=False, is_locked=False, limit=2, present=0)


def door(**changes: object) -> Door:
    return replace(OPEN, **changes)  # type: ignore[arg-type]


LATER = {"starts_at": NOW + timedelta(hours=1), "is_opened": False}
SOON = {"starts_at": NOW + DOORS_OPEN_BEFORE, "is_opened": False}
ALMOST = {"starts_at": NOW + DOORS_OPEN_BEFORE + timedelta(seconds=1), "is_opened": False}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, MeetingState.OPEN),
        ({"is_opened": False}, MeetingState.OPEN),  # no time set: open at once
        (LATER, MeetingState.SCHEDULED),
        (SOON, MeetingState.OPEN),
        (ALMOST, MeetingState.SCHEDULED),
        ({**LATER, "is_opened": True}, MeetingState.OPEN),  # the host came early
        ({"is_ended": True}, MeetingState.ENDED),
        ({**LATER, "is_ended": True}, MeetingState.ENDED),
    ],
)
def test_state(changes: dict[str, object], state: MeetingState) -> None:
    assert state_at(door(**changes), NOW) is state


@pytest.mark.parametrize(
    ("changes", "role", "is_known", "refusal"),
    [
        ({}, Role.PARTICIPANT, False, None),
        (LATER, Role.PARTICIPANT, False, "meeting_not_open"),
        (LATER, Role.HOST, False, None),
        ({"is_locked": True}, Role.PARTICIPANT, False, "meeting_locked"),
        ({"is_locked": True}, Role.VIEWER, False, "meeting_locked"),
        ({"is_locked": True}, Role.PARTICIPANT, True, None),
        ({"is_locked": True}, Role.HOST, False, None),
        ({"present": 1}, Role.PARTICIPANT, False, None),
        ({"present": 2}, Role.PARTICIPANT, False, "meeting_full"),
        ({"present": 2}, Role.PARTICIPANT, True, None),
        ({"present": 2}, Role.HOST, False, None),
        ({"is_ended": True}, Role.HOST, True, "meeting_ended"),
        ({"is_ended": True, "is_locked": True}, Role.PARTICIPANT, False, "meeting_ended"),
    ],
)
def test_refusal(
    changes: dict[str, object], role: Role, is_known: bool, refusal: str | None
) -> None:
    assert refusal_at(door(**changes), role, is_known, NOW) == refusal


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Budi\u202egnp.exe", "Budi gnp.exe"),  # direction override
        ("Ani\nAdmin", "Ani Admin"),
        ("\u200b\u200b", ""),  # invisible only
        ("Raden Mas Ir. H. Ánggoro, S.T.", "Raden Mas Ir. H. Ánggoro, S.T."),
        ("x" * 300, "x" * 100),
    ],
)
def test_clean_name(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@given(st.text(max_size=300))
def test_clean_name_is_one_printable_line_and_stays(typed: str) -> None:
    name = clean_name(typed)
    assert name.isprintable()
    assert len(name) <= 100
    assert name == name.strip()
    assert clean_name(name) == name
