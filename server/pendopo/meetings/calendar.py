"""A meeting as an entry for a calendar."""

from django.conf import settings

from pendopo.gateways.ical import files
from pendopo.gateways.ical.files import CalendarEvent, Method
from pendopo.meetings.models import Meeting


def calendar_file(meeting: Meeting, join_url: str) -> bytes:
    """An ``.ics`` file with the link, that anyone may take over. Times are of the office's zone."""
    session, event = meeting.session, meeting.session.event
    return files.calendar_file(
        CalendarEvent(
            uid=f"{meeting.pk}@pendopo",
            title=event.title,
            starts_at=session.starts_at or meeting.created_at,
            ends_at=session.ends_at,
            method=Method.PUBLISH,
            zone=settings.TIME_ZONE,
            link=join_url,
        )
    )
