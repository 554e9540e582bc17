"""An office with a head, and letters of it, for the tests."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pypdfium2
from django.utils import timezone

from pendopo.documents.actions.drafting import DraftOrder, draft_document
from pendopo.documents.actions.numbering import give_number
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind, DocumentState, Method, SignatureMark
from pendopo.documents.rules.placeholders import examples
from pendopo.files.actions.keeping import keep_made
from pendopo.files.models import StoredFile
from pendopo.journal.models import SYSTEM
from pendopo.office.actions.decisions import change_office, create_office
from pendopo.office.actions.units import create_unit, save_position
from pendopo.office.models import Position
from pendopo.office.queries import the_office
from pendopo.office.rules import Tenure, UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

MARK = SignatureMark(
    Method.LOCAL,
    "Drs. Bambang Sutrisno, M.Si.",
    "Kepala Dinas",
    datetime(2026, 11, 24, 3, 15, tzinfo=UTC),
    "https://pendopo.test/v/bcd-fghj-kmn",
    is_demo=False,
)
ORDER = DraftOrder(
    DocumentKind.APPROVAL,
    "intake.servicerequest:0193a0a0-0000-7000-8000-000000000001",
    ("Yth. Ketua TP PKK Kabupaten Contoh", "di Tempat"),
    examples(),
    copies=("Bupati Contoh", "Arsip"),
)


def an_office(tenure: Tenure = Tenure.DEFINITIVE) -> Account:
    """The demo-like office; its head of office."""
    create_office("Dinas Komunikasi dan Informatika", "Pendopo", SYSTEM)
    change_office(
        {
            "letterhead_government": "PEMERINTAH KABUPATEN CONTOH",
            "letterhead_office": "DINAS KOMUNIKASI DAN INFORMATIKA",
            "letterhead_address": "Jalan Merdeka Nomor 1\nContoh 12345",
            "letter_place": "Contoh",
        },
        SYSTEM,
    )
    head = create_account(
        "kepala@t.example", "x", "Drs. Bambang Sutrisno, M.Si.", [Duty.HEAD_OF_OFFICE]
    )
    unit = create_unit("Diskominfo", UnitKind.AGENCY, None, SYSTEM)
    save_position(Position(title="Kepala Dinas", unit=unit, account=head, tenure=tenure), SYSTEM)
    return head


def a_draft(**changes: Any) -> Document:
    return draft_document(replace(ORDER, **changes), SYSTEM)


def signed(document: Document, day: date = date(2026, 11, 24)) -> Document:
    """As signing leaves a letter: numbered, with its file. Belongs to the caller's transaction."""
    give_number(document, day)
    document.file = StoredFile.objects.create(
        name="surat.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        purpose="letter", created_at=timezone.now(),
    )  # fmt: skip
    document.state = DocumentState.SIGNED
    document.method = Method.LOCAL
    document.signed_at = timezone.now()
    document.save()
    return document


def a_signed_letter(**changes: Any) -> Document:
    """A signed letter with its real file. Belongs to the caller's transaction."""
    document = a_draft(**changes)
    give_number(document, date(2026, 11, 24))
    pdf = letter_pdf(document, MARK)
    document.file = keep_made(pdf, "surat.pdf", "application/pdf", "letter", SYSTEM)
    document.state, document.method = DocumentState.SIGNED, Method.LOCAL
    document.signed_at = timezone.now()
    document.save()
    return document


def office_decides(**changes: Any) -> None:
    change_office(changes, SYSTEM)


def emblem_of_the_office() -> str:
    office = the_office()
    assert office is not None
    return office.emblem.name or ""


def text_of(pdf: bytes) -> str:
    """All text in reading order, lines joined."""
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    return " ".join(" ".join(pages).split())


def pages_of(pdf: bytes) -> Iterator[tuple[float, float]]:
    """The size of every page in millimetres."""
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            width, height = page.get_size()
            yield round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 1)


def picture_of(pdf: bytes, page: int = 0) -> Any:
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page].render(scale=2).to_pil()


def inside(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))
