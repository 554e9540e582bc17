"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.schedule.rules import EventKind, EventRole, RoomKind

ROOM_KINDS = {RoomKind.PHYSICAL: _("Physical room"), RoomKind.VIRTUAL: _("Virtual room")}
EVENT_KINDS = {
    EventKind.MEETING: _("Meeting"),
    EventKind.WEBINAR: _("Webinar"),
    EventKind.HEARING: _("Public hearing"),
    EventKind.TRAINING: _("Training"),
    EventKind.PLENARY: _("Plenary session"),
    EventKind.INAUGURATION: _("Inauguration"),
}
EVENT_ROLES = {
    EventRole.HOST: _("On our platform"),
    EventRole.CLIENT: _("We join somebody else's meeting"),
}
