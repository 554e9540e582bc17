"""Attendance as a table for Excel."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from pendopo.meetings.queries import AttendanceRow
from pendopo.meetings.wording import reason_label

_BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def attendance_csv(rows: Iterable[AttendanceRow]) -> str:
    """CSV text with a byte-order mark, as Excel wants it.

    The separator is the one of the reader's Excel: ``;`` in Indonesian, where the comma is the
    decimal sign, else ``,``. A name that would be a formula is made text.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if get_language() == "id" else ",")
    writer.writerow(
        [
            gettext("Name"),
            gettext("Organisation"),
            gettext("Joined"),
            gettext("Left"),
            gettext("Minutes"),
            gettext("Remark"),
        ]
    )
    for row in rows:
        writer.writerow(
            [
                _as_text(row.name),
                _as_text(row.organisation),
                _stamp(row.joined_at),
                _stamp(row.left_at),
                row.minutes,
                reason_label(row.reason),
            ]
        )
    return _BOM + text.getvalue()


def _stamp(moment: datetime | None) -> str:
    """A form that every Excel reads as a date, in the office's zone."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _as_text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
