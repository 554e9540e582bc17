"""Who may take which step in which state, and who finds what."""

from collections.abc import Callable

import pytest
from django.db import connection

from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.models import Assignment, IncomingLetter, ServiceRequest
from pendopo.intake.queries.requests import requests_called
from pendopo.intake.rules.states import WAYS, RequestState, Step, steps_of_requester
from pendopo.intake.tests.office import People, a_slot, an_office, registered, registration
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return an_office()


DUTIES = ("secretary", "head", "division", "coordinator", "auditor", "host")
STAFF_STEPS: dict[Step, Callable[[ServiceRequest, Account], object]] = {
    Step.REGISTER: lambda r, a: register_letter(r, registration(), a),
    Step.DISPOSE: lambda r, a: dispose(r, DispositionOrder({a: None}), a),
    Step.AUTHORISE: lambda r, a: decisions.authorise(r, "Segera", a),
    Step.REVIEW: decisions.start_review,
    Step.ASK: lambda r, a: decisions.ask(r, "Apa?", a),
    Step.OFFER: lambda r, a: decisions.offer(r, [a_slot(30)], "", a),
    Step.APPROVE: decisions.approve,
    Step.REJECT: lambda r, a: decisions.reject(r, [], "Penuh", a),
    Step.CANCEL: lambda r, a: decisions.cancel(r, "Batal", a),
}
MAY = {
    Step.REGISTER: {"secretary"},
    Step.DISPOSE: {"secretary", "head", "division", "coordinator"},
    Step.AUTHORISE: {"head"},
    Step.REVIEW: {"head", "division", "coordinator"},
    Step.ASK: {"secretary", "head", "division", "coordinator"},
    Step.OFFER: {"head", "division", "coordinator"},
    Step.APPROVE: {"head", "division", "coordinator"},
    Step.REJECT: {"head", "division", "coordinator"},
    Step.CANCEL: {"head", "division", "coordinator"},
}
# From which states each step may be taken, written out: the table of the product is tested by it.
FROM = {
    Step.REGISTER: {"submitted"},
    Step.DISPOSE: {"registered", "disposed", "under_review"},
    Step.AUTHORISE: {"submitted", "registered", "disposed"},
    Step.REVIEW: {"disposed"},
    Step.ASK: {"submitted", "registered", "disposed", "under_review"},
    Step.OFFER: {"registered", "disposed", "under_review"},
    Step.APPROVE: {"registered", "disposed", "under_review"},
    Step.REJECT: {"submitted", "registered", "disposed", "under_review"},
    Step.CANCEL: {
        "submitted", "registered", "disposed", "under_review", "needs_completion",
        "alternative_offered", "approved",
    },
}  # fmt: skip
# What the requester may do by the code, in which state.
OF_REQUESTER = {
    "draft": {"submit"},
    "submitted": {"cancel"},
    "registered": {"cancel"},
    "disposed": {"cancel"},
    "under_review": {"cancel"},
    "needs_completion": {"answer", "cancel"},
    "alternative_offered": {"accept_offer", "refuse_offer", "cancel"},
    "approved": {"cancel"},
    "rejected": set(),
    "cancelled": set(),
}
LEADS_TO = {
    "submit": "submitted", "register": "registered", "dispose": "disposed", "return": "registered",
    "authorise": "under_review", "review": "under_review", "ask": "needs_completion",
    "answer": None, "offer": "alternative_offered", "accept_offer": "approved",
    "refuse_offer": "under_review", "approve": "approved", "book": "approved",
    "reject": "rejected", "cancel": "cancelled",
}  # fmt: skip
# Before a letter was passed on it lies with who registers and with the first of the chain.
NOT_PASSED_ON = {RequestState.SUBMITTED, RequestState.REGISTERED}
OF_THE_DESK = {Step.DISPOSE, Step.OFFER, Step.APPROVE, Step.REJECT}


@pytest.mark.parametrize("step", list(STAFF_STEPS))
@pytest.mark.parametrize("state", list(RequestState))
def test_who_may_take_which_step_in_which_state(
    people: People, step: Step, state: RequestState
) -> None:
    taken = {}
    for name in DUTIES:
        request = registered(people)
        given = dispose(request, DispositionOrder({people["auditor"]: None}), people["head"])
        for each in DUTIES:  # on everybody's desk, so that only duty and state decide
            Assignment.objects.get_or_create(disposition=given, account=people[each])
        IncomingLetter.objects.filter(request=request).delete()
        ServiceRequest.objects.filter(pk=request.pk).update(state=state)
        fresh = ServiceRequest.objects.get(pk=request.pk)
        try:
            STAFF_STEPS[step](fresh, people[name])
            taken[name] = ""
        except Refused as error:
            taken[name] = error.code
    allowed = {name for name, code in taken.items() if not code}
    may = MAY[step] if state in FROM[step] else set()
    if state in NOT_PASSED_ON and step in OF_THE_DESK:
        may = may & {"secretary", "head"}
    assert allowed == may, taken
    outsiders = {code for name, code in taken.items() if name not in MAY[step]}
    assert outsiders <= {"not_allowed", "letter_not_on_your_desk", "recipient_cannot_read"}


def test_each_step_leads_where_it_should() -> None:
    assert {step.value: way.to for step, way in WAYS.items()} == LEADS_TO


@pytest.mark.parametrize("state", list(RequestState))
def test_what_the_requester_may_do_in_which_state(state: RequestState) -> None:
    assert {step.value for step in steps_of_requester(state)} == OF_REQUESTER[state]


def test_a_unit_books_what_it_has_just_sent_and_a_letter_is_returned_from_a_desk() -> None:
    assert WAYS[Step.BOOK].start == {"submitted"}
    assert WAYS[Step.RETURN].start == {"disposed", "under_review"}


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("posyandu", 1),
        ("melatih kader", 1),
        ("sukamaju", 1),
        ("005 PKK", 1),
        ("1", 1),
        ("'); DROP TABLE", 0),
        ("& | !", 0),
        ("karang taruna", 0),
        ("99999999999999", 0),
    ],
)
def test_requests_are_found_by_number_sender_and_words(
    people: People, question: str, hits: int
) -> None:
    registered(people, letter_number="005/12/PKK")
    assert requests_called(people["secretary"], question).count() == hits


def test_the_journal_of_a_request_holds_no_name_and_no_code(people: People) -> None:
    request = registered(people)
    decisions.approve(request, people["head"])
    with connection.cursor() as sql:
        sql.execute("SELECT string_agg(facts::text || subject || actor, ' ') FROM journal_entry")
        (everything,) = sql.fetchone()
    assert everything
    for secret in (request.tracking_code, "Siti", "+6281234567890", "siti@contoh.org"):
        assert secret not in everything
