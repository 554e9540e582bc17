"""The day of the answer: the clock stands while the requester is asked or has times to choose."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.models import Offer, Question, ServiceRequest
from pendopo.intake.queries.deadlines import answer_due_after
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.decisions import OfferState
from pendopo.intake.tests.office import People, a_request, a_slot, an_office, registered
from pendopo.office.rules.working_days import add_working_days

pytestmark = pytest.mark.django_db
# Monday, 7 June 2027; no holiday in that week and the next.
MONDAY = datetime(2027, 6, 7, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
End = Callable[[ServiceRequest], None]
Pauses = list[tuple[str, int, int | None]]  # kind, first and last day counted from Monday


@pytest.fixture
def people() -> People:
    return an_office()


def pause(case: ServiceRequest, kind: str, first: int, last: int | None) -> None:
    since = MONDAY + timedelta(days=first)
    until = MONDAY + timedelta(days=last) if last is not None else None
    if kind == "question":
        Question.objects.create(request=case, text="?", asked_at=since, answered_at=until)
        return
    assert case.account is not None
    state = OfferState.OPEN if until is None else OfferState.REFUSED
    late = MONDAY + timedelta(days=60)
    Offer.objects.create(
        request=case, offered_by=case.account, offered_at=since, answered_at=until, state=state,
        expires_at=until if kind == "expired" and until else late,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pauses", "working_days_more"),
    [
        ([], 0),
        ([("question", 1, 3)], 2),
        ([("offer", 1, 3)], 2),
        ([("offer", 0, 0)], 0),  # answered on its own day
        ([("question", 0, 1), ("offer", 1, 3)], 3),
        ([("offer", 1, 3), ("offer", 2, 3)], 2),  # a day stands still once
        ([("question", 1, None)], None),
        ([("offer", 1, None)], None),
        ([("question", 0, 1), ("offer", 1, None)], None),
    ],
)
def test_questions_and_offers_stop_the_clock(
    people: People, pauses: Pauses, working_days_more: int | None
) -> None:
    case = a_request()
    case.submitted_at, case.account = MONDAY, people["head"]
    for each in pauses:
        pause(case, *each)
    days = the_policy().answer_days
    expected = (
        add_working_days(MONDAY.date(), days + working_days_more, [])
        if working_days_more is not None
        else None
    )
    assert answer_due_after(case) == expected


def test_an_expired_offer_stops_it_until_its_time_was_over_and_not_longer(people: People) -> None:
    case = a_request()
    case.submitted_at, case.account = MONDAY, people["head"]
    pause(case, "expired", 1, 3)
    due = answer_due_after(case)
    Offer.objects.update(answered_at=MONDAY + timedelta(days=9))  # the worker was away
    assert answer_due_after(case) == due


def test_a_draft_has_no_day_of_answer(people: People) -> None:
    assert answer_due_after(ServiceRequest()) is None


def refuse(case: ServiceRequest) -> None:
    decisions.refuse_offer(case)


def expire(case: ServiceRequest) -> None:
    assert decisions.expire_offer(case.offers.get())


@pytest.mark.parametrize(("end", "days"), [(refuse, 2), (expire, 20)])
def test_after_an_offer_the_office_has_the_days_it_had(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[ServiceRequest], None],
    days: int,
) -> None:
    case = registered(people)
    before: date | None = case.answer_due
    decisions.offer(case, [a_slot(20)], "", people["head"])
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    end(case)
    case.refresh_from_db()
    assert case.answer_due == answer_due_after(case)
    assert before is not None
    assert case.answer_due is not None
    assert case.answer_due > before
