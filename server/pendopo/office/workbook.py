"""Units and accounts in a workbook (XLSX): the empty one to fill in, and reading a filled one.

Two sheets, `Unit` and `Akun`, with a heading in the first row. The words in it are Indonesian in
both languages of the interface: the workbook is passed around in the office.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.office.rules import UnitKind
from pendopo.people.rules import Duty

LARGEST_FILE = 2 * 2**20
LARGEST_UNPACKED = 40 * 2**20
MOST_ROWS = 500  # an account costs 35 ms on two cores, and a page must answer
# What openpyxl lets through of a file that is broken.
UNREADABLE = (
    SyntaxError,  # ParseError of the standard library, XMLSyntaxError of lxml where that is there
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    EOFError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)
UNIT_SHEET, ACCOUNT_SHEET = "Unit", "Akun"
UNIT_HEADING = ("Nama unit", "Jenis", "Di bawah")
ACCOUNT_HEADING = ("Nama lengkap", "Surel", "Unit", "Tugas", "Jabatan")

KIND_WORDS = {
    "opd": UnitKind.AGENCY,
    "bidang": UnitKind.DIVISION,
    "kecamatan": UnitKind.SUBDISTRICT,
    "desa": UnitKind.VILLAGE,
    "kelurahan": UnitKind.VILLAGE,
    "sekolah": UnitKind.SCHOOL,
    "dprd": UnitKind.COUNCIL,
}
DUTY_WORDS = {
    "administrator": Duty.ADMINISTRATOR,
    "penyelenggara": Duty.HOST,
    "sekretariat": Duty.SECRETARIAT,
    "kepala dinas": Duty.HEAD_OF_OFFICE,
    "kepala bidang": Duty.DIVISION_HEAD,
    "koordinator": Duty.COORDINATOR,
    "petugas": Duty.OPERATOR,
    "pusat kendali": Duty.COMMAND_CENTRE,
    "auditor": Duty.AUDITOR,
    "pemohon": Duty.REQUESTER,
}


@dataclass(frozen=True)
class UnitRow:
    """A unit to make; ``parent`` is a unit's name or empty."""

    name: str
    kind: UnitKind
    parent: str


@dataclass(frozen=True)
class AccountRow:
    """Somebody to invite; ``unit`` is a unit's name or empty, ``position`` a title or empty."""

    name: str
    email: str
    unit: str
    duties: tuple[Duty, ...]
    position: str


@dataclass
class Filled:
    """What a filled workbook holds. With ``problems`` nothing of it may be taken over."""

    units: list[UnitRow] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def empty_workbook() -> bytes:
    """The workbook to fill in, with an example row that reading leaves out."""
    book = Workbook()
    units: Any = book.active
    units.title = UNIT_SHEET
    _write(units, UNIT_HEADING, ("Contoh: Kecamatan Karangjati", "kecamatan", ""))
    accounts = book.create_sheet(ACCOUNT_SHEET)
    example = ("Contoh: Siti Aminah", "siti@example.go.id", "", "petugas, penyelenggara", "")
    _write(accounts, ACCOUNT_HEADING, example)
    words = book.create_sheet("Petunjuk")
    _write(words, ("Jenis unit", "Tugas"), ("", ""))
    for row, word in enumerate(KIND_WORDS, start=2):
        words.cell(row, 1, word)
    for row, word in enumerate(DUTY_WORDS, start=2):
        words.cell(row, 2, word)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, heading: tuple[str, ...], example: tuple[str, ...]) -> None:
    sheet.append(heading)
    sheet.append(example)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 32


def read_workbook(file: IO[bytes], known_units: set[str]) -> Filled:
    """Reads a filled workbook and checks each row; ``known_units``: names that exist, lower case.

    Raises ``Refused`` with ``workbook_unreadable`` or ``workbook_too_large``.
    """
    book = _opened(file)
    filled = Filled()
    try:
        _fill(filled, book, known_units)
    except UNREADABLE as error:
        raise Refused("workbook_unreadable") from error
    finally:
        book.close()
    if not (filled.units or filled.accounts or filled.problems):
        filled.problems.append(_("There is no row to read in the sheets Unit and Akun."))
    return filled


