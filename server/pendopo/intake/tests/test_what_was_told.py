"""What the requester was told, what stands in the dossier, and what is to be handed over."""

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import correct_document
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentState
from pendopo.foundation import clock
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.models import ServiceRequest
from pendopo.intake.reactions import send_reply, tell_revocation
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    account_with,
    an_office,
    registered,
)
from pendopo.journal.models import Entry, subject_of
from pendopo.notices.models import Notice
from pendopo.office.models import AgencyUnit, Membership
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
SECRET = "lima-kata-sandi-demo"


@pytest.fixture
def people() -> People:
    return an_office()


def approved(people: People) -> tuple[ServiceRequest, Document]:
    case = registered(people)
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    decisions.approve(case, people["coordinator"])
    return case, Document.objects.get(about=subject_of(case))


def signed(letter: Document, people: People) -> Document:
    get_demo_certificate(people["head"], Passphrase(SECRET))
    outcome = sign_documents([letter], people["head"], Passphrase(SECRET))[0]
    assert outcome.refused is None
    send_reply(Entry.objects.filter(kind="document.signed").latest("pk"))
    letter.refresh_from_db()
    return letter


def dossier(case: ServiceRequest, people: People, who: str = "secretary") -> str:
    client = Client()
    client.force_login(people[who])
    return client.get(reverse("request-detail", args=[case.number])).text


def tracking(case: ServiceRequest) -> str:
    return Client().get(reverse("request-tracking", args=[case.tracking_code])).text


def test_a_letter_is_sent_only_when_somebody_was_told(people: People) -> None:
    case, letter = approved(people)
    ServiceRequest.objects.filter(pk=case.pk).update(restricted_at=clock.now())
    letter = signed(letter, people)
    assert (letter.state, letter.sent_at) == (DocumentState.SIGNED, None)
    assert not Notice.objects.filter(kind="request.replied").exists()
    assert "Perlu diserahkan" in dossier(case, people)


def test_told_once_is_sent_also_when_the_worker_tries_again(people: People) -> None:
    case, letter = approved(people)
    letter = signed(letter, people)
    assert letter.state == DocumentState.SENT
    count = Notice.objects.filter(kind="request.replied").count()
    send_reply(Entry.objects.filter(kind="document.signed").latest("pk"))
    assert Notice.objects.filter(kind="request.replied").count() == count
    assert "Perlu diserahkan" not in dossier(case, people)


def test_the_dossier_says_to_whom_by_which_way_and_how_far(people: People) -> None:
    case, letter = approved(people)
    signed(letter, people)
    Notice.objects.filter(kind="request.replied").update(state="failed", error="smtp_550")
    page = dossier(case, people)
    for words in ("Pesan kepada pemohon", "Siti Aminah", "WhatsApp", "Gagal", "kotak surat"):
        assert words.lower() in page.lower(), words
    assert "Pesan kepada pemohon" not in dossier(case, people, "auditor")


def test_a_revoked_letter_is_told_and_marked(people: People) -> None:
    case, letter = approved(people)
    letter = signed(letter, people)
    assert "Dicabut" not in tracking(case) + dossier(case, people)
    revoke_document(letter, "Tanggal keliru", people["head"])
    tell_revocation(Entry.objects.get(kind="document.revoked"))
    told = Notice.objects.filter(kind="request.reply_revoked")
    assert {each.to_address for each in told} >= {"+6281234567890"}
    assert all(letter.number in each.text and "Tanggal keliru" in each.text for each in told)
    assert "Dicabut" in tracking(case)
    assert "Tanggal keliru" in tracking(case)
    assert "Dicabut" in dossier(case, people)


def test_a_replaced_letter_is_marked(people: People) -> None:
    case, letter = approved(people)
    letter = signed(letter, people)
    signed(correct_document(letter, people["head"]), people)
    page = tracking(case)
    assert page.count("Diganti dengan yang lebih baru") == 1


def test_of_a_booked_meeting_the_dossier_shows_only_what_applies(people: People) -> None:
    unit = AgencyUnit.objects.create(name="Dinas Sosial", slug="dinsos")
    account = account_with(Duty.HOST, name="Wati")
    Membership.objects.create(account=account, unit=unit)
    given = {"event_title": "Rapat staf", "people": 10, "attendance": "online"}
    case = book_meeting(account, given, a_slot())
    page = dossier(case, people)
    assert "Dipesan oleh" in page
    assert "Wati" in page
    for words in ("Narahubung", "Tandai kontak terkonfirmasi", "Surat menyusul", "Nomor surat"):
        assert words not in page, words
    asked = dossier(a_request(), people)
    assert "Tandai kontak" in asked
    assert "Narahubung" in asked
