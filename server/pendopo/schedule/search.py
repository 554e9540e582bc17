"""What the search finds of rooms."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.search import Hit, finds
from pendopo.people.authentication import account_of
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission
from pendopo.schedule import queries


@finds(_("Rooms"))
def rooms_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Rooms by name, for staff."""
    account = account_of(request)
    allowed = permissions_for(account) if account else frozenset()
    if Permission.READ_UNITS not in allowed:
        return
    changes = Permission.CHANGE_UNITS in allowed
    for room in queries.rooms().filter(name__icontains=question)[:20]:
        url = reverse("room-change", args=[room.pk]) if changes else reverse("room-list")
        yield Hit(room.name, url, room.place)
