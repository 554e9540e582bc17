"""Papers drawn: a letter, a template with sample values, the sheet of a disposition."""

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import segno
from django.utils import timezone

from pendopo.documents.models import Document
from pendopo.documents.queries import papers as queries
from pendopo.documents.rules import (
    DocumentKind,
    Face,
    Method,
    Secrecy,
    SignatureMark,
    SigningForm,
    Urgency,
    letters,
    marking,
    placeholders,
    sheets,
)
from pendopo.documents.rules.signing import printed_version
from pendopo.documents.rules.templates import Words
from pendopo.foundation import clock
from pendopo.foundation.plain_text import storable
from pendopo.gateways.typst.drawing import draw
from pendopo.office.models import Office
from pendopo.office.queries import office_or_default
from pendopo.office.rules import Paper

LAYOUTS = Path(__file__).with_name("layouts")
MOST_PAGES = 30  # of pictures; a letter within its limits has fewer
_EMBLEM_ALT = "Lambang"
_LONG_WORD = re.compile(r"\S{40}(?=\S)")


def letter_pdf(document: Document, mark: SignatureMark | None) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1; without a mark a draft, and marked as one.

    Raises ``Refused('character_unprintable')``. Two queries at most.
    """
    made_at = mark.signed_at if mark else document.created_at
    data = _letter_data(document, office_or_default(), mark)
    return draw(LAYOUTS / "letter.typ", _printable(data), made_at)


def template_pdf(kind: DocumentKind, words: Words) -> bytes:
    """A draft with these words and sample values, as its template is edited."""
    values = placeholders.examples()
    office = office_or_default()
    document = Document(
        kind=kind,
        paper=office.paper,
        place=office.letter_place,
        classification_code=words.classification_code or office.classification_code,
        subject=placeholders.filled(words.subject, values),
        body=placeholders.filled(words.body, values),
        addressee="Yth. Ketua TP PKK Kabupaten Contoh\ndi Tempat",
        signing_form=SigningForm.HOLDER,
        signatory_name="Nama Pejabat",
        signatory_title="Kepala Dinas",
        revision=0,  # a sample has no versions
    )
    return draw(
        LAYOUTS / "letter.typ", _printable(_letter_data(document, office, None)), clock.now()
    )


def disposition_sheet_pdf(sheet: sheets.DispositionSheet) -> bytes:
    """The sheet of a disposition as PDF. Raises ``Refused('character_unprintable')``."""
    office = office_or_default()
    data = {
        **_frame(office, office.paper, letters.TITLES[DocumentKind.DISPOSITION_SHEET]),
        "description": sheet.subject,
        "heading": "LEMBAR DISPOSISI",
        "left": [
            ["Surat dari", sheet.letter_from],
            ["Nomor surat", sheet.letter_number or "–"],
            ["Tanggal surat", _day(sheet.letter_date)],
        ],
        "right": [
            ["Diterima", _day(sheet.received_on)],
            ["Nomor agenda", sheet.agenda_number],
            ["Sifat", letters.sifat(Urgency(sheet.urgency), Secrecy(sheet.secrecy))],
        ],
        "subject": [["Hal", sheet.subject]],
        "steps": [_step(step) for step in sheet.steps[: sheets.MOST_STEPS]],
    }
    return draw(LAYOUTS / "disposition_sheet.typ", _printable(data), clock.now())


def page_picture(pdf: bytes, page: int, width: int = 1000) -> bytes | None:
    """A page of one of our own PDFs as PNG, ``None`` when it has no such page; pages count from 1.

    Not for files from elsewhere.
    """
    with pypdfium2.PdfDocument(pdf) as opened:
        if not 1 <= page <= min(len(opened), MOST_PAGES):
            return None
        drawn = opened[page - 1]
        picture = drawn.render(scale=width / drawn.get_width(), grayscale=False).to_pil()
        out = io.BytesIO()
        picture.quantize(64).save(out, "PNG", optimize=False)
        return out.getvalue()


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def _letter_data(document: Document, office: Office, mark: SignatureMark | None) -> dict[str, Any]:
    style = queries.letter_style()
    number = document.number or letters.waiting_number(
        office.number_template, document.classification_code, style.unit_code
    )
    facts = [
        ["Nomor", number],
        ["Sifat", letters.sifat(Urgency(document.urgency), Secrecy(document.secrecy))],
        ["Lampiran", document.attachments or "-"],
        ["Hal", document.subject],
    ]
    if document.corrects_id and document.corrects:
        old = document.corrects
        day = f" tanggal {_day(old.dated_on)}" if old.dated_on else ""
        facts.append(["Ralat atas", f"surat nomor {old.number}{day}"])
    day_words = _day(document.dated_on) if document.dated_on else "…"
    return {
        **_frame(office, document.paper, letters.TITLES[DocumentKind(document.kind)]),
        "title": _printable(document.subject).strip()
        or letters.TITLES[DocumentKind(document.kind)],
        "description": f"{letters.TITLES[DocumentKind(document.kind)]} nomor {number}",
        "place_and_date": ", ".join(filter(None, [document.place, day_words])),
        "facts": facts,
        "addressee": _lines(document.addressee) or ["…"],
        "body": marking.as_data(marking.blocks_of(document.body)),
        "signing": _signing(document),
        "mark": _mark(mark, document.revision),
        "copies": _lines(document.copies),
        "footer": letters.footer_lines(mark.method if mark else None)
        + ([letters.DEMO_LINE] if mark and mark.is_demo else []),
        "draft": None if mark else "DRAF",
        "draft_line": "" if mark else _draft_line(document.revision),
        "attached": marking.as_data(marking.blocks_of(document.attached_text)),
        "attached_facts": [
            ["Lampiran", f"Surat {office.letterhead_office or office.name}"],
            ["Nomor", number],
            ["Tanggal", day_words],
        ],
    }


def _frame(office: Office, paper: str, title: str) -> dict[str, Any]:
    """What every paper has: its size, its face and its head."""
    style = queries.letter_style()
    width, height = letters.PAPER_MM[Paper(paper)]
    return {
        "title": title,
        "author": office.name or "–",
        "width": width,
        "height": height,
        "face": Face(style.face),
        "size": style.size,
        "head": {
            "emblem": _emblem(office),
            "emblem_alt": _EMBLEM_ALT,
            "government": office.letterhead_government,
            "office": office.letterhead_office or office.name or "–",
            "address": _lines(office.letterhead_address),
        },
        "footer": [],
        "page_word": "Halaman",
        "draft": None,
        "draft_line": "",
    }


def _emblem(office: Office) -> dict[str, Any]:
    """The office's picture as numbers, or the drawing of the hall."""
    if office.emblem.name and office.emblem.storage.exists(office.emblem.name):
        with office.emblem.open("rb") as opened:
            return {"format": "png", "data": list(opened.read())}
    return {"format": "svg", "data": (LAYOUTS / "hall.svg").read_text("utf-8")}


