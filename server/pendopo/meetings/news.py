"""What open clients hear through LiveKit. It may get lost: all of it can be asked for."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.livekit import rooms
from pendopo.meetings.models import ChatMessage, Meeting, Opening
from pendopo.meetings.rules.admission import state_at

log = logging.getLogger(__name__)


def tell_meeting(meeting_id: UUID, news: dict[str, Any]) -> None:
    """Tells everyone in the meeting. Call it after the commit.

    Clients notice a gap by the next number or by the answer to their report, and ask.
    """
    for opening in Opening.objects.filter(meeting_id=meeting_id, closed_at=None):
        tell_livekit(rooms.tell, opening.room, news)


def tell_livekit(wish: Callable[..., None], *facts: Any) -> None:
    """Passes on what is stored already; a LiveKit that does not answer is logged.

    Clients and the reconciler make up for it: nothing that was decided depends on it.
    """
    try:
        wish(*facts)
    except Refused as refused:
        log.warning("LiveKit was not told: %s", refused.code)


def chat_item(message: ChatMessage) -> dict[str, Any]:
    """A message as clients know it. Needs ``participant.person`` to be loaded."""
    return {
        "number": message.number,
        "at": message.at.isoformat(),
        "participant_id": str(message.participant_id),
        "name": message.participant.person.name,
        "text": message.text,
    }


def meeting_item(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its guests know it. Needs ``session.event.unit`` to be loaded."""
    session, event = meeting.session, meeting.session.event
    return {
        "slug": meeting.slug,
        "title": event.title,
        "organiser": event.unit.name if event.unit else "",
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "ends_at": session.ends_at.isoformat() if session.ends_at else None,
        "time_zone": settings.TIME_ZONE,
        "state": state_at(meeting.door(), clock.now()),
        "locked": meeting.is_locked,
        "organisation_field": meeting.organisation_field,
    }
