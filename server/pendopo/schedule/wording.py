"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.schedule.rules import RoomKind

ROOM_KINDS = {RoomKind.PHYSICAL: _("Physical room"), RoomKind.VIRTUAL: _("Virtual room")}
