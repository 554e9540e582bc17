"""The requester's page over HTTP: each thing that may be done there, and what it opens not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.foundation.templatetags.times import local_date, local_span
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.models import Offer, OfferedSlot, Question, ServiceRequest
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import a_request, a_slot, an_office, with_letter
from pendopo.intake.tests.test_wizard import photo
from pendopo.people.models import Account
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db
People = dict[str, Account]


@pytest.fixture
def people() -> People:
    return an_office()


def disposed(people: People) -> ServiceRequest:
    case = with_letter(a_request())
    today = clock.now().date()
    register_letter(
        case, Registration(received_on=today, subject="Permohonan"), people["secretary"]
    )
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    case.refresh_from_db()
    return case


def offered(people: People) -> ServiceRequest:
    case = disposed(people)
    decisions.offer(case, [a_slot(20), a_slot(21)], "", people["coordinator"])
    return case


def at(name: str, case: ServiceRequest, *more: Any) -> str:
    return reverse(name, args=[case.tracking_code, *more])


def slots_of(case: ServiceRequest) -> list[int]:
    return list(OfferedSlot.objects.filter(offer__request=case).values_list("pk", flat=True))


def test_an_answer_with_a_photo_reaches_the_office(people: People) -> None:
    case = disposed(people)
    decisions.ask(case, "Berapa orang?", people["coordinator"])
    assert "Berapa orang?" in Client().get(at("request-tracking", case)).text
    answer = Client().post(at("request-answer", case), {"text": "40", "papers": [photo()]})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == RequestState.DISPOSED
    assert Question.objects.get().answer == "40"
    assert case.letter is not None  # it was to follow
    late = Client().post(at("request-answer", case), {"text": "Sekali lagi, empat puluh"})
    assert late.status_code == 422
    assert Question.objects.get().answer == "40"


def test_an_empty_answer_is_none(people: People) -> None:
    case = disposed(people)
    decisions.ask(case, "Berapa orang?", people["coordinator"])
    assert Client().post(at("request-answer", case), {"text": "  "}).status_code == 422
    case.refresh_from_db()
    assert case.state == RequestState.NEEDS_COMPLETION


def test_what_is_no_letter_is_refused_and_the_words_stay(people: People) -> None:
    case = disposed(people)
    decisions.ask(case, "Mana suratnya?", people["coordinator"])
    program = SimpleUploadedFile("surat.pdf", b"MZ\x90\x00not a paper", "application/pdf")
    given = {"text": "Ini suratnya", "papers": [program]}
    answer = Client().post(at("request-answer", case), given)
    assert answer.status_code == 422
    assert "Ini suratnya" in answer.text
    case.refresh_from_db()
    assert case.state == RequestState.NEEDS_COMPLETION


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_take_one_time(people: People) -> None:
    case = offered(people)
    chosen = slots_of(case)[0]

    def click(_nth: int) -> int:
        try:
            return Client().post(at("request-choose", case), {"slot": chosen}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, range(2))) == [302, 302]
    case.refresh_from_db()
    assert case.state == RequestState.APPROVED
    assert Session.objects.filter(event=case.event_id).count() == 1


@pytest.mark.parametrize("slot", ["foreign", "0", "-1", "x", "9" * 30, "", "1 OR 1=1"])
def test_a_time_that_was_not_offered_is_not_taken(people: People, slot: str) -> None:
    case, other = offered(people), offered(people)
    given = str(slots_of(other)[0]) if slot == "foreign" else slot
    assert Client().post(at("request-choose", case), {"slot": given}).status_code == 302
    for each in (case, other):
        each.refresh_from_db()
        assert each.state == RequestState.ALTERNATIVE_OFFERED


def test_a_time_is_not_taken_when_the_offer_is_over(people: People) -> None:
    case = offered(people)
    chosen = slots_of(case)[0]
    Offer.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert 'value="none"' in (page := Client().get(at("request-tracking", case)).text)
    assert f'value="{chosen}"' not in page
    Client().post(at("request-choose", case), {"slot": chosen})
    case.refresh_from_db()
    assert case.state == RequestState.ALTERNATIVE_OFFERED
    Client().post(at("request-choose", case), {"slot": "none", "note": "Minggu depan"})
    case.refresh_from_db()
    assert case.state == RequestState.UNDER_REVIEW


def test_the_letter_follows_once(people: People) -> None:
    case = disposed(people)
    ServiceRequest.objects.update(letter=None, letter_follows=True)
    assert 'name="papers"' in Client().get(at("request-tracking", case)).text
    send = at("request-letter-follows", case)
    assert Client().post(send, {"papers": [photo("a.jpg"), photo("b.jpg")]}).status_code == 302
    case.refresh_from_db()
    first = case.letter_id
    assert first is not None
    assert Client().post(send, {"papers": [photo()]}).status_code == 422
    case.refresh_from_db()
    assert case.letter_id == first


def test_cancelling_asks_for_the_reason(people: People) -> None:
    case = disposed(people)
    cancel = at("request-cancel", case)
    assert Client().post(cancel, {"reason": ""}).status_code == 422
    assert Client().post(cancel, {"reason": "Ditunda"}).status_code == 302
    case.refresh_from_db()
    assert case.state == RequestState.CANCELLED
    assert "Ditunda" in Client().get(at("request-tracking", case)).text
    assert Client().post(cancel, {"reason": "Lagi"}).status_code == 422


def test_no_paper_but_ones_own_is_opened(people: People) -> None:
    case = offered(people)
    draft = Document.objects.get()  # of this request, but not sent
    for document in (draft.pk, uuid4()):
        assert Client().get(at("request-paper", case, document)).status_code == 404


def test_the_page_says_when_the_event_is(people: People) -> None:
    case = disposed(people)
    slot = case.slots.get()
    page = Client().get(at("request-tracking", case)).content.decode()
    assert f"{local_date(slot.starts_at)}, {local_span(slot.starts_at, slot.ends_at)}" in page


def test_the_page_costs_the_same_however_long_the_story(
    people: People, django_assert_max_num_queries: Any
) -> None:
    case = disposed(people)
    for nth in range(6):
        decisions.ask(case, f"Apa {nth}?", people["coordinator"])
        Client().post(at("request-answer", case), {"text": f"Itu {nth}"})
        case.refresh_from_db()
    with django_assert_max_num_queries(11):
        assert Client().get(at("request-tracking", case)).status_code == 200
