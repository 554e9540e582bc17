"""What entries about events and sessions are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names
from pendopo.schedule.models import Event, Room, Session
from pendopo.schedule.rules import EventKind, EventRole, RoomKind, SessionState
from pendopo.schedule.wording import EVENT_KINDS, EVENT_ROLES, ROOM_KINDS


def _room_kind(kind: str) -> object:
    return ROOM_KINDS[RoomKind(kind)] if kind in set(RoomKind) else kind


def _event_kind(kind: str) -> object:
    return EVENT_KINDS[EventKind(kind)] if kind in set(EventKind) else kind


def _event_role(role: str) -> object:
    return EVENT_ROLES[EventRole(role)] if role in set(EventRole) else role


describe(
    "event",
    _("Events"),
    {
        "created": _("Event made"),
        "admitted": _("Event put on the calendar"),
        "veiled": _("Event veiled, for its letter is secret"),
    },
    {
        "session": Fact(_("Id of the session")),
        "sessions": Fact(_("Ids of the sessions")),
        "event_kind": Fact(_("Kind of event"), _event_kind),
        "role": Fact(_("Who holds it"), _event_role),
    },
)
describe(
    "session",
    _("Sessions"),
    {
        SessionState.LIVE: _("Session began"),
        SessionState.ENDED: _("Session ended"),
        SessionState.CANCELLED: _("Session cancelled"),
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
