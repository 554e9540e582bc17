"""A number is given once: by hand, by the office, and by whom both at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.tests.signers import (
    SECRET,
    draft,
    head_of_an_office,
    signed,
    with_demo_certificate,
)
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase
from pendopo.office.models import NumberSeries
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "B/500/Kominfo"


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return with_demo_certificate(head_of_an_office(tmp_path, settings))


def today() -> date:
    return timezone.localdate(clock.now())


def by_hand(head: Account, number: str, day: date | None = None) -> Document:
    """A letter signed by hand, with the number that somebody typed."""
    paper = draft(head)
    file = ContentFile(letter_pdf(paper, None), "surat.pdf")
    attach_signed_copy(paper, Brought(file, number, day or today(), paper.revision), head)
    return paper


@pytest.mark.parametrize("typed", [NUMBER, "b/500/kominfo", " B / 500 /\tKominfo "])
def test_a_typed_number_that_another_letter_has_is_refused(head: Account, typed: str) -> None:
    by_hand(head, NUMBER)
    with pytest.raises(Refused) as refused:
        by_hand(head, typed)
    assert refused.value.code == "letter_number_taken"
    assert " ".join(typed.split()) in refused.value.sentence
    assert str(today().year) in refused.value.sentence
    (left,) = Document.objects.filter(signed_at=None)
    assert (left.state, left.number, left.dated_on, left.file) == ("draft", "", None, None)


def test_another_year_begins_anew(head: Account) -> None:
    by_hand(head, NUMBER)
    by_hand(head, NUMBER, date(today().year - 1, 12, 31))
    assert Document.objects.filter(number=NUMBER).count() == 2


def test_a_revoked_letter_keeps_its_number(head: Account) -> None:
    revoke_document(by_hand(head, NUMBER), "Salah tanggal", head)
    with pytest.raises(Refused) as refused:
        by_hand(head, NUMBER)
    assert refused.value.code == "letter_number_taken"


def test_drafts_may_have_a_number_until_one_of_them_is_signed(head: Account) -> None:
    papers = [draft(head) for _ in range(3)]
    for paper in papers[:2]:
        change_draft(paper, {"number": NUMBER, "dated_on": today()}, paper.revision, head)
    first, second, third = sign_documents(papers, head, Passphrase(SECRET))
    assert first.is_signed
    assert second.refused
    assert second.refused.code == "letter_number_taken"
    assert third.is_signed
    papers[1].refresh_from_db()
    assert (papers[1].state, papers[1].signed_at) == ("draft", None)


def test_the_office_passes_over_a_number_that_was_typed(head: Account) -> None:
    first = signed(head)
    assert first.running_number == 1
    before, _one, after = first.number.partition("1")
    typed = by_hand(head, f"{before}2{after}".lower())
    assert (typed.running_number, typed.number_year) == (None, None)
    third = signed(head)
    assert (third.running_number, third.number) == (3, f"{before}3{after}")
    assert signed(head).running_number == 4
    assert NumberSeries.objects.get(name="letters").last == 4


def test_the_database_refuses_it_too(head: Account) -> None:
    first, second = by_hand(head, NUMBER), draft(head)
    again = {
        "number": NUMBER.upper(), "dated_on": first.dated_on, "signed_at": first.signed_at,
        "file": first.file,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="issued_number_once"), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(**again)


def test_page_and_program_are_told_which_number(head: Account) -> None:
    by_hand(head, NUMBER)
    paper = draft(head)
    content = letter_pdf(paper, None)
    given = {"number": NUMBER, "dated_on": f"{today()}"}
    client = Client()
    client.force_login(head)
    page = client.post(
        reverse("document-signed-copy", args=[paper.pk]),
        {**given, "seen": paper.revision, "copy": SimpleUploadedFile("surat.pdf", content)},
    )
    said = Refused("letter_number_taken", number=NUMBER, year=today().year).sentence
    assert page.status_code == 422
    assert escape(said) in page.content.decode()
    token = issue_api_token(head, "uji", ["requests:write"], days=1)
    answer = Client().post(
        f"/api/v1/papers/{paper.code}/signed-copy",
        {**given, "revision": paper.revision, "file": SimpleUploadedFile("surat.pdf", content)},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "letter_number_taken")
    assert (answer.json()["number"], answer.json()["year"]) == (NUMBER, today().year)
