"""Signing with the real database and the real signature: once, all or nothing, nothing told."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction
from django.test import Client

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import DraftOrder, correct_document, draft_document
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Credential, Document
from pendopo.documents.reactions import delete_credentials_of_person
from pendopo.documents.rules import DocumentKind, Secrecy
from pendopo.documents.rules.signing import Upload
from pendopo.documents.tests.signers import desk_form
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase
from pendopo.journal.actions import record
from pendopo.office.actions.decisions import create_office
from pendopo.office.models import AgencyUnit, NumberSeries, Position
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

SECRET = "sandi-tanda-tangan-2026"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(tmp_path: Any, settings: Any) -> Account:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SECRETS_FOLDER = tmp_path / "secrets"
    create_office("Dinas Kominfo", "Pendopo", "system")
    unit = AgencyUnit.objects.create(name="Dinas Kominfo", slug="kominfo")
    account = create_account("kepala@t.example", "x", "Budi Santoso", [Duty.HEAD_OF_OFFICE])
    Position.objects.create(title="Kepala Dinas", unit=unit, account=account)
    get_demo_certificate(account, Passphrase(SECRET))
    return account


def draft(head: Account, secrecy: Secrecy = Secrecy.ORDINARY) -> Document:
    values = {
        "instansi_pemohon": "PKK", "nomor_surat": "1", "tanggal_surat": "1 November 2026",
        "hal_surat": "Permohonan", "nama_kegiatan": "Pelatihan kader", "alasan": "ruang penuh",
    }  # fmt: skip
    order = DraftOrder(
        DocumentKind.REJECTION, "intake.servicerequest:0", ("Yth. Ketua",), values, secrecy=secrecy
    )
    return draft_document(order, head)


def signed(head: Account, **more: Any) -> Document:
    document = draft(head, **more)
    (outcome,) = sign_documents([document], head, Passphrase(SECRET))
    assert outcome.is_signed, outcome.refused
    document.refresh_from_db()
    return document


def content_of(document: Document) -> bytes:
    assert document.file is not None
    return bytes(document.file.content.read())


def verify(document: Document) -> str:
    return Client().get(f"/v/{document.code}").content.decode()


def compared(document: Document, content: bytes) -> Upload:
    """What the page says of a PDF that somebody sends there."""
    sent = {"file": ContentFile(content, "surat.pdf")}
    found: Upload = Client().post(f"/v/{document.code}", sent).context["compared"].upload
    return found


def test_several_are_signed_with_one_passphrase_and_numbered_in_order(head: Account) -> None:
    papers = [draft(head) for _ in range(3)]
    outcomes = sign_documents(papers, head, Passphrase(SECRET))
    assert all(each.is_signed for each in outcomes)
    numbers = Document.objects.order_by("created_at").values_list("running_number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_the_qr_of_the_page_leads_to_the_page_that_proves_it(head: Account) -> None:
    document = signed(head)
    pages = pypdfium2.PdfDocument(io.BytesIO(content_of(document)))
    found = [
        code.text
        for page in pages
        for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    ]
    assert [text.rpartition("/v/")[2] for text in found] == [document.code]
    page = verify(document)
    assert document.number in page
    assert "Budi Santoso" in page


def test_a_wrong_passphrase_ends_the_round_and_takes_no_number(head: Account) -> None:
    papers = [draft(head) for _ in range(2)]
    outcomes = sign_documents(papers, head, Passphrase("bukan-sandi-yang-benar"))
    assert [each.refused.code for each in outcomes if each.refused] == ["passphrase_wrong"] * 2
    assert not NumberSeries.objects.filter(name="letters").exists()
    assert not Document.objects.exclude(number="").exists()


def test_guessing_is_stopped(head: Account) -> None:
    paper = draft(head)
    for _ in range(5):
        sign_documents([paper], head, Passphrase("bukan-sandi-yang-benar"))
    with pytest.raises(Refused, match="too_many_passphrases"):
        sign_documents([paper], head, Passphrase(SECRET))


def test_a_double_click_signs_once(head: Account) -> None:
    paper = draft(head)

    def sign() -> list[str]:
        try:
            outcomes = sign_documents([paper], head, Passphrase(SECRET))
            return ["signed" if each.is_signed else str(each.refused) for each in outcomes]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = [job.result()[0] for job in [pool.submit(sign), pool.submit(sign)]]
    assert sorted(said) == ["document_signed_already", "signed"]
    assert NumberSeries.objects.get(name="letters").last == 1


def test_nobody_else_signs_it(head: Account) -> None:
    other = create_account("lain@t.example", "x", "Lain", [Duty.DIVISION_HEAD])
    get_demo_certificate(other, Passphrase(SECRET))
    (outcome,) = sign_documents([draft(head)], other, Passphrase(SECRET))
    assert outcome.refused is not None
    assert outcome.refused.code == "not_its_signatory"


def test_the_same_bytes_are_unchanged_and_others_are_not(head: Account) -> None:
    document = signed(head)
    content = content_of(document)
    middle = content.index(b"stream") + 40
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    assert compared(document, content) is Upload.SAME
    assert compared(document, flipped) is Upload.CHANGED
    assert compared(document, b"%PDF-1.4 bukan surat") not in {Upload.SAME, Upload.CHANGED}


@pytest.mark.parametrize("end", ["revoked", "superseded"])
def test_what_holds_no_longer_is_said_first(head: Account, end: str) -> None:
    document = signed(head)
    if end == "revoked":
        revoke_document(document, "Salah tanggal", head)
        assert "Salah tanggal" in verify(document)
    else:
        correction = correct_document(document, head)
        sign_documents([correction], head, Passphrase(SECRET))
        correction.refresh_from_db()
        assert correction.code in verify(document)


def test_above_ordinary_secrecy_the_subject_is_not_shown(head: Account) -> None:
    open_paper, closed = signed(head), signed(head, secrecy=Secrecy.SECRET)
    assert "Pelatihan kader" in verify(open_paper)
    page = verify(closed)
    assert "Pelatihan kader" not in page
    assert closed.number in page


def test_what_somebody_signs_with_goes_with_the_person(head: Account) -> None:
    with transaction.atomic():
        entry = record("person.erased", head.person, "system")
    delete_credentials_of_person(entry)
    assert not Credential.objects.exists()


def test_an_unknown_code_is_answered_plainly() -> None:
    assert Client().get("/v/bcd-fghj-kmn").status_code == 404


def test_the_passphrase_stands_nowhere(head: Account, caplog: pytest.LogCaptureFixture) -> None:
    sign_documents([draft(head)], head, Passphrase(SECRET))
    sign_documents([draft(head)], head, Passphrase(SECRET + "x"))
    with connection.cursor() as sql:
        sql.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'bytea',"
            " 'character varying')"
        )
        for table, column in sql.fetchall():
            sql.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{SECRET}%"]
            )
            assert sql.fetchone() == (0,), (table, column)
    assert SECRET not in caplog.text
    assert SECRET not in repr(Passphrase(SECRET))


def test_the_desk_signs_what_was_chosen(head: Account) -> None:
    papers = [draft(head) for _ in range(2)]
    client = Client()
    client.force_login(head)
    page = client.get("/naskah/tanda-tangan/")
    assert page.status_code == 200
    sent: Callable[..., Any] = client.post
    answer = sent("/naskah/tanda-tangan/", desk_form(papers[:1]))
    assert answer.status_code in {200, 302}
    states = {each.pk: each.state for each in Document.objects.all()}
    assert states == {papers[0].pk: "signed", papers[1].pk: "draft"}
    assert SECRET not in answer.content.decode()
