"""What a unit books for itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.models import IntakePolicy, ServiceRequest
from pendopo.intake.rules.self_service import Beside, most_at_once
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import People, a_slot, an_office
from pendopo.office.models import Office
from pendopo.people.models import Account
from pendopo.schedule.models import Session
from pendopo.schedule.rules import Slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return an_office()


@pytest.mark.parametrize(
    ("changes", "hours", "code"),
    [
        ({}, 2, ""),
        ({"people": 51}, 2, "self_service_people"),
        ({}, 5, "self_service_hours"),
        ({"needs_operator": True}, 2, "self_service_operator"),
        ({"event_title": ""}, 2, "request_incomplete"),
    ],
)
def test_a_unit_books_within_its_limits(
    people: People, changes: dict[str, object], hours: int, code: str
) -> None:
    given = {"event_title": "Rapat bidang", "people": 20, "attendance": "online", **changes}
    if code:
        with pytest.raises(Refused, match=code):
            book_meeting(people["host"], given, a_slot(hours=hours))
        assert not ServiceRequest.objects.exists()
        return
    request = book_meeting(people["host"], given, a_slot(hours=hours))
    assert request.state == RequestState.APPROVED
    assert request.channel == "self_service"
    assert Session.objects.get().meeting.slug
    assert not Document.objects.exists()


def for_two_bookings(people_each: int) -> None:
    """A line of which units together may take what two such bookings need."""
    IntakePolicy.objects.create(self_service_uplink_percent=100)
    mbps = people_each * 2 * 2
    Office.objects.update(uplink_mbps=mbps, uplink_headroom_percent=0)


def book(account: Account, slot: Slot) -> str:
    given = {"event_title": "Rapat bidang", "people": 20, "attendance": "online"}
    try:
        book_meeting(account, given, slot)
    except Refused as refused:
        return refused.code
    return ""


def test_units_share_the_line_of_self_service(people: People) -> None:
    for_two_bookings(20)
    slot = a_slot()
    assert [book(people["host"], slot) for _ in range(3)] == ["", "", "self_service_uplink"]
    after = Slot(slot.ends_at, slot.ends_at + timedelta(hours=1))
    assert book(people["host"], after) == ""
    first = ServiceRequest.objects.order_by("number")[0]
    decisions.cancel(first, "", people["host"])
    assert book(people["host"], slot) == ""


@pytest.mark.django_db(transaction=True)
def test_units_that_book_at_the_same_moment_share_it_too() -> None:
    people = an_office()
    for_two_bookings(20)
    slot, together = a_slot(), Barrier(4)

    def work() -> str:
        try:
            together.wait(10)
            return book(people["host"], slot)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = [job.result() for job in [pool.submit(work) for _ in range(4)]]
    assert sorted(answers) == ["", "", "self_service_uplink", "self_service_uplink"]


@pytest.mark.parametrize("minutes", [-60, -1, 0])
def test_nobody_books_a_time_that_has_begun(people: People, minutes: int) -> None:
    starts = clock.now() + timedelta(minutes=minutes)
    assert book(people["host"], Slot(starts, starts + timedelta(hours=2))) == "slot_over"
    assert not ServiceRequest.objects.exists()


def at(hour: int) -> datetime:
    return datetime(2026, 12, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("others", "most"),
    [
        ([], 0),
        ([(7, 9), (12, 14)], 0),  # they only touch it
        ([(8, 10)], 10),
        ([(8, 10), (10, 12)], 10),  # one after the other
        ([(8, 11), (10, 13)], 20),
        ([(8, 20), (9, 10), (11, 12)], 20),
        ([(9, 12)] * 3, 30),
    ],
)
def test_people_count_only_as_far_as_they_meet_at_once(
    others: list[tuple[int, int]], most: int
) -> None:
    beside = [Beside(at(first), at(last), 10) for first, last in others]
    assert most_at_once(Slot(at(9), at(12)), beside) == most
