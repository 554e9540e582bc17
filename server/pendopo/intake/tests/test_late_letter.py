"""A letter that is still to come: seen as such everywhere, and taken when it comes."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.registration import receive_letter, register_letter
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.reactions import tell_letter
from pendopo.intake.rules.states import may_register_late
from pendopo.intake.tests.office import (
    People,
    a_request,
    an_office,
    awaited,
    registered,
    registration,
)
from pendopo.journal.models import Entry
from pendopo.notices.models import Notice
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path
    return an_office()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def photo() -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "JPEG")
    return SimpleUploadedFile("surat.jpg", picture.getvalue(), "image/jpeg")


def page_of(case: ServiceRequest) -> str:
    return reverse("request-detail", args=[case.number])


def add(case: ServiceRequest) -> str:
    return reverse("request-letter-add", args=[case.number])


def tracking(case: ServiceRequest, name: str = "tracking") -> str:
    return reverse(f"request-{name}", args=[case.tracking_code])


def letters(case: ServiceRequest) -> int:
    return ServiceRequest.objects.filter(pk=case.pk, letter__isnull=False).count()


def test_it_is_said_in_list_dossier_desk_and_tracking(people: People) -> None:
    case = a_request()
    client = as_(people["secretary"])
    for address in (reverse("request-list"), page_of(case)):
        assert "Surat menyusul" in client.get(address).text, address
    desk = client.get(reverse("desk-letter", args=[case.number])).text
    assert "Surat menyusul" in desk
    page = Client().get(tracking(case)).text
    assert tracking(case, "letter-follows") in page
    receive_letter(case, [photo()], people["secretary"])
    for address in (reverse("request-list"), page_of(case)):
        assert "Surat menyusul" not in client.get(address).text, address
    assert tracking(case, "letter-follows") not in Client().get(tracking(case)).text


def test_the_requester_sends_it_later_and_the_desk_hears_of_it(people: People) -> None:
    case = awaited(people)
    answer = Client().post(tracking(case, "letter-follows"), {"papers": [photo(), photo()]})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.letter is not None
    assert (case.letter.pages, case.letter_follows) == (2, False)
    tell_letter(Entry.objects.get(kind="request.letter_came"))
    assert Notice.objects.filter(kind="request.letter_came").exists()
    again = Client().post(tracking(case, "letter-follows"), {"papers": photo()})
    assert again.status_code == 422


def test_the_office_adds_what_reached_it_on_another_way(people: People) -> None:
    case = awaited(people)
    client = as_(people["secretary"])
    assert add(case) in client.get(page_of(case)).text
    answer = client.post(add(case), {"papers": photo()}, follow=True)
    assert answer.redirect_chain == [(page_of(case), 302)]
    assert reverse("request-letter-pdf", args=[case.number]) in answer.text
    assert f'{add(case)}"' not in answer.text
    entry = Entry.objects.get(kind="request.letter_came")
    assert entry.actor == f"people.account:{people['secretary'].pk}"
    # Who added it needs not be told.
    tell_letter(entry)
    assert not Notice.objects.filter(kind="request.letter_came").exists()
    assert client.post(add(case), {"papers": photo()}).status_code == 409
    assert letters(case) == 1


def test_what_is_no_letter_is_refused_on_the_page(people: People) -> None:
    case = awaited(people)
    client = as_(people["secretary"])
    wrong = SimpleUploadedFile("surat.pdf", b"MZ\x90 no paper", "application/pdf")
    for given in ({}, {"papers": wrong}):
        answer = client.post(add(case), given)
        assert answer.status_code in {415, 422}
        assert "field-error" in answer.text or "notice-bad" in answer.text
    assert letters(case) == 0


def test_after_an_urgent_approval_the_letter_is_still_taken(people: People) -> None:
    case = a_request()
    decisions.authorise(case, "Banjir, rapat malam ini", people["head"])
    decisions.approve(case, people["head"])
    assert "Surat menyusul" in as_(people["head"]).get(page_of(case)).text
    receive_letter(case, [photo()], people["secretary"])
    assert letters(case) == 1


@pytest.mark.parametrize("name", ["head", "coordinator", "auditor", "host"])
def test_only_who_registers_adds_it(people: People, name: str) -> None:
    case = awaited(people)
    with pytest.raises(Refused, match="not_allowed"):
        receive_letter(case, [photo()], people[name])
    assert as_(people[name]).post(add(case), {"papers": photo()}).status_code == 403
    assert letters(case) == 0


def test_a_rejected_request_waits_for_no_letter(people: People) -> None:
    case = awaited(people)
    decisions.reject(case, [], "Penuh", people["head"])
    assert "Surat menyusul" not in as_(people["secretary"]).get(page_of(case)).text
    with pytest.raises(Refused, match="letter_not_awaited"):
        receive_letter(case, [photo()], people["secretary"])


def _urgent(people: People) -> ServiceRequest:
    case = a_request()
    decisions.authorise(case, "Banjir, rapat malam ini", people["head"])
    decisions.approve(case, people["head"])
    case.refresh_from_db()
    return case


def test_an_urgent_letter_is_registered_later_and_the_request_stays_approved(
    people: People,
) -> None:
    first, case = awaited(people), _urgent(people)
    page = reverse("request-register", args=[case.number])
    assert f'href="{page}"' in as_(people["secretary"]).get(page_of(case)).text
    client = as_(people["secretary"])
    wrong = client.post(page, {"subject": "", "letter_number": "009/BPBD"})
    assert wrong.status_code == 422
    assert 'value="009/BPBD"' in wrong.text
    given = {
        "received_on": f"{timezone.localdate(clock.now())}", "subject": "Rapat darurat banjir",
        "letter_number": "009/BPBD", "urgency": "very_urgent", "secrecy": "ordinary",
    }  # fmt: skip
    answer = client.post(page, given, follow=True)
    assert answer.redirect_chain == [(page_of(case), 302)]
    case.refresh_from_db()
    assert (case.state, case.letter_number) == ("approved", "009/BPBD")
    numbers = [each.incoming.agenda_number for each in (first, case)]
    assert numbers == [1, 2]
    last = case.transitions.last()
    assert last is not None
    assert (last.step, last.old, last.new) == ("register", "approved", "approved")
    # A second time is told, and takes no number.
    assert client.post(page, given, follow=True).redirect_chain == [(page_of(case), 302)]
    with pytest.raises(Refused, match="step_not_possible"):
        register_letter(case, registration(), people["secretary"])
    assert IncomingLetter.objects.count() == 2


def test_what_is_not_urgent_is_registered_before_it_goes_ahead(people: People) -> None:
    case = registered(people)
    decisions.approve(case, people["head"])
    with pytest.raises(Refused, match="step_not_possible"):
        register_letter(case, registration(), people["secretary"])
    page = reverse("request-register", args=[case.number])
    assert page not in as_(people["secretary"]).get(page_of(case)).text


@pytest.mark.parametrize(
    ("state", "authorised", "known", "may"),
    [
        *[(state, True, False, True) for state in (
            "registered", "disposed", "under_review", "needs_completion", "alternative_offered",
            "approved",
        )],
        *[(state, True, False, False) for state in (
            "draft", "submitted", "rejected", "cancelled",
        )],
        ("approved", False, False, False),
        ("approved", True, True, False),
    ],
)  # fmt: skip
def test_when_a_letter_may_be_registered_late(
    state: str, authorised: bool, known: bool, may: bool
) -> None:
    assert may_register_late(state, is_authorised=authorised, is_registered=known) == may
