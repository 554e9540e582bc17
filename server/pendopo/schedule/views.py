"""The rooms that sessions are held in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation.errors import Refused
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission
from pendopo.schedule import queries
from pendopo.schedule.actions import save_room
from pendopo.schedule.forms import RoomForm
from pendopo.schedule.models import Room
from pendopo.schedule.rules import RoomKind
from pendopo.schedule.wording import ROOM_KINDS


@never_cache
@permission_required(Permission.READ_UNITS)
@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """All rooms."""
    rows = [{"room": room, "kind": ROOM_KINDS[RoomKind(room.kind)]} for room in queries.rooms()]
    return render(request, "schedule/room_list.html", {"rows": rows})


@never_cache
@permission_required(Permission.CHANGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def room_edit(request: HttpRequest, room_id: str = "") -> HttpResponse:
    """Adds or changes a room."""
    room = Room.objects.filter(pk=room_id).first() if room_id else None
    if room_id and room is None:
        raise Refused("not_found")
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        try:
            save_room(form.save(commit=False), signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("room-list")
        except Refused as refused:
            form.add_error("name", refused.sentence)
    context = {"form": form, "room": room}
    return render(request, "schedule/room.html", context, status=422 if form.errors else 200)
