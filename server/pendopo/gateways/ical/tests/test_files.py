"""Calendar files, as another program reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from pendopo.gateways.ical.files import CalendarEvent, Method, Session, calendar_file

START = datetime(2026, 12, 1, 2, tzinfo=UTC)  # 09.00 WIB
DAY = timedelta(days=1)


def event(**more: Any) -> CalendarEvent:
    given = {"uid": "a@pendopo", "title": "Rapat; koordinasi, „é“", "starts_at": START, **more}
    return CalendarEvent(**given).by("Diskominfo", "kantor@x.test")


def read(made: CalendarEvent, attendee: str = "siti@warga.test") -> tuple[Calendar, list[Any]]:
    calendar = Calendar.from_ical(calendar_file(made, attendee))
    assert isinstance(calendar, Calendar)
    return calendar, calendar.walk("VEVENT")


SESSIONS = (
    Session("b@pendopo", START + DAY, START + DAY + timedelta(hours=3), "https://x.test/2"),
    Session("c@pendopo", START + 2 * DAY),
)


@pytest.mark.parametrize("method", list(Method))
def test_each_session_is_an_entry_of_its_own(method: Method) -> None:
    made = event(method=method, sequence=4, link="https://x.test/1", more=SESSIONS)
    calendar, entries = read(made)
    assert calendar["METHOD"] == method.value
    assert [str(each["UID"]) for each in entries] == ["a@pendopo", "b@pendopo", "c@pendopo"]
    assert [int(each["SEQUENCE"]) for each in entries] == [4, 4, 4]
    assert [each["DTSTART"].dt for each in entries] == [START, START + DAY, START + 2 * DAY]
    hours = [(each["DTEND"].dt - each["DTSTART"].dt) / timedelta(hours=1) for each in entries]
    assert hours == [2, 3, 2]
    links = [str(each["URL"]) for each in entries]
    assert links == ["https://x.test/1", "https://x.test/2", "https://x.test/1"]
    states = {
        Method.PUBLISH: None,
        Method.REQUEST: "CONFIRMED",
        Method.CANCEL: "CANCELLED",
    }
    assert {each.get("STATUS") for each in entries} == {states[method]}
    for each in entries:
        assert str(each["SUMMARY"]) == made.title
        assert each["ORGANIZER"] == "mailto:kantor@x.test"
        assert each["ATTENDEE"] == "mailto:siti@warga.test"
        assert "DTSTAMP" in each
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert not calendar.walk("VALARM")


@pytest.mark.parametrize(
    ("zone", "hour", "name"),
    [
        ("Asia/Jakarta", 9, "WIB"),
        ("Asia/Pontianak", 9, "WIB"),
        ("Asia/Makassar", 10, "WITA"),
        ("Asia/Jayapura", 11, "WIT"),
    ],
)
def test_times_stand_in_the_offices_zone(zone: str, hour: int, name: str) -> None:
    calendar, (entry,) = read(event(zone=zone))
    assert entry["DTSTART"].params["TZID"] == zone
    assert entry["DTSTART"].dt.hour == hour
    (told,) = calendar.walk("VTIMEZONE")
    assert str(told["TZID"]) == zone
    assert str(told.subcomponents[0]["TZNAME"]) == name


def test_lines_are_folded_and_end_as_they_must() -> None:
    content = calendar_file(event(description="panjang ñ " * 60), "siti@warga.test")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_title_puts_nothing_else_into_the_file() -> None:
    bad = "Rapat\r\nATTENDEE:mailto:lain@x.test\nEND:VEVENT"
    _, (entry,) = read(event(title=bad))
    assert entry["ATTENDEE"] == "mailto:siti@warga.test"
