"""The rules of letters, as tables and properties."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.documents.rules import DocumentKind, Method, Secrecy, SigningForm, Urgency
from pendopo.documents.rules.letters import (
    footer_lines,
    indonesian_date,
    indonesian_day,
    missing_of_form,
    sifat,
    signing_lines,
    waiting_number,
)
from pendopo.documents.rules.marking import NumberedList, Pairs, Paragraph, as_data, blocks_of
from pendopo.documents.rules.placeholders import (
    LONGEST_VALUE,
    PLACEHOLDERS,
    REQUIRED,
    examples,
    filled,
    missing_in,
    named_in,
    unknown_in,
    without_value,
)
from pendopo.documents.rules.templates import DEFAULT_WORDS
from pendopo.documents.wording import PLACEHOLDERS as PLACEHOLDER_WORDS


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("Satu\nbaris", (Paragraph("Satu\nbaris"),)),
        ("Satu\n\nDua", (Paragraph("Satu"), Paragraph("Dua"))),
        ("1. a\n2. b", (NumberedList(1, ("a", "b")),)),
        ("3) a\n4) b", (NumberedList(3, ("a", "b")),)),
        ("Hari : Selasa\nWaktu : 09.00", (Pairs((("Hari", "Selasa"), ("Waktu", "09.00"))),)),
        ("Yth:\n1. a", (Paragraph("Yth:"), NumberedList(1, ("a",)))),
        ("Catatan: bukan pasangan", (Paragraph("Catatan: bukan pasangan"),)),
        ("a : b : c", (Pairs((("a", "b : c"),)),)),
        ("2026. tahun", (Paragraph("2026. tahun"),)),
        ("#import *x* $y$ [z] \\ `q`", (Paragraph("#import *x* $y$ [z] \\ `q`"),)),
        ("1.\n:", (Paragraph("1.\n:"),)),
    ],
)
def test_a_text_becomes_blocks(text: str, blocks: tuple[object, ...]) -> None:
    assert blocks_of(text) == blocks


@given(st.text(max_size=400))
def test_no_character_of_a_text_gets_lost(text: str) -> None:
    marks = set(string.whitespace) | set(string.digits) | set(".):")
    said = "".join(str(list(block.values())) for block in as_data(blocks_of(text)))
    kept = {each for line in text.splitlines() for each in line} - marks
    assert all(repr(each)[1:-1] in said for each in kept if each.isprintable() and each.isalnum())


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 11, 24), "24 November 2026", "Selasa, 24 November 2026"),
        (date(2026, 1, 1), "1 Januari 2026", "Kamis, 1 Januari 2026"),
        (date(2027, 8, 17), "17 Agustus 2027", "Selasa, 17 Agustus 2027"),
        (date(2028, 2, 29), "29 Februari 2028", "Selasa, 29 Februari 2028"),
    ],
)
def test_dates_are_indonesian(day: date, short: str, long: str) -> None:
    assert (indonesian_date(day), indonesian_day(day)) == (short, long)


def test_every_day_of_a_week_has_its_name() -> None:
    monday = date(2026, 11, 23)
    week = [indonesian_day(monday + timedelta(days=n)).partition(",")[0] for n in range(7)]
    assert week == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (SigningForm.HOLDER, ["Kepala Dinas,"]),
        (SigningForm.ACTING, ["Plt. Kepala Dinas,"]),
        (SigningForm.DAILY_ACTING, ["Plh. Kepala Dinas,"]),
        (SigningForm.ON_BEHALF, ["a.n. Bupati Contoh", "Kepala Dinas,"]),
        (
            SigningForm.BY_ORDER,
            ["a.n. Bupati Contoh", "Sekretaris Daerah", "u.b.", "Kepala Dinas,"],
        ),
    ],
)
def test_every_signing_form_has_its_lines(form: SigningForm, lines: list[str]) -> None:
    assert signing_lines(form, "Kepala Dinas", "Bupati Contoh", "Sekretaris Daerah") == lines


@pytest.mark.parametrize("form", SigningForm)
def test_only_forms_for_another_need_a_title(form: SigningForm) -> None:
    needs = form in (SigningForm.ON_BEHALF, SigningForm.BY_ORDER)
    assert missing_of_form(form, " ") is needs
    assert not missing_of_form(form, "Bupati")


@pytest.mark.parametrize("method", [None, *Method])
def test_bsre_is_named_only_where_it_signed(method: Method | None) -> None:
    assert ("BSrE" in " ".join(footer_lines(method))) is (method is Method.BSRE)


@pytest.mark.parametrize(
    ("urgency", "secrecy", "words"),
    [
        (Urgency.ORDINARY, Secrecy.ORDINARY, "Biasa"),
        (Urgency.VERY_URGENT, Secrecy.ORDINARY, "Sangat Segera"),
        (Urgency.ORDINARY, Secrecy.SECRET, "Rahasia"),
        (Urgency.URGENT, Secrecy.TOP_SECRET, "Sangat Rahasia/Segera"),
    ],
)
def test_sifat_says_urgency_and_secrecy(urgency: Urgency, secrecy: Secrecy, words: str) -> None:
    assert sifat(urgency, secrecy) == words


def test_a_number_that_is_still_to_come_shows_its_form() -> None:
    template = "{code}/{number}/{unit}/{roman_month}/{year}"
    assert waiting_number(template, "555", "Diskominfo") == "555/…/Diskominfo/…/…"


@pytest.mark.parametrize("kind", DEFAULT_WORDS)
def test_our_own_templates_have_what_they_need(kind: DocumentKind) -> None:
    words = DEFAULT_WORDS[kind]
    text = f"{words.subject}\n{words.body}"
    assert unknown_in(text) == []
    assert missing_in(kind, text) == []
    assert without_value(text, examples()) == []
    assert not set("{}") & set(filled(text, examples()))


def test_every_placeholder_has_words_and_required_ones_exist() -> None:
    assert set(PLACEHOLDER_WORDS) == set(PLACEHOLDERS)
    assert {name for names in REQUIRED.values() for name in names} <= set(PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{nama_kegiatan}", []),
        ("{nama_kegiatn} {nama_kegiatn}", ["nama_kegiatn"]),
        ("{", ["{"]),
        ("a } b {nama_kegiatan}", ["}"]),
        ("{}", [""]),
        ("{{nama_kegiatan}}", ["{", "}"]),
        ("{nama_kegiatan.__class__}", ["nama_kegiatan.__class__"]),
    ],
)
def test_what_is_no_placeholder_is_named(text: str, unknown: list[str]) -> None:
    assert unknown_in(text) == unknown


def test_a_value_is_one_line_and_its_braces_mean_nothing() -> None:
    values = {"nama_kegiatan": "Rapat\n\n1. {alasan}", "alasan": "x" * 2000}
    assert filled("{nama_kegiatan}", values) == "Rapat 1. {alasan}"
    assert len(filled("{alasan}", values)) == LONGEST_VALUE


def test_several_values_are_a_list() -> None:
    assert (
        filled("{pilihan_waktu}", {"pilihan_waktu": "Senin\n\n Selasa "}) == "1. Senin\n2. Selasa"
    )


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=80)))
def test_filling_never_fails_and_leaves_no_placeholder_of_the_template(
    values: dict[str, str],
) -> None:
    text = " ".join(f"[{{{name}}}]" for name in PLACEHOLDERS)
    assert filled(text, values).count("[") >= len(PLACEHOLDERS)
    assert set(without_value(text, values)) | {n for n, v in values.items() if v.strip()} == set(
        named_in(text)
    )