def _fill(filled: Filled, book: Any, known_units: set[str]) -> None:
    """Sheets are read row by row, so a broken one shows only here."""
    for line, values in _rows(book, UNIT_SHEET, len(UNIT_HEADING)):
        _take_unit(filled, line, values, known_units)
    for line, values in _rows(book, ACCOUNT_SHEET, len(ACCOUNT_HEADING)):
        _take_account(filled, line, values, known_units)


def _opened(file: IO[bytes]) -> Any:
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused("workbook_too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise Refused("workbook_too_large")
        return load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except UNREADABLE as error:
        raise Refused("workbook_unreadable") from error


def _rows(book: Any, sheet: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Rows below the heading that are neither empty nor the example: line and texts."""
    if sheet not in book.sheetnames:
        return
    rows = book[sheet].iter_rows(min_row=2, max_col=width, values_only=True)
    for line, cells in enumerate(rows, start=2):
        if line > MOST_ROWS + 1:
            raise Refused("workbook_too_large")
        texts = [" ".join(storable(str(cell or "")).split()) for cell in cells]
        texts += [""] * (width - len(texts))
        if any(texts) and not texts[0].startswith("Contoh:"):
            yield line, texts


def _take_unit(filled: Filled, line: int, values: list[str], known: set[str]) -> None:
    name, word, parent = values
    place = _("Sheet Unit, line %(line)s:") % {"line": line}
    made = {row.name.lower() for row in filled.units}
    kind = KIND_WORDS.get(word.lower())
    problem = ""
    if not name or len(name) > 160:
        problem = _("the name is missing or longer than 160 letters.")
    elif kind is None:
        problem = _("“%(word)s” is no kind. Choose one of: %(words)s.") % {
            "word": word,
            "words": ", ".join(KIND_WORDS),
        }
    elif name.lower() in made:
        problem = _("“%(name)s” stands in the sheet twice.") % {"name": name}
    elif parent and parent.lower() not in made | known:
        problem = _("there is no unit “%(name)s”. Write it above, or correct the name.") % {
            "name": parent
        }
    if problem or kind is None:
        filled.problems.append(f"{place} {problem}")
    else:
        filled.units.append(UnitRow(name, kind, parent))


def _take_account(filled: Filled, line: int, values: list[str], known: set[str]) -> None:
    name, email, unit, words, position = values
    place = _("Sheet Akun, line %(line)s:") % {"line": line}
    email = email.lower()
    duties = [word.strip().lower() for word in words.split(",") if word.strip()]
    unknown = [word for word in duties if word not in DUTY_WORDS]
    units = known | {row.name.lower() for row in filled.units}
    problem = ""
    if not name or len(name) > 100:
        problem = _("the name is missing or longer than 100 letters.")
    elif not _is_email(email):
        problem = _("“%(email)s” is no e-mail address.") % {"email": email}
    elif email in {row.email for row in filled.accounts}:
        problem = _("“%(name)s” stands in the sheet twice.") % {"name": email}
    elif unknown:
        problem = _("“%(word)s” is no duty. Choose from: %(words)s.") % {
            "word": unknown[0],
            "words": ", ".join(DUTY_WORDS),
        }
    elif unit and unit.lower() not in units:
        problem = _("there is no unit “%(name)s”. Write it above, or correct the name.") % {
            "name": unit
        }
    elif position and not unit:
        problem = _("a position needs a unit.")
    if problem:
        filled.problems.append(f"{place} {problem}")
    else:
        held = tuple(dict.fromkeys(DUTY_WORDS[word] for word in duties))
        filled.accounts.append(AccountRow(name, email, unit, held, position[:160]))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