def _signing(document: Document) -> dict[str, Any]:
    lines = letters.signing_lines(
        SigningForm(document.signing_form),
        document.signatory_title or "…",
        document.on_behalf_of,
        document.by_order_of,
    )
    return {"lines": lines, "name": document.signatory_name or "…"}


def _draft_line(revision: int) -> str:
    version = f" · versi {revision}" if revision else ""
    return f"DRAF · belum ditandatangani{version}"


def _mark(mark: SignatureMark | None, revision: int) -> dict[str, Any] | None:
    """The code and what stands beside it; with the version where the signature is made elsewhere,
    for whoever brings the paper back: a program reads it with the code, people below it."""
    if mark is None:
        return None
    out = io.BytesIO()
    segno.make(mark.verify_url, error="m").save(out, kind="svg", border=2)
    by_hand = mark.method is Method.SCAN
    lines = ["Keaslian naskah:" if by_hand else "Ditandatangani secara elektronik oleh:"]
    if not by_hand:
        at = timezone.localtime(mark.signed_at)
        lines += [mark.signer_name, f"{letters.indonesian_date(at.date())}, {at:%H.%M} {at:%Z}"]
    if mark.is_demo:
        lines.append(letters.DEMO_LINE)
    lines.append("Pindai kode ini untuk memeriksa")
    address = mark.verify_url
    if by_hand:
        lines.append(f"Versi {revision}")
        address = printed_version(address, revision)
    return {
        "qr": {"format": "svg", "data": out.getvalue().decode()},
        "qr_alt": f"Kode QR ke halaman pemeriksaan naskah {address}",
        "lines": lines,
        "by_hand": by_hand,
    }


def _step(step: sheets.DispositionStep) -> dict[str, Any]:
    people = [
        f"{each.title} (paling lambat {letters.indonesian_date(each.due_on)})"
        if each.due_on
        else each.title
        for each in step.passed_on_to[: sheets.MOST_RECIPIENTS]
    ]
    initial = step.initialled_by or "…"
    if step.initialled_at:
        at = timezone.localtime(step.initialled_at)
        initial += f", {letters.indonesian_date(at.date())}, {at:%H.%M} {at:%Z}"
    return {
        "heading": f"Disposisi {step.passed_on_by}",
        "people": [["Diteruskan kepada", "; ".join(people) or "–"]],
        "instructions": [
            {"text": each.text[: sheets.LONGEST_LINE], "ticked": each.is_ticked}
            for each in step.instructions[: sheets.MOST_INSTRUCTIONS]
        ],
        "note": step.note[: sheets.LONGEST_NOTE],
        "initialled": initial,
    }


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _day(day: Any) -> str:
    return letters.indonesian_date(day) if day else "–"


def _printable(data: Any) -> Any:
    """The data without control characters, which no font has; tabs are spaces, and a word that is
    longer than a line may be broken. Pictures stay as they are."""
    if isinstance(data, str):
        text = storable(data).replace("\t", " ")
        return _LONG_WORD.sub(lambda found: found[0] + "\u200b", text)
    if isinstance(data, dict):
        is_picture = "format" in data
        return data if is_picture else {key: _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, list | tuple) else data
