"""The staff's pages of requests: who sees what, and each step without script."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.documents.rules import Secrecy
from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.models import RejectionReason, ServiceRequest, Transition
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import a_request, an_office
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db
People = dict[str, Account]


@pytest.fixture
def people() -> People:
    return an_office()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def registered(people: People, secrecy: Secrecy = Secrecy.ORDINARY) -> ServiceRequest:
    case = a_request()
    day = timezone.localdate(clock.now())
    register_letter(case, Registration(day, "Undangan", secrecy=secrecy), people["secretary"])
    return case


def detail(case: ServiceRequest) -> str:
    return reverse("request-detail", args=[case.number])


def step(case: ServiceRequest, name: str) -> str:
    return reverse("request-step", args=[case.number, name])


def test_the_dossier_tells_what_happened_and_who_did_it(people: People) -> None:
    case = registered(people)
    text = as_(people["head"]).get(detail(case)).content.decode()
    assert case.event_title in text
    assert "Rina" in text
    assert "+6281234567890" in text


def test_the_contact_is_only_shown_to_who_registers_or_decides(people: People) -> None:
    case = registered(people)
    assert "+6281234567890" not in as_(people["auditor"]).get(detail(case)).content.decode()
    assert as_(people["host"]).get(detail(case)).status_code == 403


@pytest.mark.parametrize("who", ["division", "coordinator", "auditor"])
def test_a_restricted_letter_does_not_exist_for_those_it_was_not_passed_to(
    people: People, who: str
) -> None:
    case = registered(people, Secrecy.RESTRICTED)
    client = as_(people[who])
    assert client.get(detail(case)).status_code == 404
    assert client.get(step(case, "approve")).status_code == 404
    assert as_(people["head"]).get(detail(case)).status_code == 200


def test_the_dossier_costs_the_same_however_long_its_story(
    people: People, django_assert_max_num_queries: object
) -> None:
    case = registered(people)
    decisions.ask(case, "Berapa layar?", people["secretary"])
    decisions.answer(case, "Dua")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        as_(people["head"]).get(detail(case))


def test_a_question_is_asked_and_an_empty_one_is_not(people: People) -> None:
    case = registered(people)
    client = as_(people["secretary"])
    assert client.post(step(case, "ask"), {"note": " "}).status_code == 422
    assert client.post(step(case, "ask"), {"note": "Berapa layar?"}).status_code == 302
    case.refresh_from_db()
    assert case.state == RequestState.NEEDS_COMPLETION


def test_who_may_not_decide_has_no_such_page(people: People) -> None:
    case = registered(people)
    assert as_(people["secretary"]).get(step(case, "approve")).status_code == 403
    assert (
        as_(people["coordinator"]).post(step(case, "authorise"), {"note": "x"}).status_code == 403
    )
    assert as_(people["head"]).get(step(case, "submit")).status_code == 404


def test_a_letter_on_another_desk_is_refused_on_the_page_with_what_was_typed(
    people: People,
) -> None:
    case = registered(people)
    answer = as_(people["coordinator"]).post(step(case, "reject"), {"note": "Aula dipakai"})
    assert answer.status_code == 403
    assert "Aula dipakai" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == RequestState.REGISTERED


def test_approving_shows_what_goes_on_the_calendar_and_puts_it_there(people: People) -> None:
    case = registered(people)
    client = as_(people["head"])
    assert case.event_title in client.get(step(case, "approve")).content.decode()
    assert client.post(step(case, "approve"), {"note": ""}).status_code == 302
    case.refresh_from_db()
    assert case.state == RequestState.APPROVED
    assert case.event is not None


def test_the_second_of_two_windows_is_told_that_the_request_has_moved_on(people: People) -> None:
    case = registered(people)
    first, second = as_(people["head"]), as_(people["head"])
    assert first.get(step(case, "approve")).status_code == 200
    assert second.post(step(case, "reject"), {"note": "Aula dipakai"}).status_code == 302
    late = first.post(step(case, "approve"), {"note": "Baik sekali"})
    assert late.status_code == 409
    assert "Baik sekali" in late.content.decode()
    assert first.get(step(case, "approve")).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.event) == (RequestState.REJECTED, None)


def times(**more: str) -> dict[str, str]:
    day = timezone.localdate(clock.now()) + timedelta(days=20)
    return {
        "slots-TOTAL_FORMS": "3",
        "slots-INITIAL_FORMS": "0",
        "slots-0-day": day.isoformat(),
        "slots-0-starts": "09:00",
        "slots-0-ends": "11:00",
        **more,
    }


def test_one_to_three_other_times_are_offered(people: People) -> None:
    case = registered(people)
    client = as_(people["head"])
    half = client.post(step(case, "offer"), times(**{"slots-1-starts": "09:00"}))
    assert half.status_code == 422
    assert client.post(step(case, "offer"), {"note": ""}).status_code == 422
    assert client.post(step(case, "offer"), times()).status_code == 302
    case.refresh_from_db()
    assert case.state == RequestState.ALTERNATIVE_OFFERED
    assert case.offers.get().slots.count() == 1


def test_a_rejection_takes_reasons_from_the_list_and_own_words(people: People) -> None:
    case = registered(people)
    reason = RejectionReason.objects.create(title="Aula", sentence="Aula sudah terpakai.")
    gone = RejectionReason.objects.create(title="Lama", sentence="Lama.", is_active=False)
    client = as_(people["head"])
    assert client.post(step(case, "reject"), {}).status_code == 422
    assert client.post(step(case, "reject"), {"reasons": [gone.pk]}).status_code == 422
    assert client.post(step(case, "reject"), {"reasons": [reason.pk]}).status_code == 302
    assert case.transitions.get(step="reject").note == "Aula sudah terpakai."


def test_the_head_lets_go_ahead_and_another_reviews_and_cancels(people: People) -> None:
    case = a_request()
    assert (
        as_(people["head"]).post(step(case, "authorise"), {"note": "Kunjungan"}).status_code == 302
    )
    case.refresh_from_db()
    assert case.state == RequestState.UNDER_REVIEW
    other = registered(people)
    order = DispositionOrder({people["coordinator"]: None}, ["Proses"], "")
    dispose(other, order, people["head"])
    client = as_(people["coordinator"])
    assert client.post(step(other, "review")).status_code == 302
    assert client.post(step(other, "cancel"), {"note": "Batal atas permintaan"}).status_code == 302
    other.refresh_from_db()
    assert other.state == RequestState.CANCELLED


def test_the_contact_is_marked_as_confirmed_once(people: People) -> None:
    case = a_request()
    address = reverse("request-confirm-contact", args=[case.number])
    assert as_(people["coordinator"]).post(address).status_code == 403
    assert as_(people["secretary"]).post(address).status_code == 302
    case.refresh_from_db()
    assert case.contact_confirmed_at is not None


def test_a_step_is_never_changed_or_deleted_but_its_note_may_be_emptied(people: People) -> None:
    case = registered(people)
    for change in ({"note": "lain"}, {"actor": "system"}, {"note": "", "position": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Transition.objects.filter(request=case).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.filter(request=case).delete()
    assert Transition.objects.filter(request=case).update(note="") == 2
