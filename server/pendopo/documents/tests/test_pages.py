"""The pages of letters and of their templates, and what the public API tells of a letter."""

import io
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from PIL import Image

from pendopo.documents.actions.drafting import correct_document, mark_sent
from pendopo.documents.models import Document, Initial, LetterStyle, Template
from pendopo.documents.rules import DocumentKind, DocumentState, Secrecy
from pendopo.documents.rules.templates import DEFAULT_WORDS
from pendopo.documents.tests.papers import a_draft, a_signed_letter, an_office, signed
from pendopo.documents.views.letters import words_of
from pendopo.foundation.errors import Refused
from pendopo.journal.models import Entry
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

LIST = reverse("document-list")


@pytest.fixture
def head(db: None) -> Account:
    return an_office()


def as_(duty: Duty, name: str = "Dewi") -> Client:
    client = Client()
    client.force_login(create_account(f"{name.lower()}-{duty.value}@t.example", "x", name, [duty]))
    return client


def at(page: str, document: Document, *more: Any) -> str:
    return reverse(page, args=[document.pk, *more])


def draft_fields(document: Document, **changes: Any) -> dict[str, Any]:
    names = (
        "subject", "addressee", "body", "copies", "attachments", "attached_text", "urgency",
        "secrecy", "signing_form", "on_behalf_of", "by_order_of", "classification_code", "number",
    )  # fmt: skip
    fields = {name: getattr(document, name) for name in names}
    return {**fields, "dated_on": "", "seen": document.revision, **changes}


def test_a_draft_is_seen_as_pictures_and_downloaded(head: Account) -> None:
    draft, client = a_draft(), as_(Duty.SECRETARIAT)
    answer = client.get(at("document-detail", draft))
    assert draft.subject in answer.content.decode()
    picture = client.get(at("document-page", draft, 1))
    assert Image.open(io.BytesIO(picture.content)).width == 1000
    assert "no-store" in picture.headers["Cache-Control"]
    assert client.get(at("document-page", draft, 99)).status_code == 404
    pdf = client.get(at("document-pdf", draft))
    assert "attachment" in pdf.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(pdf.content) as opened:
        assert "DRAF" in opened[0].get_textpage().get_text_range()


def test_a_signed_letter_is_downloaded_as_it_was_signed(head: Account) -> None:
    letter, client = a_signed_letter(), as_(Duty.AUDITOR)
    pdf = client.get(at("document-pdf", letter)).content
    assert letter.file is not None
    with letter.file.content.open("rb") as kept:
        assert pdf == kept.read()
    assert client.get(at("document-page", letter, 1)).headers["Content-Type"].startswith("image/")
    assert "DRAF" not in client.get(at("document-detail", letter)).content.decode()


def test_a_draft_that_can_not_be_drawn_says_why_and_can_be_changed(head: Account) -> None:
    draft, client = a_draft(attachments="会議"), as_(Duty.SECRETARIAT)
    page = client.get(at("document-detail", draft))
    assert page.status_code == 200
    assert page.context["undrawn"]
    assert at("document-change", draft) in page.content.decode()
    assert client.get(at("document-pdf", draft)).status_code == 422


def test_who_only_reads_is_offered_nothing_that_changes(head: Account) -> None:
    draft, letter, client = a_draft(), a_signed_letter(), as_(Duty.AUDITOR)
    for document in (draft, letter):
        page = client.get(at("document-detail", document)).content.decode()
        for address in ("ubah", "paraf", "tarik", "ralat"):
            assert f"{document.pk}/{address}" not in page
    assert client.post(at("document-withdraw", draft)).status_code == 403


@pytest.mark.parametrize("page", ["detail", "pdf", "page", "change"])
def test_a_secret_letter_is_not_there_for_whom_it_does_not_concern(
    head: Account, page: str
) -> None:
    draft = a_draft(secrecy=Secrecy.SECRET)
    more = [1] if page == "page" else []
    address = at(f"document-{page}", draft, *more)
    administrator = as_(Duty.ADMINISTRATOR)
    assert administrator.get(address).status_code == 404
    assert draft.subject not in administrator.get(LIST).content.decode()
    signatory = Client()
    signatory.force_login(head)
    assert signatory.get(address).status_code == 200


