"""An invitation in an ``.ics`` file (RFC 5545)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline, Contentlines
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from pendopo.intake.rules.invitations.invitation import Invitation
from pendopo.intake.rules.invitations.plain import LONGEST
from pendopo.intake.rules.invitations.zones import JAKARTA, is_zone, zone_in, zone_of_offset

_MAX_LINES = 20_000
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_LENGTH = re.compile(
    r"\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?"
)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)")
# Outlook's name for the zone of both Bangkok and Jakarta.
_WINDOWS = {**WINDOWS_TO_OLSON, "SE Asia Standard Time": JAKARTA}


@dataclass(frozen=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class _Event:
    properties: list[_Property] = field(default_factory=list)

    def first(self, name: str) -> _Property | None:
        return next((p for p in self.properties if p.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""


@dataclass
class _Calendar:
    method: str = ""
    zone: str = ""
    offsets: dict[str, int] = field(default_factory=dict)
    events: list[_Event] = field(default_factory=list)


def is_calendar(text: str) -> bool:
    """Whether a text is an ``.ics`` file."""
    return "BEGIN:VCALENDAR" in text[:LONGEST].upper()


def event_in(text: str, default_zone: str) -> tuple[Invitation, list[str]]:
    """Times, title and organiser of the first event, and the texts in which its link may stand.

    Of a series the first day counts. A cancelled event invites nobody: nothing is found.
    """
    calendar = _read(text)
    event = _chosen(calendar.events)
    if event is None or calendar.method == "CANCEL":
        return Invitation(), []
    starts_at, zone = _moment(event.first("DTSTART"), calendar, default_zone)
    ends_at, _ = _moment(event.first("DTEND"), calendar, zone or default_zone)
    length = _length(event.value("DURATION"))
    if starts_at and ends_at is None and length:
        ends_at = starts_at + length
    if starts_at is None or (ends_at and ends_at <= starts_at):
        ends_at = None
    invitation = Invitation(
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=zone,
        organiser=_organiser(event.first("ORGANIZER")),
        title=" ".join(event.value("SUMMARY").split())[:200] or None,
    )
    return invitation, list(_texts(event))


def _chosen(events: Sequence[_Event]) -> _Event | None:
    """The first event that stands; a series itself before the changes to one of its days."""
    standing = [event for event in events if event.value("STATUS").upper() != "CANCELLED"]
    whole = [event for event in standing if not event.first("RECURRENCE-ID")]
    return next(iter(whole or standing), None)


def _read(text: str) -> _Calendar:
    calendar = _Calendar()
    inside: list[str] = []
    zone_name = ""
    for line in _properties(text):
        if line.name == "BEGIN":
            inside.append(line.value.upper())
            if inside[-1] == "VEVENT":
                calendar.events.append(_Event())
        elif line.name == "END":
            inside = inside[:-1]
        elif inside[-1:] == ["VEVENT"]:
            calendar.events[-1].properties.append(line)
        elif inside[-1:] == ["VCALENDAR"]:
            _note(calendar, line)
        elif "VTIMEZONE" in inside:
            zone_name = line.value if line.name == "TZID" else zone_name
            _note_offset(calendar, zone_name, line)
    return calendar


def _note(calendar: _Calendar, line: _Property) -> None:
    if line.name == "METHOD":
        calendar.method = line.value.strip().upper()
    elif line.name == "X-WR-TIMEZONE":
        calendar.zone = line.value.strip()


def _note_offset(calendar: _Calendar, zone_name: str, line: _Property) -> None:
    found = _OFFSET.match(line.value) if line.name == "TZOFFSETTO" else None
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        calendar.offsets.setdefault(zone_name, minutes if found[1] == "+" else -minutes)


def _properties(text: str) -> Iterator[_Property]:
    """The file's lines, unfolded; those that are no property are passed over."""
    begin = text.upper().find("BEGIN:VCALENDAR")
    unfolded = Contentlines.from_ical(text[max(begin, 0) : LONGEST])  # type: ignore[no-untyped-call]
    for line in unfolded[:_MAX_LINES]:
        try:
            name, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
            given = {key.upper(): str(parameters[key]) for key in parameters}
        except ValueError:
            continue
        yield _Property(name.upper(), given, str(value))


def _moment(
    line: _Property | None, calendar: _Calendar, default_zone: str
) -> tuple[datetime | None, str | None]:
    """A property's moment and the zone it is in; a whole day begins at midnight."""
    found = _STAMP.fullmatch(line.value.strip()) if line else None
    if line is None or found is None:
        return None, None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        clock = time(int(found[4] or 0), int(found[5] or 0))
        zone = _zone_of(line, calendar) or default_zone
        if found[7]:
            own = calendar.zone if is_zone(calendar.zone) else "UTC"
            return datetime.combine(day, clock, UTC).astimezone(ZoneInfo(own)), own
        return datetime.combine(day, clock, ZoneInfo(zone)), zone
    except (ValueError, OverflowError):
        return None, None


def _zone_of(line: _Property, calendar: _Calendar) -> str | None:
    name = line.parameters.get("TZID", "").strip() or calendar.zone
    if is_zone(name):
        return name
    if name in _WINDOWS:
        return _WINDOWS[name]
    named = zone_in(name)
    if named or name not in calendar.offsets:
        return named
    return zone_of_offset(calendar.offsets[name])


def _length(value: str) -> timedelta | None:
    found = _LENGTH.fullmatch(value.strip())
    if not found:
        return None
    weeks, days, hours, minutes = (int(number or 0) for number in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes) or None


def _organiser(line: _Property | None) -> str | None:
    if line is None:
        return None
    name = line.parameters.get("CN", "").strip(" \"'")
    return name or re.sub(r"^mailto:", "", line.value.strip(), flags=re.I) or None


def _texts(event: _Event) -> Iterator[str]:
    """Where a link may stand, the surest place first."""
    for line in event.properties:
        is_own = line.name.startswith("X-") and line.name != "X-ALT-DESC"
        if line.name == "CONFERENCE" or (is_own and "://" in line.value):
            yield line.value
    for name in ("LOCATION", "URL", "DESCRIPTION", "X-ALT-DESC"):
        yield from (line.value for line in event.properties if line.name == name)
