"""The staff's pages of requests: who sees what, and each step without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendopo.documents.rules import Secrecy
from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.models import RejectionReason, ServiceRequest, Transition
from pendopo.intake.queries import request_pages
from pendopo.intake.queries.request_pages import PAGE, Counts
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import a_request, an_office, with_letter
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
    case = with_letter(a_request())
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


def test_the_same_letter_sent_twice_is_shown_but_not_to_who_may_not_see_it(people: People) -> None:
    first, second = a_request(letter_number="005/12"), a_request(letter_number="005/12")
    day = timezone.localdate(clock.now())
    entry = Registration(day, "Undangan", secrecy=Secrecy.SECRET, letter_number="005/12")
    register_letter(first, entry, people["secretary"])
    assert str(first.number) in as_(people["head"]).get(detail(second)).content.decode()
    assert str(first.number) not in as_(people["auditor"]).get(detail(second)).content.decode()


def test_the_dossier_costs_the_same_however_long_its_story(
    people: People, django_assert_max_num_queries: object
) -> None:
    case = registered(people)
    decisions.ask(case, "Berapa layar?", people["secretary"])
    decisions.answer(case, "Dua")
    with django_assert_max_num_queries(42):  # type: ignore[operator]
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
    order = DispositionOrder({people["coordinator"]: None}, ("Proses",), "")
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


def many(count: int) -> None:
    """Requests, one a minute; every hundredth was booked by a unit."""
    ServiceRequest.objects.bulk_create(
        ServiceRequest(
            number=f"2025-{nth:05}",
            state=RequestState.APPROVED,
            channel="self_service" if nth % 100 == 0 else "web",
            event_title=f"Rapat {nth}",
            organisation_name="PKK",
            submitted_at=clock.now() - timedelta(minutes=count - nth),
        )
        for nth in range(count)
    )


def test_the_list_costs_the_same_for_ten_thousand_requests(people: People) -> None:
    client = as_(people["auditor"])
    address = reverse("request-list")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    many(10_000)
    with CaptureQueriesContext(connection) as lots:
        page = client.get(address)
    assert len(lots) <= len(few)
    assert page.context["counts"] == Counts(9_900, 100, is_more=False)
    assert len(page.context["rows"]) == PAGE


def test_beyond_what_is_counted_a_list_says_that_there_are_more(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(9)
    client = as_(people["auditor"])
    for counted, shown in ((9, ">8<"), (8, ">8+<")):
        monkeypatch.setattr(request_pages, "COUNTED_AT_MOST", counted)
        page = client.get(reverse("request-list")).content.decode()
        assert f'class="tally"{shown}' in page


def test_what_is_found_is_counted_less_far_than_a_list(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(9)
    monkeypatch.setattr(request_pages, "FOUND_AT_MOST", 5)
    client = as_(people["auditor"])
    for question, shown in (("", ">8<"), ("rapat", ">5+<"), ("rapat 3", ">1<")):
        page = client.get(reverse("request-list"), {"question": question}).content.decode()
        assert f'class="tally"{shown}' in page


def test_the_list_goes_on_page_by_page_and_keeps_its_filter(people: People) -> None:
    many(PAGE + 10)
    client = as_(people["auditor"])
    first = client.get(reverse("request-list"), {"channel": "web", "state": "approved"})
    assert "channel=web" in first.context["further"]
    second = client.get(f"{reverse('request-list')}?{first.context['further']}")
    seen = [row.number for page in (first, second) for row, _ in page.context["rows"]]
    assert len(seen) == len(set(seen)) == PAGE + 9
    assert not second.context["further"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"question": "posyandu"}, 1),
        ({"question": "kelurahan"}, 0),
        ({"state": "approved"}, 0),
        ({"requester_class": "community"}, 1),
        ({"channel": "paper"}, 0),
        ({"first_day": "2100-01-01"}, 0),
        ({"last_day": "kemarin", "state": "tidak ada"}, 1),
    ],
)
def test_the_list_is_narrowed(people: People, asked: dict[str, str], found: int) -> None:
    registered(people)
    answer = as_(people["auditor"]).get(reverse("request-list"), asked)
    assert len(answer.context["rows"]) == found


def test_a_wrong_cursor_is_refused(people: People) -> None:
    answer = as_(people["auditor"]).get(reverse("request-list"), {"cursor": "\0x"})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("page", ["request-list", "search"])
def test_list_and_search_hide_a_restricted_letter(people: People, page: str) -> None:
    case = registered(people, Secrecy.RESTRICTED)
    asked = {"question": "posyandu", "q": "posyandu"}
    address = reverse(page)
    assert str(case.number) in as_(people["head"]).get(address, asked).content.decode()
    for who in ("coordinator", "auditor"):
        assert str(case.number) not in as_(people[who]).get(address, asked).content.decode()
    assert (
        str(case.number) not in as_(people["host"]).get(reverse("search"), asked).content.decode()
    )


def entered(**more: Any) -> dict[str, Any]:
    return {
        "channel": "whatsapp",
        "letter_follows": "on",
        "letter_number": "005/12/PKK",
        "requester_class": "community",
        "organisation_name": "PKK Desa Sukamaju",
        "contact_name": "Siti",
        "contact_whatsapp": "0812 3456 7890",
        "event_title": "Rapat kader",
        "people": "40",
        "attendance": "online",
        **times(),
        "slots-TOTAL_FORMS": "5",
        **more,
    }


def test_a_letter_is_entered_for_somebody_else(people: People) -> None:
    client = as_(people["secretary"])
    assert client.get(reverse("request-enter")).status_code == 200
    answer = client.post(reverse("request-enter"), entered())
    case = ServiceRequest.objects.get()
    assert answer.headers["Location"] == detail(case)
    assert (case.state, case.channel) == (RequestState.SUBMITTED, "whatsapp")
    assert case.contact_whatsapp == "+6281234567890"
    assert case.slots.count() == 1


def test_what_is_wrong_in_an_entered_letter_loses_nothing(people: People) -> None:
    answer = as_(people["secretary"]).post(reverse("request-enter"), entered(contact_whatsapp="x"))
    assert answer.status_code == 422
    assert "005/12/PKK" in answer.content.decode()
    assert not ServiceRequest.objects.exists()
