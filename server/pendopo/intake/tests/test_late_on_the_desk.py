"""A letter that comes after its request went ahead lies on the desk of who registers."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.desk import desk_of, desk_tally, waiting_count
from pendopo.intake.queries.desks import desks_of
from pendopo.intake.rules.desk import Reach, Work, work_of
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    an_office,
    registered,
    with_letter,
)
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return an_office()


def urgent() -> ServiceRequest:
    return a_request()


def at_state(case: ServiceRequest, state: str, people: People) -> None:
    decisions.authorise(case, "Banjir", people["head"])
    if state == "approved":
        decisions.approve(case, people["head"])
    elif state == "alternative_offered":
        decisions.offer(case, [a_slot(20)], "", people["head"])
    elif state == "needs_completion":
        decisions.ask(case, "Berapa titik?", people["head"])


def works(account: Account) -> list[tuple[str | None, Work]]:
    return [(item.request.number, item.work) for item in desk_of(account, desks_of(account))]


@pytest.mark.parametrize(
    "state", ["under_review", "needs_completion", "alternative_offered", "approved"]
)
def test_the_secretary_registers_it_where_the_request_stands(people: People, state: str) -> None:
    case, secretary = urgent(), people["secretary"]
    at_state(case, state, people)
    assert works(secretary) == []  # there is no letter yet
    with_letter(case)
    assert works(secretary) == [(case.number, Work.REGISTER)]
    assert waiting_count(secretary) == desk_tally(secretary, desks_of(secretary)).waiting == 1
    assert works(people["coordinator"]) == []
    client = Client()
    client.force_login(secretary)
    page = reverse("desk-letter", args=[case.number])
    shown = client.get(page).text
    assert 'value="register"' in shown
    assert 'value="pass_on"' not in shown
    given = {
        "stands": state, "step": "register", "subject": "Rapat darurat banjir",
        "received_on": f"{timezone.localdate(clock.now())}", "letter_number": "009/BPBD",
        "urgency": "very_urgent", "secrecy": "ordinary",
    }  # fmt: skip
    assert client.post(page, given).status_code == 302
    case.refresh_from_db()
    assert case.incoming.agenda_number == 1
    assert case.state == state
    assert works(secretary) == []


def test_what_is_over_or_was_never_authorised_waits_for_no_register(people: People) -> None:
    cancelled = with_letter(urgent())
    decisions.authorise(cancelled, "Banjir", people["head"])
    decisions.cancel(cancelled, "", requester_of(cancelled))
    usual = registered(people)
    decisions.approve(usual, people["head"])
    assert works(people["secretary"]) == []


@pytest.mark.parametrize(
    ("state", "reach", "work"),
    [
        ("approved", Reach(True, False), Work.REGISTER),
        ("approved", Reach(False, True), None),
        ("needs_completion", Reach(True, True), Work.REGISTER),
        ("under_review", Reach(True, False), Work.REGISTER),
        ("under_review", Reach(True, True), Work.DECIDE),  # it could not wait
    ],
)
def test_what_came_late_waits_for_the_register(state: str, reach: Reach, work: Work | None) -> None:
    assert work_of(state, reach, False, False, came_late=True) == work