@pytest.mark.parametrize("page", ["initial", "withdraw", "correct"])
def test_a_secret_letter_is_not_changed_by_whom_it_does_not_concern(
    head: Account, page: str
) -> None:
    draft = a_draft(secrecy=Secrecy.SECRET)
    assert as_(Duty.SECRETARIAT).post(at(f"document-{page}", draft)).status_code == 404
    draft.refresh_from_db()
    assert draft.state == DocumentState.DRAFT


def test_initialling_and_withdrawing_go_back_to_the_letter(head: Account) -> None:
    draft, client = a_draft(), as_(Duty.SECRETARIAT)
    page = at("document-detail", draft)
    assert client.post(at("document-initial", draft)).headers["Location"] == page
    assert Initial.objects.filter(document=draft).count() == 1
    assert at("document-initial", draft) not in client.get(page).content.decode()
    assert client.post(at("document-withdraw", draft)).headers["Location"] == page
    draft.refresh_from_db()
    assert draft.state == DocumentState.WITHDRAWN
    after = client.post(at("document-initial", draft), follow=True).content.decode()
    assert escape(Refused("document_not_open").sentence) in after
    assert client.get(at("document-change", draft)).status_code == 409


def test_a_letter_nobody_could_be_told_of_is_noted_as_handed_over(head: Account) -> None:
    paper, client = a_draft(), as_(Duty.SECRETARIAT)
    assert at("document-handed-over", paper) not in client.get(at("document-detail", paper)).text
    refused = client.post(at("document-handed-over", paper), follow=True).content.decode()
    assert escape(Refused("document_not_signed").sentence) in refused
    signed(paper)
    assert at("document-handed-over", paper) in client.get(at("document-detail", paper)).text
    client.post(at("document-handed-over", paper))
    client.post(at("document-handed-over", paper))
    paper.refresh_from_db()
    assert paper.state == DocumentState.SENT
    assert Entry.objects.filter(kind="document.sent").count() == 1


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(head: Account) -> None:
    draft, first, second = a_draft(), as_(Duty.SECRETARIAT), as_(Duty.COORDINATOR)
    address = at("document-change", draft)
    mine, theirs = draft_fields(draft, subject="Satu"), draft_fields(draft, body="Isi kedua")
    assert first.post(address, mine).status_code == 302
    answer = second.post(address, theirs)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Isi kedua" in page
    assert escape(Refused("changed_meanwhile").sentence) in page
    draft.refresh_from_db()
    assert (draft.subject, draft.revision) == ("Satu", 2)
    again = second.post(address, {**theirs, "seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302


def test_who_makes_a_letter_secret_still_reads_it(head: Account) -> None:
    draft, client = a_draft(), as_(Duty.SECRETARIAT)
    fields = draft_fields(draft, secrecy="secret")
    answer = client.post(at("document-change", draft), fields, follow=True)
    assert answer.status_code == 200
    assert as_(Duty.COORDINATOR).get(at("document-detail", draft)).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"subject": ""}, {"secrecy": "nothing"}, {"number": "1/2"}, {"signing_form": "an"}]
)
def test_a_refused_draft_keeps_what_was_typed(head: Account, wrong: dict[str, str]) -> None:
    draft = a_draft()
    fields = draft_fields(draft, body="<b>Tulisan & saya</b>", **wrong)
    answer = as_(Duty.SECRETARIAT).post(at("document-change", draft), fields)
    assert answer.status_code == 422
    assert "&lt;b&gt;Tulisan &amp; saya&lt;/b&gt;" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_correction_and_its_letter_point_to_each_other(head: Account) -> None:
    letter, client = a_signed_letter(), as_(Duty.SECRETARIAT)
    answer = client.post(at("document-correct", letter))
    draft = Document.objects.get(corrects=letter)
    assert answer.headers["Location"] == at("document-change", draft)
    assert (
        at("document-detail", letter) in client.get(at("document-detail", draft)).content.decode()
    )
    old = client.get(at("document-detail", letter)).content.decode()
    assert at("document-detail", draft) in old
    assert at("document-correct", letter) not in old


