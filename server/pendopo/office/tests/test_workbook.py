"""A workbook of units and accounts: what is taken, what is refused, and in which words."""

import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from pendopo.foundation.errors import Refused
from pendopo.office.rules import UnitKind
from pendopo.office.workbook import (
    ACCOUNT_HEADING,
    UNIT_HEADING,
    AccountRow,
    Filled,
    UnitRow,
    empty_workbook,
    read_workbook,
)
from pendopo.people.rules import Duty


def filled(
    units: list[tuple[str, ...]], accounts: list[tuple[str, ...]], known: set[str] | None = None
) -> Filled:
    book = Workbook()
    for name, heading, rows in (("Unit", UNIT_HEADING, units), ("Akun", ACCOUNT_HEADING, accounts)):
        sheet = book.create_sheet(name)
        for row in (heading, *rows):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    with translation.override("en"):
        return read_workbook(io.BytesIO(out.getvalue()), known or set())


def test_what_is_filled_in_well_is_taken() -> None:
    read = filled(
        [("Kecamatan Karangjati", "Kecamatan", ""), ("Desa A", "desa", "kecamatan  karangjati")],
        [("Siti Aminah", "SITI@kab.go.id", "Desa A", "petugas, penyelenggara", "Kasi Layanan")],
    )
    assert read.problems == []
    assert read.units == [
        UnitRow("Kecamatan Karangjati", UnitKind.SUBDISTRICT, ""),
        UnitRow("Desa A", UnitKind.VILLAGE, "kecamatan karangjati"),
    ]
    assert read.accounts == [
        AccountRow(
            "Siti Aminah",
            "siti@kab.go.id",
            "Desa A",
            (Duty.OPERATOR, Duty.HOST),
            "Kasi Layanan",
        )
    ]


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        (("", "desa", ""), "name is missing"),
        (("x" * 161, "desa", ""), "longer than 160"),
        (("Desa A", "dusun", ""), "“dusun” is no kind"),
        (("Desa A", "desa", "Kecamatan B"), "no unit “Kecamatan B”"),
    ],
)
def test_a_wrong_unit_is_named_with_its_line(unit: tuple[str, ...], problem: str) -> None:
    (found,) = filled([("Baik", "opd", ""), unit], []).problems
    assert found.startswith("Sheet Unit, line 3:")
    assert problem in found


@pytest.mark.parametrize(
    ("account", "problem"),
    [
        (("", "a@kab.go.id", "", "", ""), "name is missing"),
        (("Siti", "siti@", "", "", ""), "is no e-mail address"),
        (("Siti", "siti@kab.go.id", "", "bupati", ""), "“bupati” is no duty"),
        (("Siti", "siti@kab.go.id", "Desa Z", "", ""), "no unit “Desa Z”"),
        (("Siti", "siti@kab.go.id", "", "", "Kasi"), "needs a unit"),
    ],
)
def test_a_wrong_account_is_named_with_its_line(account: tuple[str, ...], problem: str) -> None:
    (found,) = filled([], [account]).problems
    assert found.startswith("Sheet Akun, line 2:")
    assert problem in found


def test_what_stands_in_it_twice_is_refused() -> None:
    twice = filled([("Desa A", "desa", ""), ("desa a", "desa", "")], [])
    assert "twice" in twice.problems[0]
    again = filled([], [("A", "a@kab.go.id", "", "", ""), ("B", "A@kab.go.id", "", "", "")])
    assert "twice" in again.problems[0]


def test_the_empty_workbook_holds_nothing_to_take() -> None:
    read = read_workbook(io.BytesIO(empty_workbook()), set())
    assert (read.units, read.accounts) == ([], [])
    assert len(read.problems) == 1


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return out.getvalue()


def _broken(name: str, cut: int) -> bytes:
    """A good workbook of which one part ends too early."""
    good, out = zipfile.ZipFile(io.BytesIO(empty_workbook())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part in good.namelist():
            content = good.read(part)
            packed.writestr(part, content[:cut] if part == name else content)
    return out.getvalue()


@pytest.mark.parametrize("cut", [0, 60, 300])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_part_that_ends_too_early_is_refused(part: str, cut: int) -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(io.BytesIO(_broken(part, cut)), set())
    assert refused.value.code == "workbook_unreadable"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nama;jenis\n", "workbook_unreadable"),
        (b"", "workbook_unreadable"),
        (b"PK\x03\x04broken", "workbook_unreadable"),
        (b"x" * (2 * 2**20 + 1), "workbook_too_large"),
        (_bomb(), "workbook_too_large"),
    ],
)
def test_a_hostile_or_huge_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(io.BytesIO(content), set())
    assert refused.value.code == code


def test_a_formula_is_text_and_never_run() -> None:
    read = filled([('=HYPERLINK("http://x")', "desa", "")], [])
    assert "name is missing" in read.problems[0]
