"""Saying something to all."""

from django.db import transaction
from django.db.models import F

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.journal.actions import record
from pendopo.meetings.models import ChatMessage, Meeting, Participant
from pendopo.meetings.news import chat_item, tell_meeting

TEXT_LIMIT = 2000


@transaction.atomic
def say(participant: Participant, text: str) -> ChatMessage:
    """Stores a message under the meeting's next number and tells the room after the commit.

    Raises ``Refused`` with ``message_empty``, ``message_too_long`` or ``meeting_ended``.
    """
    text = storable(text).strip()
    if not text:
        raise Refused("message_empty")
    if len(text) > TEXT_LIMIT:
        raise Refused("message_too_long", limit=TEXT_LIMIT)
    # The update locks the meeting's row: numbers have no gap and are given in the order of commits.
    open_meeting = Meeting.objects.filter(pk=participant.meeting_id, ended_at=None)
    if not open_meeting.update(last_chat_number=F("last_chat_number") + 1):
        raise Refused("meeting_ended")
    message = ChatMessage.objects.create(
        meeting_id=participant.meeting_id,
        participant=participant,
        number=Meeting.objects.values_list("last_chat_number", flat=True).get(
            pk=participant.meeting_id
        ),
        text=text,
        at=clock.now(),
    )
    record("chat.said", message, participant, number=message.number)
    transaction.on_commit(lambda: tell_meeting(participant.meeting_id, chat_news(message)))
    return message


def chat_news(message: ChatMessage) -> dict[str, object]:
    """What the room hears of a message."""
    return {"kind": "chat", "item": chat_item(message)}
