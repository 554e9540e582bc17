"""What meetings do when the journal says something."""

from pendopo.gateways.livekit import rooms
from pendopo.journal.models import Entry
from pendopo.journal.registry import reacts_to
from pendopo.meetings import queries
from pendopo.meetings.actions.admission import put_out, take_lead_away
from pendopo.meetings.actions.meetings import close_opening
from pendopo.meetings.news import meeting_item, tell_meeting

_URGENT = 10


def _id(entry: Entry) -> str:
    return entry.subject.partition(":")[2]


@reacts_to("meeting.ended", priority=_URGENT, outside=True)
def delete_rooms(entry: Entry) -> None:
    """Puts everyone out of a meeting that has ended."""
    meeting = queries.meetings().get(pk=_id(entry))
    for opening in meeting.openings.filter(closed_at=None):
        rooms.delete_room(opening.room)
        close_opening(opening)


@reacts_to("meeting.locked", "meeting.unlocked", priority=_URGENT, outside=True)
def tell_lock(entry: Entry) -> None:
    """Shows the lock in the meeting."""
    meeting = queries.meetings().get(pk=_id(entry))
    tell_meeting(meeting.pk, {"kind": "meeting", "meeting": meeting_item(meeting)})


@reacts_to("account.deactivated", priority=_URGENT, outside=True)
def put_account_out(entry: Entry) -> None:
    """Whose account is put out of use leaves every meeting at once."""
    for participant in queries.in_meetings(_id(entry)):
        put_out(participant)


@reacts_to("account.duties_changed", priority=_URGENT)
def withdraw_lead(entry: Entry) -> None:
    """Who may no longer lead a meeting by duty is no host there; the host link still works."""
    for participant in queries.in_meetings(_id(entry)):
        take_lead_away(participant)
