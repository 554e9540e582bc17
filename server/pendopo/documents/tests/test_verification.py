"""`/v/<code>` and the same over the API: what is said of a letter, and of a PDF shown as it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from pendopo.documents.actions.drafting import correct_document, withdraw_draft
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.rules import Secrecy
from pendopo.documents.rules.signing import LARGEST_UPLOAD
from pendopo.documents.tests.papers import MARK
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    draft,
    head_of_an_office,
    signed,
    with_demo_certificate,
)
from pendopo.documents.tests.tampering import (
    one_byte_changed,
    signed_by_a_stranger,
    updated,
    updated_and_signed_by_a_stranger,
)
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase
from pendopo.journal.models import Entry
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
Shown = Callable[[Document, Document, Path], bytes]


@pytest.fixture(autouse=True)
def _nobody_asked_before(db: None) -> None:
    """Rate limits outlive a test; all of them come from one address."""
    cache.clear()


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return with_demo_certificate(head_of_an_office(tmp_path, settings))


def page_of(document: Document) -> str:
    """The page's own part, without header and footer."""
    page = Client().get(f"/v/{document.code}").content.decode()
    return page.partition("<main")[2].partition("</main")[0]


def api(document: Document, more: str = "") -> Any:
    return Client().get(f"/api/v1/documents/{document.code}{more}").json()


def shown_on_the_page(document: Document, content: bytes) -> Any:
    sent = {"file": ContentFile(content, "surat.pdf")}
    answer = Client().post(f"/v/{document.code}", sent)
    assert answer.status_code == 200
    return answer


def shown_over_the_api(document: Document, content: bytes) -> Any:
    sent = {"file": ContentFile(content, "surat.pdf")}
    return Client().post(f"/api/v1/documents/{document.code}/compare", sent).json()


