"""What entries about meetings are called, and which participants are one person."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import (
    Fact,
    Name,
    describe,
    describe_work,
    names,
    subjects_of_person,
)
from pendopo.meetings.models import ChatMessage, Meeting, Participant
from pendopo.meetings.rules.admission import Role
from pendopo.meetings.rules.attendance import Reason
from pendopo.meetings.wording import reason_label

_ROLES = {
    Role.HOST: _("host"),
    Role.PARTICIPANT: _("participant"),
    Role.VIEWER: _("viewer"),
}
_SOURCES = {
    "microphone": _("microphone"),
    "camera": _("camera"),
    "screen_share": _("shared screen"),
}


def _reason(reason: str) -> str:
    return reason_label(reason) if reason in set(Reason) else reason


describe(
    "meeting",
    _("Meetings"),
    {
        "created": _("Meeting made"),
        "opened": _("Meeting opened"),
        "locked": _("Meeting locked"),
        "unlocked": _("Meeting unlocked"),
        "attendance_downloaded": _("Attendance downloaded"),
        "ended": _("Meeting ended"),
        "room_closed": _("LiveKit room put away"),
    },
    {"room": Fact(_("LiveKit room"))},
)
describe(
    "participant",
    _("Participants"),
    {
        "admitted": _("Participant let in"),
        "joined": _("Participant came in"),
        "left": _("Participant left"),
        "muted": _("Participant muted"),
        "removed": _("Participant removed"),
    },
    {
        "role": Fact(_("Role"), lambda role: _ROLES.get(role, role)),
        "connection": Fact(_("Connection")),
        "reason": Fact(_("How it ended"), _reason),
        "source": Fact(_("Device"), lambda source: _SOURCES.get(source, source)),
    },
)
describe("chat", _("Chat"), {"said": _("Message written")}, {"number": Fact(_("Number"))})
describe_work(
    {
        "pendopo.meetings.reactions.delete_rooms": _("Put everyone out of an ended meeting"),
        "pendopo.meetings.reactions.tell_lock": _("Show the lock in the meeting"),
        "pendopo.meetings.reactions.put_account_out": _("Put a closed account out of meetings"),
        "pendopo.meetings.reactions.withdraw_lead": _("Take the lead from who lost a duty"),
        "pendopo.meetings.tasks.handle_webhook": _("Handle a notice from LiveKit"),
        "pendopo.meetings.tasks.reconcile": _("Compare our picture with LiveKit's"),
        "pendopo.meetings.tasks.note_silent": _("Notice clients that fell silent"),
        "pendopo.meetings.tasks.end_abandoned": _("End abandoned meetings"),
        "pendopo.meetings.tasks.forget_webhooks": _("Delete handled notices from LiveKit"),
    }
)


@names("meetings.meeting")
def _meetings(ids: list[str]) -> dict[str, Name]:
    found = Meeting.objects.filter(pk__in=ids).select_related("session__event")
    return {str(meeting.pk): Name(meeting.session.event.title) for meeting in found}


@names("meetings.participant")
def _participants(ids: list[str]) -> dict[str, Name]:
    found = Participant.objects.filter(pk__in=ids).select_related("person")
    return {str(each.pk): Name(each.person.name, each.person_id) for each in found}


@names("meetings.chatmessage")
def _messages(ids: list[str]) -> dict[str, Name]:
    numbers = ChatMessage.objects.filter(pk__in=ids).values_list("pk", "number")
    return {str(pk): Name(gettext("message %(number)s") % {"number": n}) for pk, n in numbers}


@subjects_of_person
def _persons_participants(person: UUID) -> Iterator[str]:
    for pk in Participant.objects.filter(person=person).values_list("pk", flat=True):
        yield f"meetings.participant:{pk}"
