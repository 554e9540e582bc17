"""Which sessions the home page tells the public."""

from datetime import date, datetime
from typing import Any

import pytest

from pendopo.journal.models import SYSTEM
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.schedule import queries
from pendopo.schedule.actions import admit_event, start_session
from pendopo.schedule.models import Event
from pendopo.schedule.rules import EventKind, EventRole, EventWish, Slot

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def owner() -> Account:
    return create_account("k@t.example", "x", "Agus", [Duty.COORDINATOR])


def _event(owner: Account, title: str, starts: str, ends: str, *, is_open: bool = True) -> Event:
    slot = Slot(*(datetime.fromisoformat(f"2026-11-{when}+07:00") for when in (starts, ends)))
    wish = EventWish(title, EventKind.MEETING, EventRole.HOST, (slot,), is_open=is_open)
    return admit_event(wish, owner, SYSTEM)


def _titles(day: date, days: int = 1) -> list[str]:
    return [session.event.title for session in queries.public_sessions(day, days)]


def test_a_day_has_its_open_sessions_in_order(owner: Account) -> None:
    _event(owner, "sore", "24T15:00", "24T16:00")
    _event(owner, "dini hari", "24T00:30", "24T01:00")
    _event(owner, "kemarin", "23T09:00", "24T00:00")
    _event(owner, "tiga hari", "23T08:00", "25T16:00")
    _event(owner, "besok", "25T00:00", "25T01:00")
    _event(owner, "tertutup", "24T10:00", "24T11:00", is_open=False)
    _event(owner, "batal", "24T10:00", "24T11:00").sessions.update(state="cancelled")
    assert _titles(TUESDAY) == ["tiga hari", "dini hari", "sore"]
    assert _titles(TUESDAY, 2) == ["tiga hari", "dini hari", "sore", "besok"]


def test_what_is_live_is_there_whenever_it_was_planned(owner: Account) -> None:
    event = _event(owner, "molor", "20T09:00", "20T11:00")
    assert _titles(TUESDAY) == []
    start_session(event.sessions.get(), SYSTEM)
    assert _titles(TUESDAY) == ["molor"]


def test_one_query_for_any_number(owner: Account, django_assert_num_queries: Any) -> None:
    for number in range(5):
        _event(owner, f"acara {number}", "24T09:00", "24T10:00")
    with django_assert_num_queries(1):
        units = [session.event.unit for session in queries.public_sessions(TUESDAY)]
    assert len(units) == 5
