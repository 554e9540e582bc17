"""Tables for Excel."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

_BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text with a byte-order mark, as Excel wants it.

    The separator is the one of the reader's Excel: ``;`` in Indonesian, where the comma is the
    decimal sign, else ``,``. A text that would be a formula is made plain text.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if get_language() == "id" else ",")
    writer.writerow(head)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return _BOM + text.getvalue()


def stamp(moment: datetime | None) -> str:
    """A form that every Excel reads as a date, in the office's zone; empty without a value."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _as_text(value: object) -> object:
    formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if formula else value
