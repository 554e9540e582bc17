"""What a host does to a participant who stays in the meeting."""

from django.db import transaction

from pendopo.gateways.livekit import rooms
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.meetings.models import Opening, Participant


def mute_participant(participant: Participant, source: str, actor: Subject) -> None:
    """Mutes a microphone, camera or screen share now. It is no lock: its owner may unmute.

    ``source`` is ``microphone``, ``camera`` or ``screen_share``. Raises
    ``Refused('media_unavailable')``; the journal then has nothing.
    """
    with transaction.atomic():
        record("participant.muted", participant, actor, source=source)
        for opening in Opening.objects.filter(meeting=participant.meeting_id, closed_at=None):
            rooms.mute(opening.room, str(participant.pk), source)
