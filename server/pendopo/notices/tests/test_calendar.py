"""The calendar's entries in mails: made, changed, cancelled under the same names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as mailbox
from icalendar import Calendar

from pendopo.foundation import clock
from pendopo.gateways.ical.files import CalendarEvent, Method, Session
from pendopo.notices.actions.delivery import deliver_notice
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 1, 2, tzinfo=UTC)
FIRST = CalendarEvent(
    "a@pendopo", "Rapat", START, more=(Session("b@pendopo", START + timedelta(days=1)),)
)


def mailed(event: CalendarEvent) -> Any:
    """What a mail brings, and what its file brings: the same."""
    message = Message("a.b", "c:1", f"{event.sequence}", "S", "T", calendar=event, urgent=True)
    (notice,) = send_notice(message, [Recipient(name="Siti", email="siti@warga.test")])
    deliver_notice(notice.pk)
    parts = {part.get_content_type(): part for part in mailbox.outbox[-1].message().walk()}
    shown = parts["text/calendar"]
    assert shown.get_param("method") == event.method.value
    assert parts["application/ics"].get_filename() == "undangan.ics"
    content = shown.get_payload(decode=True)
    assert b"BEGIN:VCALENDAR" in content
    told = Calendar.from_ical(content)
    file = Calendar.from_ical(parts["application/ics"].get_payload(decode=True))
    assert told.to_ical() == file.to_ical()
    return told


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"


def test_a_change_and_the_end_come_under_the_same_names_with_higher_numbers() -> None:
    later = replace(FIRST, sequence=1, starts_at=START + timedelta(hours=2))
    gone = replace(later, sequence=2, method=Method.CANCEL)
    made, changed, cancelled = map(mailed, (FIRST, later, gone))
    assert [each["METHOD"] for each in (made, changed, cancelled)] == [
        "REQUEST", "REQUEST", "CANCEL",
    ]  # fmt: skip
    for number, told in enumerate((made, changed, cancelled)):
        entries = told.walk("VEVENT")
        assert [str(each["UID"]) for each in entries] == ["a@pendopo", "b@pendopo"]
        assert [int(each["SEQUENCE"]) for each in entries] == [number, number]
        assert {str(each["ATTENDEE"]) for each in entries} == {"mailto:siti@warga.test"}
    assert changed.walk("VEVENT")[0]["DTSTART"].dt == START + timedelta(hours=2)
    assert {str(each["STATUS"]) for each in cancelled.walk("VEVENT")} == {"CANCELLED"}


def test_a_second_try_brings_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    mailed(FIRST)
    notice = Notice.objects.get()
    kept = notice.calendar
    Notice.objects.update(state="waiting")
    now = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    deliver_notice(notice.pk)
    again = next(
        part for part in mailbox.outbox[1].message().walk()
        if part.get_content_type() == "application/ics"
    )  # fmt: skip
    assert again.get_payload(decode=True).split() == kept.encode().split()
