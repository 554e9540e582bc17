"""Reading rooms."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from pendopo.schedule.models import Room


def rooms() -> QuerySet[Room]:
    """All rooms, physical ones first, by name."""
    return Room.objects.order_by("kind", Lower("name"))