# What a PDF is that somebody shows as the letter, and whether its signature is worth something.
_SHOWN: list[tuple[str, Shown, str, bool]] = [
    ("as it was signed", lambda d, o, f: content_of(d), "same", True),
    ("a byte changed", lambda d, o, f: one_byte_changed(content_of(d)), "changed", False),
    ("written over", lambda d, o, f: updated(content_of(d)), "changed", False),
    (
        "written over and signed again",
        lambda d, o, f: updated_and_signed_by_a_stranger(content_of(d), f),
        "changed",
        False,
    ),
    ("a comment behind it", lambda d, o, f: content_of(d) + b"\n% lagi\n", "changed", False),
    ("another letter of ours", lambda d, o, f: content_of(o), "other_file", True),
    ("the same words unsigned", lambda d, o, f: letter_pdf(d, MARK), "not_ours", False),
    (
        "the same words signed by a stranger",
        lambda d, o, f: signed_by_a_stranger(letter_pdf(d, MARK), f),
        "not_ours",
        False,
    ),
    ("half of it", lambda d, o, f: content_of(d)[: len(content_of(d)) // 2], "unreadable", False),
    ("no PDF", lambda d, o, f: b"Yth. Bupati", "unreadable", False),
    ("a PDF in name", lambda d, o, f: b"%PDF-1.7\n" + b"x" * 9000, "unreadable", False),
    ("30 MB", lambda d, o, f: content_of(d) + bytes(30 * 2**20), "too_large", False),
]


@pytest.mark.parametrize(
    ("shown", "upload", "valid"), [row[1:] for row in _SHOWN], ids=[row[0] for row in _SHOWN]
)
def test_what_a_pdf_is_beside_the_letter(
    head: Account, tmp_path: Path, shown: Shown, upload: str, valid: bool
) -> None:
    document, other = signed(head), signed(head)
    content = shown(document, other, tmp_path / "stranger")
    answer = shown_on_the_page(document, content)
    compared = answer.context["compared"]
    assert (compared.upload.value, compared.has_valid_signature) == (upload, valid)
    page = answer.content.decode()
    assert ("notice-ok" in page) is (upload == "same")
    told = shown_over_the_api(document, content)
    assert (told["upload"], told["signature_valid"]) == (upload, valid)
    assert (told["state"], told["demo"]) == ("genuine", True)


def test_only_the_copy_that_was_brought_back_is_the_letter_signed_by_hand(head: Account) -> None:
    document = draft(head)
    scan = letter_pdf(document, MARK)
    attach_signed_copy(document, Brought(ContentFile(scan, "scan.pdf"), revision=1), head)
    assert "notice-ok" in shown_on_the_page(document, scan).content.decode()
    other = shown_on_the_page(document, letter_pdf(draft(head, attachments="1"), MARK))
    assert other.context["compared"].upload.value == "not_ours"


def test_a_genuine_letter_says_who_signed_it_when_and_how(head: Account) -> None:
    document = signed(head)
    page = page_of(document)
    for said in (document.number, "Budi Santoso", "Kepala Dinas", document.subject):
        assert said in page
    assert api(document)["state"] == "genuine"


def test_a_revoked_letter_says_so_first_also_of_its_own_unchanged_pdf(head: Account) -> None:
    document = signed(head)
    content = content_of(document)
    revoke_document(document, "Salah tanggal", head)
    page = page_of(document)
    assert "Surat ini dicabut" in page
    assert "Salah tanggal" in page
    assert "Surat ini asli" not in page
    assert api(document)["state"] == "revoked"
    answer = shown_on_the_page(document, content).content.decode()
    assert "Surat ini dicabut" in answer
    assert "notice-ok" not in answer
    told = shown_over_the_api(document, content)
    assert (told["upload"], told["state"]) == ("same", "revoked")


def test_a_superseded_letter_leads_to_the_one_that_holds(head: Account) -> None:
    document = signed(head)
    content = content_of(document)
    correction = correct_document(document, head)
    assert correction.code not in page_of(document)  # a draft is not public
    sign_documents([correction], head, Passphrase(SECRET))
    page = page_of(document)
    assert f"/v/{correction.code}" in page
    assert "Surat ini asli" not in page
    assert api(document)["state"] == "superseded"
    assert api(correction)["state"] == "genuine"
    answer = shown_on_the_page(document, content)
    assert "notice-ok" not in answer.content.decode()
    assert shown_over_the_api(document, content)["state"] == "superseded"


def test_a_revoked_letter_that_was_replaced_says_both(head: Account) -> None:
    document = signed(head)
    correction = correct_document(document, head)
    sign_documents([correction], head, Passphrase(SECRET))
    revoke_document(document, "Salah tujuan", head)
    page = page_of(document)
    assert "Salah tujuan" in page
    assert f"/v/{correction.code}" in page


@pytest.mark.parametrize(
    "code", ["bcd-fghj-kmn", "x", "x" * 300, "..", "%00", "' OR 1=1", "kode dengan spasi", "\uff10"]
)
def test_an_unknown_code_is_answered_plainly(code: str, db: None) -> None:
    answer = Client().get(f"/v/{code}")
    assert answer.status_code == 404
    assert Client().get(f"/api/v1/documents/{code}").status_code == 404


def test_a_draft_and_a_withdrawn_letter_are_not_there(head: Account) -> None:
    document = draft(head)
    for _ in range(2):
        answer = Client().get(f"/v/{document.code}")
        assert answer.status_code == 404
        assert document.subject not in answer.content.decode()
        assert "document" not in answer.context
        sent = {"file": ContentFile(b"%PDF-1.7", "surat.pdf")}
        assert Client().post(f"/v/{document.code}", sent).status_code == 404
        compare = Client().post(f"/api/v1/documents/{document.code}/compare", sent)
        assert compare.json()["code"] == "document_not_found"
        if document.state == "draft":
            withdraw_draft(document, head)


def test_looking_for_codes_is_slowed_down_and_so_is_sending_pdfs(db: None) -> None:
    looks = [Client().get(f"/v/tebak-{nth}").status_code for nth in range(61)]
    assert looks == [404] * 60 + [429]
    sent = {"file": ContentFile(b"%PDF-1.7", "surat.pdf")}
    uploads = [
        Client().post(f"/{place}-{nth}{end}", sent).status_code
        for nth in range(5)
        for place, end in (("v/tebak", ""), ("api/v1/documents/tebak", "/compare"))
    ]
    assert uploads == [404] * 10  # one limit for both doors
    assert Client().post("/v/tebak", sent).status_code == 429
    assert Client().post("/api/v1/documents/tebak/compare", sent).status_code == 429


def test_codes_can_not_be_guessed(head: Account) -> None:
    codes = {draft(head).code for _ in range(20)}
    assert len(codes) == 20
    # 60 looks a minute: at 20 letters of the alphabet 10 characters last for longer than papers.
    assert all(len(re.sub(r"\W", "", code)) >= 10 for code in codes)


def test_the_page_tells_nothing_that_does_not_stand_on_the_paper(head: Account) -> None:
    document = signed(head)
    page = page_of(document) + str(api(document))
    for untold in (head.email, "Yth. Ketua", "ruang penuh", str(document.pk), str(head.pk), SECRET):
        assert untold not in page
    assert "Pelatihan kader" not in page.replace(document.subject, "")


def test_of_a_secret_letter_neither_subject_nor_kind_nor_file_is_public(head: Account) -> None:
    document = signed(head, secrecy=Secrecy.SECRET)
    page = page_of(document)
    assert document.subject not in page
    told = api(document)
    assert told["subject"] is None
    assert "rejection" not in str(told)
    assert Client().get(f"/api/v1/documents/{document.code}/pdf").status_code == 404


def test_a_form_without_a_file_asks_for_one(head: Account) -> None:
    document = signed(head)
    answer = Client().post(f"/v/{document.code}", {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert Client().post(f"/api/v1/documents/{document.code}/compare", {}).status_code == 422


def test_what_somebody_sent_to_be_compared_is_not_kept(head: Account, tmp_path: Path) -> None:
    document = signed(head)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    shown_on_the_page(document, content_of(document) + bytes(LARGEST_UPLOAD // 4))
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


def test_revoking_twice_is_told_once_with_its_first_reason(head: Account) -> None:
    document = signed(head)
    for reason in ("Salah tanggal", "Lain lagi"):
        revoke_document(document, reason, head)
    assert document.revocation_reason == "Salah tanggal"
    assert Entry.objects.filter(kind="document.revoked").count() == 1
    with pytest.raises(Refused, match="document_not_issued"):
        revoke_document(draft(head), "Salah", head)
