"""Attendance as a table for Excel."""

from collections.abc import Iterable

from django.utils.translation import gettext

from pendopo.foundation.csv_file import csv_text, stamp
from pendopo.meetings.queries import AttendanceRow
from pendopo.meetings.wording import reason_label


def attendance_csv(rows: Iterable[AttendanceRow]) -> str:
    """CSV text for the reader's Excel, a line for each stay."""
    head = [
        gettext("Name"),
        gettext("Organisation"),
        gettext("Joined"),
        gettext("Left"),
        gettext("Minutes"),
        gettext("Remark"),
    ]
    lines = (
        [
            row.name,
            row.organisation,
            stamp(row.joined_at),
            stamp(row.left_at),
            row.minutes,
            reason_label(row.reason),
        ]
        for row in rows
    )
    return csv_text(head, lines)