def test_the_list_is_filtered_and_searched(head: Account) -> None:
    draft, letter, client = (
        a_draft(kind=DocumentKind.REJECTION),
        a_signed_letter(),
        as_(Duty.AUDITOR),
    )

    def found(**wanted: str) -> set[str]:
        rows = client.get(LIST, wanted).context["rows"]
        return {str(row["document"].pk) for row in rows}

    assert found() == {str(draft.pk), str(letter.pk)}
    assert found(state="draft") == {str(draft.pk)}
    assert found(kind="approval") == {str(letter.pk)}
    assert found(words=letter.number) == {str(letter.pk)}
    assert found(words="Persetujuan") == {str(letter.pk)}
    assert client.get(LIST, {"state": "x"}).status_code == 422
    assert client.get(LIST, {"sebelum": "!"}).status_code == 422


def test_ten_thousand_letters_take_the_queries_of_one(head: Account) -> None:
    client = as_(Duty.SECRETARIAT)
    one = a_draft()
    client.get(LIST)
    with CaptureQueriesContext(connection) as with_one:
        client.get(LIST)
    names = [f.attname for f in Document._meta.concrete_fields if f.name not in ("id", "code")]
    values = {name: getattr(one, name) for name in names}
    Document.objects.bulk_create([Document(**values) for _ in range(10_000)], batch_size=2000)
    with CaptureQueriesContext(connection) as with_all:
        answer = client.get(LIST)
    assert len(with_all) == len(with_one)
    assert len(with_all) < 15
    rows = answer.context["rows"]
    older = client.get(f"{LIST}?{answer.context['older']}").context["rows"]
    assert (len(rows), len(older)) == (50, 50)
    assert {row["document"].pk for row in rows}.isdisjoint(row["document"].pk for row in older)


def test_the_search_finds_letters_that_the_reader_may_see(head: Account) -> None:
    letter, secret = a_signed_letter(), a_draft(secrecy=Secrecy.SECRET)

    def found(duty: Duty) -> str:
        return as_(duty, "Cari").get(reverse("search"), {"q": "Persetujuan"}).content.decode()

    assert at("document-detail", letter) in found(Duty.AUDITOR)
    assert at("document-detail", secret) not in found(Duty.SECRETARIAT)
    assert at("document-detail", letter) not in found(Duty.OPERATOR)


def test_every_state_has_its_word_and_look(head: Account) -> None:
    draft = a_draft()
    for state in DocumentState:
        draft.state = state
        assert all(words_of(draft)[key] for key in ("state", "icon", "look", "kind"))


# Templates.
def template_at(kind: str = "approval") -> str:
    return reverse("template", args=[kind])


WORDS = DEFAULT_WORDS[DocumentKind.APPROVAL]


def test_a_template_is_previewed_without_being_saved(head: Account) -> None:
    client = as_(Duty.SECRETARIAT)
    body = f"{WORDS.body}\n\nTambahan."
    given = {"subject": WORDS.subject, "body": body, "seen": 1, "preview": "1"}
    answer = client.post(template_at(), given)
    assert answer.status_code == 200
    assert answer.context["picture"].startswith("data:image/png;base64,")
    assert "Tambahan." in answer.content.decode()
    assert not Template.objects.filter(version__gt=1).exists()


def test_a_template_is_saved_in_versions_and_an_old_one_used_again(head: Account) -> None:
    client = as_(Duty.SECRETARIAT)
    given = {"subject": "Setuju {nama_kegiatan}", "body": WORDS.body, "seen": 1}
    assert client.post(template_at(), given).status_code == 302
    assert Template.objects.get(version=2).subject == "Setuju {nama_kegiatan}"
    back = reverse("template-restore", args=["approval", 1])
    client.post(back, {"seen": 2})
    assert Template.objects.get(version=3).subject == WORDS.subject
    assert client.post(reverse("template-restore", args=["approval", 9])).status_code == 404


