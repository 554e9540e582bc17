"""What meetings do when the journal says something."""

from pendopo.gateways.livekit import rooms
from pendopo.journal.models import Entry
from pendopo.journal.registry import reacts_to
from pendopo.meetings import queries
from pendopo.meetings.actions.meetings import close_opening
from pendopo.meetings.news import meeting_item, tell_meeting

_URGENT = 10


def _meeting_id(entry: Entry) -> str:
    return entry.subject.partition(":")[2]


@reacts_to("meeting.ended", priority=_URGENT, outside=True)
def delete_rooms(entry: Entry) -> None:
    """Puts everyone out of a meeting that has ended."""
    meeting = queries.meetings().get(pk=_meeting_id(entry))
    for opening in meeting.openings.filter(closed_at=None):
        rooms.delete_room(opening.room)
        close_opening(opening)


@reacts_to("meeting.locked", "meeting.unlocked", priority=_URGENT, outside=True)
def tell_lock(entry: Entry) -> None:
    """Shows the lock in the meeting."""
    meeting = queries.meetings().get(pk=_meeting_id(entry))
    tell_meeting(meeting.pk, {"kind": "meeting", "meeting": meeting_item(meeting)})
