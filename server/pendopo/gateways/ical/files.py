"""Makes the calendar file of one event, with an entry for each of its sessions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from pendopo.foundation import clock

_ASSUMED_LENGTH = timedelta(hours=2)
# None of our zones has changed its offset since; Pontianak was the last one (Decree 41/1987).
_ZONES_HOLD_SINCE = datetime(1988, 1, 1)  # noqa: DTZ001  (RFC 5545, 3.6.5: in local time)
_ABBREVIATIONS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


class Method(StrEnum):
    """What the reader's calendar does with the file (RFC 5546, 1.4)."""

    PUBLISH = "PUBLISH"  # an entry that anyone may take over
    REQUEST = "REQUEST"  # an invitation; with a higher sequence its change
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Session:
    """One more session of an event, an entry of its own under its own ``uid``."""

    uid: str
    starts_at: datetime
    ends_at: datetime | None = None
    link: str = ""


@dataclass(frozen=True)
class CalendarEvent:
    """One event. ``uid`` stays the same for its whole life and ``sequence`` grows with each change,
    cancellation included: whoever makes the event keeps both.

    ``zone`` is one of the four zones of Indonesia; the times are aware, in whatever zone. Without
    an end two hours are assumed. Without an organiser a REQUEST is sent in the name of the sender.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    sequence: int = 0
    method: Method = Method.REQUEST
    zone: str = "Asia/Jakarta"
    location: str = ""
    link: str = ""
    description: str = ""
    organiser_name: str = ""
    organiser_email: str = ""
    more: tuple[Session, ...] = ()

    def by(self, name: str, email: str) -> "CalendarEvent":
        """The same event with this organiser, unless it has one."""
        if self.organiser_email:
            return self
        return replace(self, organiser_name=name, organiser_email=email)


def calendar_file(event: CalendarEvent, attendee: str = "") -> bytes:
    """The ``.ics`` file, without alarms: when to be reminded is the reader's own choice.

    Each session is an entry with the event's method and sequence. A calendar that takes over the
    first entry of an invitation alone (RFC 5546 wants one UID in it) finds the others where the
    caller's ``description`` names them; one invitation for each would be as many files to open.

    ``attendee`` is the e-mail address it goes to; Outlook and Gmail want to find it in a REQUEST.
    Raises ``KeyError`` for a zone that is not one of Indonesia's.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pendopo//id")
    calendar.add("version", "2.0")
    calendar.add("method", event.method.value)
    calendar.add_component(_zone(event))
    for entry in (event, *map(partial(_as_event, event), event.more)):
        calendar.add_component(_entry(entry, attendee))
    return bytes(calendar.to_ical())


def _as_event(event: CalendarEvent, session: Session) -> CalendarEvent:
    return replace(
        event,
        uid=session.uid,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        link=session.link or event.link,
    )


def _entry(event: CalendarEvent, attendee: str) -> Event:
    zone = ZoneInfo(event.zone)
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", (event.ends_at or event.starts_at + _ASSUMED_LENGTH).astimezone(zone))
    entry.add("summary", event.title)
    for name, value in (
        ("location", event.location or event.link),
        ("url", event.link),
        ("description", event.description or event.link),
    ):
        if value:
            entry.add(name, value)
    if event.method is not Method.PUBLISH:
        entry.add("status", "CANCELLED" if event.method is Method.CANCEL else "CONFIRMED")
    if event.organiser_email:
        entry.add("organizer", _party(event.organiser_email, event.organiser_name), encode=False)
    if attendee:
        party = _party(attendee, "")
        party.params["RSVP"] = vText("FALSE")
        entry.add("attendee", party, encode=False)
    return entry


def _party(email: str, name: str) -> vCalAddress:
    party = vCalAddress(f"mailto:{email}")
    if name:
        party.params["CN"] = vText(name)
    return party


def _zone(event: CalendarEvent) -> Timezone:
    offset = event.starts_at.astimezone(ZoneInfo(event.zone)).utcoffset()
    always = TimezoneStandard()
    always.add("tzname", _ABBREVIATIONS[event.zone])
    always.add("dtstart", _ZONES_HOLD_SINCE)
    always.add("tzoffsetfrom", offset)
    always.add("tzoffsetto", offset)
    zone = Timezone()
    zone.add("tzid", event.zone)
    zone.add_component(always)
    return zone
