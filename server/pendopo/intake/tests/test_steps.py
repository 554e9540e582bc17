"""A request from the draft to the decision, step by step, with the real database."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from pendopo.documents.models import Document
from pendopo.documents.rules import Secrecy
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose, return_letter
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.forms.registration import RegistrationForm
from pendopo.intake.models import (
    Absence,
    Assignment,
    IncomingLetter,
    IntakePolicy,
    RejectionReason,
    ServiceRequest,
)
from pendopo.intake.queries.requests import (
    request_by_code,
    suspected_duplicates,
    visible_requests,
)
from pendopo.intake.rules.requests import Register
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    account_with,
    an_office,
    registered,
    registration,
    values,
)
from pendopo.journal.models import Entry
from pendopo.people.rules import Duty
from pendopo.schedule.models import Session
from pendopo.schedule.rules import SessionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return an_office()


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=f"^{code}$")


# ---- sending


def test_a_request_has_number_code_and_day_of_answer(people: People) -> None:
    request = a_request()
    assert request.number == f"{timezone.localdate().year}-00001"
    assert request.state == RequestState.SUBMITTED
    assert request.answer_due is not None
    assert request.answer_due > timezone.localdate()
    assert request_by_code(request.tracking_code.upper().replace("-", " ")) == request


@pytest.mark.parametrize(
    "missing", ["organisation_name", "contact_name", "contact_whatsapp", "event_title", "people"]
)
def test_what_is_missing_is_named_and_no_number_is_taken(people: People, missing: str) -> None:
    request = start_draft()
    empty = None if missing == "people" else ""
    save_draft(request, values(**{missing: empty}), [a_slot()])
    with refused("request_incomplete") as error:
        submit_request(request)
    assert error.value.facts["fields"] == [missing]
    assert (a_request().number or "").endswith("-00001")


def test_without_letter_and_without_its_promise_nothing_is_sent(people: People) -> None:
    request = start_draft()
    save_draft(request, values(letter_follows=False), [a_slot()])
    with refused("request_incomplete") as error:
        submit_request(request)
    assert error.value.facts["fields"] == ["letter"]


def test_a_second_sending_is_refused_and_a_sent_request_stays_as_it_is(people: People) -> None:
    request = a_request()
    with refused("request_sent_already"):
        submit_request(request)
    with refused("request_sent_already"):
        save_draft(request, {"people": 900})
    request.refresh_from_db()
    assert (request.state, request.people) == ("submitted", 40)


def test_a_time_that_is_over_is_refused(people: People) -> None:
    request = start_draft()
    save_draft(request, values(), [a_slot(days=-2)])
    with refused("slot_over"):
        submit_request(request)


# ---- the register


def test_agenda_numbers_count_per_year_and_register(people: People) -> None:
    this_year = timezone.localdate()
    first, second = registered(people), registered(people)
    last_year = a_request()
    entry = registration(received_on=this_year.replace(year=this_year.year - 1, month=12, day=31))
    register_letter(last_year, entry, people["secretary"])
    numbers = [r.incoming.agenda_number for r in (first, second, last_year)]
    assert numbers == [1, 2, 1]


def test_numbers_of_the_national_letter_system_are_typed_and_unique(people: People) -> None:
    IntakePolicy.objects.create(register=Register.EXTERNAL)
    first, second = a_request(), a_request()
    with refused("external_number_required"):
        register_letter(first, registration(), people["secretary"])
    first.refresh_from_db()
    register_letter(first, registration(external_number="B/12/2026"), people["secretary"])
    with refused("agenda_number_taken"):
        register_letter(second, registration(external_number="b/12/2026"), people["secretary"])
    assert ServiceRequest.objects.get(pk=second.pk).state == RequestState.SUBMITTED


def test_only_who_registers_registers(people: People) -> None:
    for name in ("coordinator", "auditor", "host"):
        with refused("not_allowed"):
            register_letter(a_request(), registration(), people[name])


def test_what_the_register_leaves_out_stays_as_the_requester_wrote_it(people: People) -> None:
    day = timezone.localdate() - timedelta(days=4)
    request = a_request(letter_number="005/12/PKK", letter_date=day)
    register_letter(request, registration(), people["secretary"])
    request.refresh_from_db()
    assert (request.letter_number, request.letter_date) == ("005/12/PKK", day)


def test_what_the_secretary_empties_is_empty(people: People) -> None:
    request = a_request(letter_number="005/12/PKK", letter_date=timezone.localdate())
    entry = registration(clears=frozenset({"letter_number", "letter_date"}))
    register_letter(request, entry, people["secretary"])
    request.refresh_from_db()
    assert (request.letter_number, request.letter_date) == ("", None)


def test_the_same_letter_twice_is_suspected(people: People) -> None:
    first = registered(people, letter_number="005/12/PKK")
    second = a_request()
    second.letter_number = "005/12/pkk"
    assert list(suspected_duplicates(second)) == [first]
    second.organisation_name = "Karang Taruna"
    assert not suspected_duplicates(second).exists()


# ---- desks


def test_a_letter_goes_from_desk_to_desk(people: People) -> None:
    request = registered(people)
    order = DispositionOrder({people["head"]: None}, ("Untuk ditelaah",))
    dispose(request, order, people["secretary"])
    with refused("letter_not_on_your_desk"):
        decisions.approve(request, people["coordinator"])
    due = timezone.localdate() + timedelta(days=2)
    dispose(request, DispositionOrder({people["coordinator"]: due}), people["head"])
    decisions.start_review(request, people["coordinator"])
    decisions.approve(request, people["coordinator"])
    request.refresh_from_db()
    assert request.state == RequestState.APPROVED
    assert not Assignment.objects.filter(state="waiting").exists()
    steps = request.transitions.values_list("step", "position")
    assert ("dispose", "Kepala Dinas") in list(steps)


def test_a_letter_goes_to_nobody_who_may_not_read_it(people: People) -> None:
    request = registered(people)
    with refused("recipient_cannot_read"):
        dispose(request, DispositionOrder({people["host"]: None}), people["secretary"])
    with refused("recipient_required"):
        dispose(request, DispositionOrder({}), people["secretary"])


def test_a_returned_letter_waits_where_it_came_from(people: People) -> None:
    request = registered(people)
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    dispose(request, DispositionOrder({people["coordinator"]: None}), people["division"])
    last = Assignment.objects.get(account=people["coordinator"])
    with refused("text_required"):
        return_letter(last, " ", people["coordinator"])
    return_letter(last, "Bukan bidang kami", people["coordinator"])
    assert Assignment.objects.get(account=people["division"]).state == "waiting"
    first = Assignment.objects.get(account=people["division"])
    return_letter(first, "Surat belum lengkap", people["division"])
    request.refresh_from_db()
    assert request.state == RequestState.REGISTERED


def test_the_deputy_passes_on_in_place_of_the_absent(people: People) -> None:
    request = registered(people)
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    order = DispositionOrder({people["coordinator"]: None}, in_place_of=people["division"])
    deputy = account_with(Duty.SECRETARIAT)
    with refused("letter_not_on_your_desk"):
        dispose(request, order, deputy)
    today = timezone.localdate()
    Absence.objects.create(
        account=people["division"], deputy=deputy, first_day=today, last_day=today
    )
    made = dispose(request, order, deputy)
    assert (made.sender, made.in_place_of) == (deputy, people["division"])
    assert Assignment.objects.get(account=people["division"]).state == "passed_on"


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_above_ordinary_secrecy_only_the_desks_see_a_letter(
    people: People, secrecy: Secrecy
) -> None:
    request = registered(people, secrecy=secrecy)
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    open_to_all = secrecy == Secrecy.ORDINARY
    sees = {name: visible_requests(account).exists() for name, account in people.items()}
    assert sees == {
        "secretary": True,  # registered it
        "head": True,  # first of the chain
        "division": True,  # disposed to
        "coordinator": open_to_all,
        "auditor": open_to_all,
        "host": False,
    }


# ---- decisions


def test_approval_makes_event_sessions_meeting_and_letter_or_nothing(people: People) -> None:
    request = registered(people)
    decisions.approve(request, people["head"])
    session = Session.objects.get(event=request.event)
    assert session.state == SessionState.ASSIGNED
    assert session.meeting.slug
    letter = Document.objects.get()
    assert (letter.kind, letter.state) == ("approval", "draft")
    assert "Pelatihan kader posyandu" in letter.body


def test_a_refused_approval_changes_nothing(people: People) -> None:
    request = registered(people)
    request.slots.update(
        starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() - timedelta(days=1)
    )
    before = Entry.objects.count()
    with refused("slot_over"):
        decisions.approve(request, people["head"])
    request.refresh_from_db()
    assert (request.state, request.event) == (RequestState.REGISTERED, None)
    assert Entry.objects.count() == before
    assert not Session.objects.exists()


def test_two_who_decide_at_once_decide_once(people: People) -> None:
    request = registered(people)
    twin = ServiceRequest.objects.get(pk=request.pk)
    decisions.approve(request, people["head"])
    with refused("request_moved_on"):
        decisions.reject(twin, [], "Penuh", people["head"])
    assert Session.objects.count() == 1


def test_the_clock_stands_while_the_requester_is_asked(people: People) -> None:
    request = registered(people)
    due = request.answer_due
    decisions.ask(request, "Berapa titik?", people["secretary"])
    question = request.questions.get()
    question.asked_at = clock.now() - timedelta(days=7)
    question.save(update_fields=["asked_at"])
    ServiceRequest.objects.filter(pk=request.pk).update(
        submitted_at=clock.now() - timedelta(days=8)
    )
    request.refresh_from_db()
    decisions.answer(request, "Tiga titik.")
    assert request.state == RequestState.REGISTERED
    assert request.answer_due is not None
    assert due is not None
    assert request.answer_due >= timezone.localdate()
    with refused("step_not_possible"):
        decisions.answer(request, "Sekali lagi")


def test_an_accepted_time_is_approved_there_once(people: People) -> None:
    request = registered(people)
    decisions.offer(request, [a_slot(20), a_slot(21)], "Ruang penuh", people["head"])
    chosen = request.offers.get().slots.last()
    assert chosen is not None
    twin = ServiceRequest.objects.get(pk=request.pk)
    decisions.accept_offer(request, chosen.pk)
    with refused("offer_not_open"):
        decisions.accept_offer(twin, chosen.pk)
    assert Session.objects.get().starts_at == chosen.starts_at
    kinds = sorted(Document.objects.values_list("kind", "state"))
    assert kinds == [("alternatives", "withdrawn"), ("approval", "draft")]


def test_a_time_of_another_offer_or_too_late_is_refused(people: People) -> None:
    request, other = registered(people), registered(people)
    for each in (request, other):
        decisions.offer(each, [a_slot(20)], "", people["head"])
    foreign = other.offers.get().slots.get()
    with refused("slot_unknown"):
        decisions.accept_offer(request, foreign.pk)
    request.offers.update(expires_at=clock.now())
    own = request.offers.get().slots.get()
    with refused("offer_expired"):
        decisions.accept_offer(request, own.pk)
    assert decisions.expire_offer(request.offers.get())
    assert not decisions.expire_offer(request.offers.get())
    request.refresh_from_db()
    assert request.state == RequestState.UNDER_REVIEW


def test_a_rejection_needs_a_reason_that_stands_in_the_letter(people: People) -> None:
    request = registered(people)
    with refused("reason_required"):
        decisions.reject(request, [], " ", people["head"])
    reason = RejectionReason.objects.create(title="Penuh", sentence="Seluruh ruang terpakai.")
    decisions.reject(request, [reason], "", people["head"])
    assert "Seluruh ruang terpakai" in Document.objects.get().body


def test_only_the_head_lets_a_request_go_ahead_without_its_letter(people: People) -> None:
    request = a_request()
    with refused("not_allowed"):
        decisions.authorise(request, "Darurat", people["division"])
    decisions.authorise(request, "Banjir, rapat darurat malam ini", people["head"])
    decisions.approve(request, people["head"])
    request.refresh_from_db()
    assert request.authorised_by == people["head"]
    assert request.letter_follows


def test_a_cancelled_event_lets_nobody_in(people: People) -> None:
    request = registered(people)
    decisions.approve(request, people["head"])
    decisions.cancel(request, "", requester_of(request))
    session = Session.objects.get()
    assert session.state == SessionState.CANCELLED
    assert session.meeting.ended_at is not None


@pytest.mark.parametrize(
    ("days_ago", "is_taken"),
    [(-13000, False), (-1, False), (0, True), (1, True), (365, True), (367, False), (9000, False)],
)
def test_a_letter_was_received_today_or_within_the_last_year(
    people: People, days_ago: int, is_taken: bool
) -> None:
    request = a_request()
    day = timezone.localdate(clock.now()) - timedelta(days=days_ago)
    if is_taken:
        assert register_letter(request, registration(received_on=day), people["secretary"]).pk
        return
    form = RegistrationForm(_filled(day), request, is_external=False)
    assert set(form.errors) == {"received_on"}
    with refused("received_day_wrong"):
        register_letter(request, registration(received_on=day), people["secretary"])
    assert not IncomingLetter.objects.exists()


def _filled(day: date) -> QueryDict:
    given = {"received_on": f"{day:%Y-%m-%d}", "subject": "Permohonan"}
    return QueryDict(urlencode({**given, "urgency": "ordinary", "secrecy": "ordinary"}))