def test_a_template_with_an_unknown_placeholder_is_refused_and_kept(head: Account) -> None:
    given = {"subject": "A", "body": f"{WORDS.body} {{salah}}", "seen": 1}
    answer = as_(Duty.SECRETARIAT).post(template_at(), given)
    assert answer.status_code == 422
    assert answer.content.decode().count("{salah}") == 2
    assert not Template.objects.filter(version=2).exists()


def test_of_two_who_edit_a_template_the_second_is_told(head: Account) -> None:
    first, second = as_(Duty.SECRETARIAT), as_(Duty.ADMINISTRATOR)
    mine = {"subject": "Satu {nama_kegiatan}", "body": WORDS.body, "seen": 1}
    theirs = {"subject": "Dua {nama_kegiatan}", "body": WORDS.body, "seen": 1}
    first.post(template_at(), mine)
    answer = second.post(template_at(), theirs)
    assert answer.status_code == 422
    assert "Dua {nama_kegiatan}" in answer.content.decode()
    seen = answer.context["form"]["seen"].value()
    assert second.post(template_at(), {**theirs, "seen": seen}).status_code == 302
    assert Template.objects.get(version=3).subject == "Dua {nama_kegiatan}"


@pytest.mark.parametrize("kind", ["disposition_sheet", "x"])
def test_what_has_no_template_is_not_found(head: Account, kind: str) -> None:
    assert as_(Duty.SECRETARIAT).get(template_at(kind)).status_code == 404


def test_the_look_of_letters_is_a_section_of_the_settings(head: Account) -> None:
    client = as_(Duty.ADMINISTRATOR)
    address = reverse("office-section", args=["surat"])
    seen = client.get(address).context["seen"]
    given = {"face": "Liberation Serif", "size": "11", "unit_code": "Kominfo", "seen": seen}
    assert client.post(address, given).status_code == 302
    assert LetterStyle.objects.get().unit_code == "Kominfo"


# The public API.
def api(document: Document, more: str = "") -> Any:
    return Client().get(f"/api/v1/documents/{document.code}{more}")


def test_anybody_with_the_code_learns_who_signed_but_not_what(head: Account) -> None:
    letter = a_signed_letter()
    told = api(letter).json()
    assert told["state"] == "genuine"
    assert (told["number"], told["date"]) == (letter.number, "2026-11-24")
    assert (told["signer_name"], told["signer_title"]) == (head.person.name, "Kepala Dinas")
    assert (told["kind"], told["method"]) == ("approval", "local")
    assert "body" not in told
    assert "addressee" not in told
    assert told["subject"] == letter.subject
    assert api(letter, "/pdf").headers["Content-Type"] == "application/pdf"


def test_a_draft_has_no_public_address(head: Account) -> None:
    for more in ("", "/pdf"):
        assert api(a_draft(), more).json()["code"] == "document_not_found"
        assert api(a_draft(), more).status_code == 404


def test_of_a_secret_letter_neither_subject_nor_file_is_public(head: Account) -> None:
    letter = a_signed_letter(secrecy=Secrecy.RESTRICTED)
    assert api(letter).json()["subject"] is None
    assert letter.subject not in api(letter).content.decode()
    assert api(letter, "/pdf").status_code == 404


def test_a_correction_holds_once_it_is_signed(head: Account) -> None:
    letter = a_signed_letter()
    mark_sent(letter, head)
    draft = correct_document(letter, head)
    assert api(letter).json()["state"] == "genuine"
    signed(draft)
    assert api(letter).json()["state"] == "superseded"
    Document.objects.filter(pk=letter.pk).update(revoked_at=timezone.now() - timedelta(hours=1))
    assert api(letter).json()["state"] == "revoked"


def test_guessing_codes_is_slowed_down(db: None) -> None:
    answers = {Client().get(f"/api/v1/documents/tebak-{n}").status_code for n in range(70)}
    assert answers == {404, 429}
