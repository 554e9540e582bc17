"""What the search finds of rooms."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.search import Hit, finds
from pendopo.people.authentication import may
from pendopo.people.rules import Permission
from pendopo.schedule import queries


@finds(_("Rooms"))
def rooms_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Rooms by name, for staff."""
    if not may(request, Permission.READ_UNITS):
        return
    changes = may(request, Permission.CHANGE_UNITS)
    for room in queries.rooms().filter(name__icontains=question)[:20]:
        url = reverse("room-change", args=[room.pk]) if changes else reverse("room-list")
        yield Hit(room.name, url, room.place)
