"""Reading rooms, and the sessions that are open to the public."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from pendopo.schedule.models import Room, Session
from pendopo.schedule.rules import SessionState


def rooms() -> QuerySet[Room]:
    """All rooms, physical ones first, by name."""
    return Room.objects.order_by("kind", Lower("name"))


def public_sessions(day: date, days: int = 1) -> QuerySet[Session]:
    """Sessions of open events that touch these days of the office's zone, in order. One query.

    Cancelled ones are left out. What is live at this moment is there also without a time.
    """
    begins, ends = _midnight(day), _midnight(day + timedelta(days=days))
    touches = Q(starts_at__lt=ends) & (
        Q(ends_at__gt=begins) | Q(ends_at=None, starts_at__gte=begins)
    )
    return (
        Session.objects.filter(event__is_open=True)
        .filter(touches | Q(state=SessionState.LIVE))
        .exclude(state=SessionState.CANCELLED)
        .select_related("event__unit")
        .order_by("starts_at", "pk")
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
