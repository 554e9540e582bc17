"""What entries about events and sessions are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names
from pendopo.schedule.models import Event, Room, Session
from pendopo.schedule.rules import RoomKind, SessionState
from pendopo.schedule.wording import ROOM_KINDS


def _room_kind(kind: str) -> object:
    return ROOM_KINDS[RoomKind(kind)] if kind in set(RoomKind) else kind


describe(
    "event",
    _("Events"),
    {"created": _("Event made")},
    {"session": Fact(_("Id of the session")), "event_kind": Fact(_("Kind of event"))},
)
describe(
    "session",
    _("Sessions"),
    {
        SessionState.LIVE: _("Session began"),
        SessionState.ENDED: _("Session ended"),
    },
)
describe(
    "room",
    _("Rooms"),
    {"created": _("Room added"), "changed": _("Room changed")},
    {
        "room_kind": Fact(_("Kind of room"), _room_kind),
        "people": Fact(_("People, at most")),
        "in_use": Fact(_("In use")),
    },
)


@names("schedule.room")
def _rooms(ids: list[str]) -> dict[str, Name]:
    return {str(room.pk): Name(room.name) for room in Room.objects.filter(pk__in=ids)}


@names("schedule.event")
def _events(ids: list[str]) -> dict[str, Name]:
    return {str(event.pk): Name(event.title) for event in Event.objects.filter(pk__in=ids)}


@names("schedule.session")
def _sessions(ids: list[str]) -> dict[str, Name]:
    found = Session.objects.filter(pk__in=ids).select_related("event")
    return {str(session.pk): Name(session.event.title) for session in found}
