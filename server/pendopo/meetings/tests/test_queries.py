"""Reads cost the same however many people are in a meeting."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from pendopo.foundation import clock
from pendopo.meetings import queries
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.models import Connection, Meeting, Opening, Participant
from pendopo.meetings.rules.admission import Role
from pendopo.meetings.tests.conftest import Enter
from pendopo.office.models import AgencyUnit
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.schedule.models import Event


@pytest.mark.parametrize("people", [1, 30])
def test_fixed_numbers_of_queries(
    opening: Opening,
    enter: Enter,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(people):
        enter(f"Peserta {number}")
    with django_assert_num_queries(1):
        (row,) = queries.live_meetings()
    with django_assert_num_queries(2):
        rows = queries.attendance_of(opening.meeting)
    with django_assert_num_queries(1):
        present = queries.present_count(opening.meeting)
    with django_assert_num_queries(1):
        ((_, use),) = queries.unended_meetings()
    assert (row.present, len(rows), present, use.present) == (people,) * 4


def test_on_the_way_with_a_seat_takes_a_place(opening: Opening, enter: Enter) -> None:
    someone = enter().participant
    waiting = {"meeting": opening.meeting, "person": someone.person, "role": "participant"}
    Participant.objects.create(**waiting, seat_hash="a", admitted_at=clock.now())
    Participant.objects.create(**waiting, admitted_at=clock.now())  # a program: not yet
    old = clock.now() - timedelta(minutes=1)
    Participant.objects.create(**waiting, seat_hash="b", admitted_at=old)  # never arrived
    assert queries.present_count(opening.meeting) == 2


def test_who_left_is_not_live(opening: Opening, enter: Enter) -> None:
    enter()
    Connection.objects.update(left_at=clock.now(), reason="left")
    assert queries.live_meetings() == []


def test_who_is_a_host(opening: Opening, owner: Account) -> None:
    meeting = queries.meetings().get(pk=opening.meeting_id)
    stranger = create_account("s@test.example", "x", "S", [Duty.HOST])
    operator = create_account("o@test.example", "x", "O", [Duty.OPERATOR])
    assert queries.role_of(meeting, owner, "") is Role.HOST
    assert queries.role_of(meeting, operator, "") is Role.HOST
    assert queries.role_of(meeting, None, meeting.host_key) is Role.HOST
    assert queries.role_of(meeting, stranger, "") is Role.PARTICIPANT
    assert queries.role_of(meeting, None, "") is Role.PARTICIPANT
    assert queries.role_of(meeting, None, "ünknown") is Role.PARTICIPANT


def test_a_units_address_prefers_what_is_open(owner: Account) -> None:
    unit = AgencyUnit.objects.create(name="Dinas", slug="dinas")
    now = clock.now()
    later = create_meeting(owner, "Besok", starts_at=now + timedelta(days=1))
    soon = create_meeting(owner, "Nanti", starts_at=now + timedelta(hours=2))
    Event.objects.update(unit=unit)
    assert queries.meeting_at_unit("dinas") == soon
    Meeting.objects.filter(pk=later.pk).update(opened_at=now)
    assert queries.meeting_at_unit("dinas") == later
    Meeting.objects.update(ended_at=now)
    assert queries.meeting_at_unit("dinas") is None
