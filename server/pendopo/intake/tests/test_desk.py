"""On whose desk a letter lies, and who stands in for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.absences import end_absence, note_absence
from pendopo.intake.models import Assignment, Disposition, ServiceRequest
from pendopo.intake.queries.desk import desk_of, desk_tally, waiting_count
from pendopo.intake.queries.desks import desks_of
from pendopo.intake.queries.recipients import recipients_for
from pendopo.intake.queries.request_pages import PAGE, page_of
from pendopo.intake.queries.requests import visible_requests
from pendopo.intake.rules.desk import Reach, Work, work_of
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

NOBODY, SECRETARY, HEAD = Reach(False, False), Reach(True, False), Reach(False, True)


@pytest.mark.parametrize(
    ("state", "reach", "is_assigned", "lies_somewhere", "work"),
    [
        ("submitted", SECRETARY, False, False, Work.REGISTER),
        ("submitted", HEAD, False, False, None),
        ("registered", SECRETARY, False, False, Work.SEND_ON),
        ("registered", HEAD, False, False, Work.SEND_ON),
        ("registered", NOBODY, False, False, None),
        ("disposed", NOBODY, True, True, Work.HANDLE),
        ("disposed", HEAD, False, True, None),
        ("disposed", HEAD, False, False, Work.DECIDE),
        ("under_review", HEAD, False, False, Work.DECIDE),
        ("under_review", SECRETARY, False, False, None),
        ("needs_completion", NOBODY, True, True, None),
        ("approved", HEAD, False, False, None),
    ],
)
def test_what_waits_on_whose_desk(
    state: str, reach: Reach, is_assigned: bool, lies_somewhere: bool, work: Work | None
) -> None:
    assert work_of(state, reach, is_assigned, lies_somewhere) == work


def account(name: str, duty: Duty) -> Account:
    return create_account(f"{name}@t.example", "x", name, [duty])


def sent(number: int, state: str = "submitted") -> ServiceRequest:
    return ServiceRequest.objects.create(
        number=f"2026-{number:05}", state=state, organisation_name="PKK",
        submitted_at=clock.now() - timedelta(minutes=1000 - number),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_deputy_sees_the_desk_of_who_is_away_until_that_is_taken_back() -> None:
    head, coordinator = account("a", Duty.HEAD_OF_OFFICE), account("b", Duty.COORDINATOR)
    passed_on = Disposition.objects.create(request=sent(1, "disposed"), sender=head, at=clock.now())
    Assignment.objects.create(disposition=passed_on, account=head)
    today = timezone.localdate(clock.now())
    assert waiting_count(coordinator) == 0
    absence = note_absence(head, coordinator, today, today, head)
    (item,) = desk_of(coordinator, desks_of(coordinator))
    assert (item.holder, item.work) == (head, Work.HANDLE)
    with pytest.raises(Refused, match="absence_overlaps"):
        note_absence(head, coordinator, today, today, head)
    with pytest.raises(Refused, match="not_allowed"):
        note_absence(head, coordinator, today, today, coordinator)
    end_absence(absence, head)
    assert waiting_count(coordinator) == 0


@pytest.mark.django_db
def test_the_secretary_has_the_oldest_first_and_the_chain_names_the_head() -> None:
    secretary, head = account("a", Duty.SECRETARIAT), account("b", Duty.HEAD_OF_OFFICE)
    sent(2)
    sent(1)
    desks = desks_of(secretary)
    assert [i.request.number for i in desk_of(secretary, desks)] == ["2026-00001", "2026-00002"]
    assert desk_tally(secretary, desks_of(secretary)).waiting == 2
    assert [(r.account, r.is_suggested) for r in recipients_for(secretary)] == [(head, True)]


@pytest.mark.django_db
def test_pages_of_requests_are_whole_and_newest_first() -> None:
    secretary = account("a", Duty.SECRETARIAT)
    for number in range(PAGE + 2):
        sent(number)
    first = page_of(visible_requests(secretary), "")
    assert first.next
    second = page_of(visible_requests(secretary), first.next)
    numbers = [row.number for row in [*first.rows, *second.rows]]
    assert numbers == sorted(numbers, key=str, reverse=True)
    assert (len(numbers), second.next) == (PAGE + 2, None)
