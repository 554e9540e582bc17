"""Which papers a request takes by its code, and in which state."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pendopo.files.models import StoredFile
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.drafts import attach_letter, start_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.retention import erase_request
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.states import OPEN, RequestState
from pendopo.intake.tests.office import People, a_request, an_office, awaited

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path
    return an_office()


def photo(colour: str = "white") -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(picture, "JPEG")
    return SimpleUploadedFile("surat.jpg", picture.getvalue(), "image/jpeg")


def send(case: ServiceRequest) -> int:
    address = f"/api/v1/public/requests/{case.tracking_code}/letter"
    return Client().post(address, {"files": photo("red")}).status_code


def test_what_comes_while_a_question_is_open_lies_beside_the_letter(people: People) -> None:
    case = a_request()
    letter = attach_letter(case, [photo()], requester_of(case))
    decisions.ask(case, "Berapa orang?", people["secretary"])
    assert send(case) == 200
    case.refresh_from_db()
    assert case.letter == letter
    further = case.files.get().file
    decisions.cancel(case, "", requester_of(case))
    erase_request(case, "system")
    erased = StoredFile.objects.filter(erased_at__isnull=False)
    assert set(erased) == {letter, further}


def test_a_draft_s_first_letter_goes_when_another_replaces_it(people: People) -> None:
    draft = start_draft()
    first = attach_letter(draft, [photo()], requester_of(draft))
    second = attach_letter(draft, [photo("red")], requester_of(draft))
    first.refresh_from_db()
    assert (draft.letter, first.erased_at is None) == (second, False)


@pytest.mark.parametrize("state", [s for s in RequestState if s != RequestState.DRAFT])
def test_a_letter_that_was_promised_is_taken_while_it_is_of_use(
    people: People, state: RequestState
) -> None:
    case = a_request()
    ServiceRequest.objects.update(state=state)
    is_of_use = state in {*OPEN, RequestState.APPROVED}
    assert send(case) == (200 if is_of_use else 409)
    case.refresh_from_db()
    assert (case.letter is not None) == is_of_use
    assert StoredFile.objects.count() == is_of_use


def test_an_erased_request_takes_nothing_more(people: People) -> None:
    case = a_request()
    decisions.cancel(case, "", requester_of(case))
    erase_request(case, "system")
    assert send(case) == 410
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("state", [RequestState.DRAFT, RequestState.APPROVED])
def test_what_was_erased_takes_nothing_in_any_state(people: People, state: RequestState) -> None:
    case = a_request()
    erase_request(case, "system")
    ServiceRequest.objects.update(state=state)
    with pytest.raises(Refused, match="data_erased"):
        attach_letter(case, [photo()], requester_of(case))


def test_an_answer_on_an_old_page_does_not_replace_what_came_meanwhile(people: People) -> None:
    case = awaited(people)
    decisions.ask(case, "Mana suratnya?", people["secretary"])
    twin = ServiceRequest.objects.get(pk=case.pk)
    letter = attach_letter(case, [photo()], requester_of(case))
    decisions.answer(twin, "Ini", [photo("red")])
    case.refresh_from_db()
    assert case.letter == letter
    assert case.files.count() == 1
