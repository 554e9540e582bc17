"""What a drawn letter is: its words, size, tags and code; not its pixels."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.documents.drawing import (
    LAYOUTS,
    disposition_sheet_pdf,
    letter_pdf,
    page_count,
    page_picture,
    template_pdf,
)
from pendopo.documents.models import Document, LetterStyle
from pendopo.documents.rules import (
    DocumentKind,
    Method,
    Secrecy,
    SignatureMark,
    SigningForm,
    Urgency,
)
from pendopo.documents.rules.sheets import (
    DispositionSheet,
    DispositionStep,
    Instruction,
    Recipient,
)
from pendopo.documents.rules.templates import DEFAULT_WORDS
from pendopo.documents.tests.papers import (
    MARK,
    a_draft,
    an_office,
    inside,
    office_decides,
    pages_of,
    picture_of,
    signed,
    text_of,
)
from pendopo.foundation.errors import Refused
from pendopo.gateways.typst.drawing import draw_with_warnings
from pendopo.office.rules import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office() -> None:
    an_office()


def a_letter(**fields: object) -> Document:
    document = a_draft()
    for name, value in fields.items():
        setattr(document, name, value)
    return document


def test_a_letter_reads_in_its_order() -> None:
    text = text_of(letter_pdf(signed(a_draft()), MARK))
    parts = [
        "PEMERINTAH KABUPATEN CONTOH",
        "DINAS KOMUNIKASI DAN INFORMATIKA",
        "Jalan Merdeka Nomor 1",
        "Contoh, 24 November 2026",
        "Nomor : 555/1/Diskominfo",
        "Sifat : Biasa",
        "Lampiran : -",
        "Hal : Persetujuan Fasilitasi Rapat Koordinasi Kader Posyandu",
        "Yth. Ketua TP PKK Kabupaten Contoh di Tempat",
        "Menindaklanjuti surat TP PKK",
        "Hari/tanggal : Selasa, 1 Desember 2026",
        "1. melengkapi data teknis",
        "Demikian disampaikan",
        "Kepala Dinas,",
        "Ditandatangani secara elektronik oleh:",
        "24 November 2026, 10.15 WIB",
        "Tembusan: 1. Bupati Contoh 2. Arsip",
    ]
    found = [text.find(part) for part in parts]
    assert -1 not in found, [part for part, at in zip(parts, found, strict=True) if at < 0]
    assert found == sorted(found)
    assert "DRAF" not in text


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (210, 297)), (Paper.F4, (215, 330))])
def test_the_paper_has_its_size(paper: Paper, size: tuple[float, float]) -> None:
    office_decides(paper=paper)
    pages = list(pages_of(letter_pdf(signed(a_draft()), MARK)))
    assert len(pages) == 1
    assert pages[0] == pytest.approx(size, abs=0.2)


def test_the_code_leads_to_the_verification() -> None:
    found = zxingcpp.read_barcodes(picture_of(letter_pdf(signed(a_draft()), MARK)))
    assert [each.text for each in found] == [MARK.verify_url]


def test_a_draft_says_so_and_has_no_code() -> None:
    pdf = letter_pdf(a_draft(), None)
    text = text_of(pdf)
    assert "DRAF · belum ditandatangani" in text
    assert "Nomor : 555/…/Diskominfo" in text
    assert zxingcpp.read_barcodes(picture_of(pdf)) == []


def test_a_letter_is_for_the_archive_and_for_screen_readers() -> None:
    pdf = inside(letter_pdf(signed(a_draft()), MARK))
    root = pdf.Root
    assert str(root.Lang) in ("id", "id-ID")
    assert "/StructTreeRoot" in root
    assert bool(root.MarkInfo.Marked)
    with pdf.open_metadata() as facts:
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")
        assert facts["pdfuaid:part"] == "1"
        assert "Persetujuan Fasilitasi" in facts["dc:title"]
    assert all("/JavaScript" not in str(list(page.obj.keys())) for page in pdf.pages)


def _alternatives(pdf: bytes) -> list[str]:
    opened = inside(pdf)
    dictionaries = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
    return [str(each["/Alt"]) for each in dictionaries if "/Alt" in each]


def test_pictures_have_words() -> None:
    words = _alternatives(letter_pdf(signed(a_draft()), MARK))
    assert "Lambang" in words
    assert any(MARK.verify_url in each for each in words)


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (SigningForm.HOLDER, "terima kasih. Kepala Dinas,"),
        (SigningForm.ON_BEHALF, "a.n. BUPATI CONTOH Kepala Dinas,"),
        (SigningForm.BY_ORDER, "a.n. BUPATI CONTOH Sekretaris Daerah u.b. Kepala Dinas,"),
        (SigningForm.ACTING, "Plt. Kepala Dinas,"),
        (SigningForm.DAILY_ACTING, "Plh. Kepala Dinas,"),
    ],
)
def test_every_signing_form_is_printed(form: SigningForm, lines: str) -> None:
    letter = a_letter(
        signing_form=form, on_behalf_of="BUPATI CONTOH", by_order_of="Sekretaris Daerah"
    )
    assert lines in text_of(letter_pdf(letter, MARK))


@pytest.mark.parametrize("method", Method)
def test_only_bsre_is_named_bsre(method: Method) -> None:
    text = text_of(letter_pdf(signed(a_draft()), replace(MARK, method=method)))
    assert ("BSrE" in text) is (method is Method.BSRE)


def test_a_demo_certificate_is_marked_on_the_paper() -> None:
    text = text_of(letter_pdf(signed(a_draft()), replace(MARK, is_demo=True)))
    assert text.count("SERTIFIKAT PERAGAAN") == 2  # beside the code, and at the foot


def test_a_letter_to_be_signed_by_hand_has_its_code_and_says_nothing_of_a_signature() -> None:
    pdf = letter_pdf(signed(a_draft()), replace(MARK, method=Method.SCAN))
    assert "elektronik" not in text_of(pdf)
    assert len(zxingcpp.read_barcodes(picture_of(pdf))) == 1


def test_the_roman_month_is_that_of_the_date() -> None:
    office_decides(number_template="{code}/{number}/{unit}/{roman_month}/{year}")
    letter = signed(a_draft(), date(2026, 9, 30))
    text = text_of(letter_pdf(letter, MARK))
    assert "Nomor : 555/1/Diskominfo/IX/2026" in text
    assert "Contoh, 30 September 2026" in text


def test_attachments_follow_on_a_page_of_their_own() -> None:
    letter = a_letter(attachments="1 (satu) berkas", attached_text="Susunan acara\n\n1. Pembukaan")
    pdf = letter_pdf(letter, MARK)
    assert page_count(pdf) == 2
    assert "Lampiran : 1 (satu) berkas" in text_of(pdf)
    assert "Halaman 2 / 2" in text_of(pdf)


def test_face_and_size_are_the_offices() -> None:
    LetterStyle.objects.create(face="Liberation Serif", size=11)
    pdf = inside(letter_pdf(a_draft(), None))
    fonts = " ".join(str(each.get("/BaseFont", "")) for each in pdf.objects if hasattr(each, "get"))
    assert "LiberationSerif" in fonts
    assert "LiberationSans" not in fonts


HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#{ panic() } #read("/etc/passwd") #sys.inputs $x^2$ *tebal* _miring_ `kode` @ref <label>',
    "= Judul\n== Sub\n/ Istilah: arti\n+ satu\n- dua",
    '"}], "draft": null, "body": [{',
    "\\u{1F600} \\#x // komentar /* blok */ ~ --- ...",
    "\u202eterbalik \u200fمرحبا بالعالم שלום",  # noqa: RUF001
    "https://contoh.go.id/#anchor",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_only_text(text: str) -> None:
    letter = a_letter(
        subject=text, body=text, addressee=text, copies=text, signatory_name=text,
        on_behalf_of=text, signing_form=SigningForm.ON_BEHALF, attached_text=text,
    )  # fmt: skip
    pdf = letter_pdf(letter, replace(MARK, signer_name=text))
    printed = text_of(pdf)
    for word in text.split():
        if word.isascii() and word.isalnum():
            assert word in printed
    assert "root:" not in printed


@pytest.mark.parametrize(
    "text", ["Kata " * 1600, "x" * 8000, "a\n\n" * 2600, "1. a\n" * 1600, "K : v\n" * 1300]
)
def test_a_text_of_eight_thousand_characters_runs_over_pages(text: str) -> None:
    pdf = letter_pdf(a_letter(body=text), MARK)
    assert 1 < page_count(pdf) < 100
    assert page_picture(pdf, page_count(pdf) + 1) is None


@pytest.mark.parametrize(("text", "character"), [("Rapat 🎉 besar", "🎉"), ("会議", "会")])
def test_a_character_without_a_letter_is_named(text: str, character: str) -> None:
    with pytest.raises(Refused) as refused:
        letter_pdf(a_letter(body=text), None)
    assert refused.value.code == "character_unprintable"
    assert refused.value.facts == {"character": character}
    assert character in refused.value.sentence


@given(st.text(max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_printed_or_refused_with_its_character(text: str) -> None:
    letter = a_letter(subject=text, body=text)
    with suppress(Refused):
        assert letter_pdf(letter, None).startswith(b"%PDF")


@pytest.mark.parametrize("kind", DEFAULT_WORDS)
def test_our_templates_are_drawn_on_one_page(kind: DocumentKind) -> None:
    pdf = template_pdf(kind, DEFAULT_WORDS[kind])
    assert page_count(pdf) == 1
    assert "DRAF" in text_of(pdf)


SHEET = DispositionSheet(
    "TP PKK Kabupaten Contoh",
    "045/PKK/XI/2026",
    date(2026, 11, 18),
    date(2026, 11, 20),
    "0467",
    Urgency.URGENT,
    Secrecy.ORDINARY,
    "Permohonan fasilitasi rapat daring",
    (
        DispositionStep(
            "Kepala Dinas",
            (Recipient("Sekretaris Dinas", date(2026, 11, 25)), Recipient("Kepala Bidang")),
            (Instruction("Proses lebih lanjut", True), Instruction("Beri saran", False)),
            "Mohon #segera",
            "Drs. Bambang Sutrisno, M.Si.",
            datetime(2026, 11, 24, 2, 0, tzinfo=UTC),
        ),
        DispositionStep("Sekretaris Dinas", (Recipient("Tim Layanan"),), (), ""),
    ),
)


def test_the_sheet_of_a_disposition_has_every_step() -> None:
    pdf = disposition_sheet_pdf(SHEET)
    text = text_of(pdf)
    for part in (
        "LEMBAR DISPOSISI", "Surat dari : TP PKK", "Nomor agenda : 0467", "Sifat : Segera",
        "Diterima : 20 November 2026", "Hal : Permohonan", "Disposisi Kepala Dinas",
        "Sekretaris Dinas (paling lambat 25 November 2026); Kepala Bidang", "Proses lebih lanjut",
        "Mohon #segera", "Drs. Bambang Sutrisno, M.Si., 24 November 2026, 09.00 WIB",
        "Disposisi Sekretaris Dinas",
    ):  # fmt: skip
        assert part in text
    assert "/StructTreeRoot" in inside(pdf).Root
    assert page_count(pdf) == 1


@pytest.mark.parametrize("face", ["Liberation Sans", "Liberation Serif"])
def test_typst_warns_of_nothing(face: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LetterStyle.objects.create(face=face)
    warnings: list[object] = []

    def drawn(*given: object) -> bytes:
        pdf, found = draw_with_warnings(*given)  # type: ignore[arg-type]
        warnings.extend(found)
        return pdf

    monkeypatch.setattr("pendopo.documents.drawing.draw", drawn)
    letter_pdf(a_letter(attached_text="1. a\n\nK : v"), replace(MARK, is_demo=True))
    letter_pdf(a_draft(), None)
    disposition_sheet_pdf(SHEET)
    assert warnings == []


def test_layouts_fetch_nothing_from_the_network() -> None:
    assert all("@preview" not in each.read_text("utf-8") for each in LAYOUTS.glob("*.typ"))


def test_the_same_letter_is_the_same_file() -> None:
    letter = signed(a_draft())
    assert letter_pdf(letter, MARK) == letter_pdf(letter, MARK)
    assert isinstance(MARK, SignatureMark)
