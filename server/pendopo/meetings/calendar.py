"""A meeting as a calendar file (RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar, Event

from pendopo.foundation import clock
from pendopo.meetings.models import Meeting

_ASSUMED_LENGTH = timedelta(hours=2)


def calendar_file(meeting: Meeting, join_url: str) -> bytes:
    """An ``.ics`` file with the link. Without an end two hours are assumed; times are UTC."""
    session, event = meeting.session, meeting.session.event
    starts_at = session.starts_at or meeting.created_at
    entry = Event()
    entry.add("uid", f"{meeting.pk}@pendopo")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", starts_at)
    entry.add("dtend", session.ends_at or starts_at + _ASSUMED_LENGTH)
    entry.add("summary", event.title)
    entry.add("location", join_url)
    entry.add("url", join_url)
    entry.add("description", join_url)
    calendar = Calendar()
    calendar.add("prodid", "-//Pendopo//id")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
