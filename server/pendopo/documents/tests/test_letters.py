"""Letters from draft to correction, with the real PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pendopo.documents.actions.drafting import (
    change_draft,
    correct_document,
    initial_document,
    let_read,
    mark_sent,
    withdraw_draft,
)
from pendopo.documents.actions.numbering import give_number
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document, Template
from pendopo.documents.queries.papers import documents_for, listed
from pendopo.documents.rules import DocumentKind, DocumentState, Method, Secrecy, SigningForm
from pendopo.documents.tests.papers import MARK, ORDER, a_draft, an_office, signed, text_of
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.office.models import NumberSeries, Position
from pendopo.office.rules import Tenure
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty


@pytest.fixture
def head(db: None) -> Account:
    return an_office()


def staff(duty: Duty, name: str = "Dewi") -> Account:
    return create_account(f"{name.lower()}-{duty.value}@t.example", "x", name, [duty])


def refused(code: str, act: Callable[..., Any], *given: Any, **named: Any) -> dict[str, Any]:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*given, **named)
    assert caught.value.code == code
    assert caught.value.sentence
    return caught.value.facts


def kinds_of(document: Document) -> list[str]:
    subject = f"documents.document:{document.pk}"
    return list(Entry.objects.filter(subject=subject).order_by("id").values_list("kind", flat=True))


def test_a_draft_is_made_from_the_offices_template(head: Account) -> None:
    draft = a_draft()
    assert draft.state == DocumentState.DRAFT
    assert draft.subject == "Persetujuan Fasilitasi Rapat Koordinasi Kader Posyandu"
    assert "Waktu : 09.00 WIB s.d. selesai" in draft.body
    assert draft.template == Template.objects.get()
    assert (draft.number, draft.running_number, draft.dated_on) == ("", None, None)
    assert (draft.signatory, draft.signatory_title) == (head, "Kepala Dinas")
    assert kinds_of(draft) == ["document.drafted"]


@pytest.mark.parametrize(
    ("tenure", "form"),
    [
        (Tenure.DEFINITIVE, SigningForm.HOLDER),
        (Tenure.ACTING, SigningForm.ACTING),
        (Tenure.DAILY_ACTING, SigningForm.DAILY_ACTING),
    ],
)
def test_the_signing_form_follows_the_tenure(db: None, tenure: Tenure, form: SigningForm) -> None:
    an_office(tenure)
    assert a_draft().signing_form == form
    assert a_draft(signing_form=SigningForm.HOLDER).signing_form == SigningForm.HOLDER


def test_what_can_not_be_a_letter_is_refused(head: Account) -> None:
    values = {**ORDER.values, "nomor_surat": " "}
    assert refused("values_missing", a_draft, values=values)["names"] == "{nomor_surat}"
    refused("letter_incomplete", a_draft, addressee=())
    refused("letter_too_long", a_draft, addressee=("x" * 401,))
    refused("signing_form_incomplete", a_draft, signing_form=SigningForm.ON_BEHALF)
    refused("number_date_missing", a_draft, number="005/1/Umum")
    refused("no_signatory", a_draft, signatory=staff(Duty.DIVISION_HEAD))
    Position.objects.all().delete()
    refused("no_signatory", a_draft)
    assert Document.objects.count() == 0


def test_a_long_name_of_an_event_is_cut_in_the_subject_only(head: Account) -> None:
    draft = a_draft(values={**ORDER.values, "nama_kegiatan": "Rapat " * 100})
    assert len(draft.subject) == 400
    assert draft.subject.endswith("…")


def test_text_that_the_database_can_not_store_is_cleaned(head: Account) -> None:
    draft = a_draft(addressee=("Yth. Ketua\x00\ud800",), copies=("\x07Arsip",))
    draft.refresh_from_db()
    assert (draft.addressee, draft.copies) == ("Yth. Ketua", "Arsip")


def test_a_change_takes_initials_away_and_a_second_writer_is_refused(head: Account) -> None:
    draft = a_draft()
    initial_document(draft, head)
    initial_document(draft, head)
    assert draft.state == DocumentState.INITIALLED
    seen = draft.revision
    change_draft(draft, {"body": "Baru", "signed_at": timezone.now()}, seen, SYSTEM)
    assert (draft.body, draft.state, draft.signed_at) == ("Baru", DocumentState.DRAFT, None)
    assert not draft.initials.exists()
    refused("changed_meanwhile", change_draft, draft, {"body": "Lain"}, seen, SYSTEM)
    change_draft(draft, {"body": "Baru"}, draft.revision, SYSTEM)
    assert kinds_of(draft) == ["document.drafted", "document.initialled", "document.changed"]
    facts = Entry.objects.get(kind="document.changed").facts
    assert facts == {"fields": ["body"]}


def test_a_withdrawn_draft_is_over(head: Account) -> None:
    draft = a_draft()
    withdraw_draft(draft, SYSTEM)
    refused("document_not_open", withdraw_draft, draft, SYSTEM)
    refused("document_not_open", initial_document, draft, head)
    refused("document_not_open", change_draft, draft, {"body": "x"}, draft.revision, SYSTEM)
    refused("document_not_signed", mark_sent, draft, SYSTEM)
    refused("document_not_signed", correct_document, draft, SYSTEM)


def test_a_letter_is_sent_once(head: Account) -> None:
    letter = signed(a_draft())
    mark_sent(letter, SYSTEM)
    first = letter.sent_at
    mark_sent(letter, SYSTEM)
    assert (letter.state, letter.sent_at) == (DocumentState.SENT, first)
    assert kinds_of(letter).count("document.sent") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": "lain"}, {"number": "1"}, {"dated_on": date(2020, 1, 1)}, {"subject": "lain"},
        {"signed_at": None}, {"file": None}, {"state": DocumentState.DRAFT},
        {"state": DocumentState.WITHDRAWN}, {"method": Method.BSRE}, {"running_number": 9},
        {"signatory_name": "lain"}, {"secrecy": Secrecy.SECRET}, {"code": "abc"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_the_database_keeps_a_signed_letter_as_it_is(head: Account, change: dict[str, Any]) -> None:
    letter = signed(a_draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.delete()


def test_of_a_signed_letter_only_sending_and_revoking_is_noted_once(head: Account) -> None:
    letter = signed(a_draft())
    rows = Document.objects.filter(pk=letter.pk)
    rows.update(state=DocumentState.SENT, sent_at=timezone.now())
    rows.update(revoked_at=timezone.now(), revocation_reason="salah nama")
    for change in ({"sent_at": None}, {"revoked_at": None}, {"revocation_reason": "lain"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rows.update(signatory=None, created_by=None)  # the accounts are gone


def test_a_correction_is_a_new_letter_that_names_the_old(head: Account) -> None:
    old = signed(a_draft())
    new = correct_document(old, head)
    assert (new.corrects, new.body, new.state) == (old, old.body, DocumentState.DRAFT)
    assert (new.number, new.code == old.code) == ("", False)
    refused("document_corrected", correct_document, old, head)
    text = text_of(letter_pdf(signed(new), MARK))
    assert "Ralat atas : surat nomor 555/1/Diskominfo tanggal 24 November 2026" in text
    assert new.number == "555/2/Diskominfo"
    assert kinds_of(old) == ["document.drafted", "document.corrected"]


def test_numbers_follow_year_code_and_unit(head: Account) -> None:
    assert signed(a_draft(), date(2026, 12, 31)).number == "555/1/Diskominfo"
    next_year = signed(a_draft(), date(2027, 1, 4))
    assert (next_year.running_number, next_year.number_year) == (1, 2027)


def test_a_number_of_the_national_system_stays(head: Account) -> None:
    letter = signed(a_draft(number=" 005/77/Umum ", dated_on=date(2026, 11, 20)))
    assert (letter.number, letter.dated_on) == ("005/77/Umum", date(2026, 11, 20))
    assert letter.running_number is None
    assert not NumberSeries.objects.filter(name="letters").exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_and_failures_leave_no_gap_and_no_double() -> None:
    an_office()
    papers = [a_draft() for _ in range(40)]
    shares = [papers[start::8] for start in range(8)]
    wrong: list[Exception] = []

    class CameToNothing(Exception):
        pass

    def sign(share: list[Document]) -> None:
        try:
            for number, paper in enumerate(share):
                try:
                    with transaction.atomic():
                        give_number(Document.objects.get(pk=paper.pk), date(2026, 11, 24))
                        if number % 2:
                            raise CameToNothing
                except CameToNothing:
                    with transaction.atomic():
                        signed(Document.objects.get(pk=paper.pk))
        except Exception as error:  # noqa: BLE001  a thread's error is the test's
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    numbers = sorted(each.running_number or 0 for each in Document.objects.all())
    assert numbers == list(range(1, 41))


def test_above_ordinary_secrecy_only_those_it_concerns_read(head: Account) -> None:
    secretary, other = staff(Duty.SECRETARIAT), staff(Duty.SECRETARIAT, "Budi")
    administrator, auditor = staff(Duty.ADMINISTRATOR), staff(Duty.AUDITOR)
    reader, division = staff(Duty.COORDINATOR), staff(Duty.DIVISION_HEAD)
    draft = a_draft(secrecy=Secrecy.SECRET, readers=(reader,))
    Document.objects.filter(pk=draft.pk).update(created_by=secretary)
    initial_document(draft, division)
    for account, sees in [
        (head, True), (secretary, True), (reader, True), (division, True),
        (other, False), (administrator, False), (auditor, False),
    ]:  # fmt: skip
        assert documents_for(account).filter(pk=draft.pk).exists() is sees
    let_read(draft, [other, other])
    assert documents_for(other).filter(pk=draft.pk).exists()
    plain = a_draft()
    assert documents_for(auditor).get() == plain
    assert not documents_for(staff(Duty.OPERATOR)).exists()
    assert set(listed(head, words="posyandu")) == {plain, draft}
    assert not listed(head, kind=DocumentKind.REJECTION).exists()
