"""What units have booked for themselves."""

from django.db.models import Q

from pendopo.intake.rules.requests import Channel
from pendopo.intake.rules.self_service import Beside
from pendopo.schedule.models import Session
from pendopo.schedule.rules import SessionState, Slot


def booked_beside(slot: Slot) -> list[Beside]:
    """The sessions of self-service that overlap with a time and were not cancelled. One query."""
    rows = (
        Session.objects.filter(
            Q(ends_at=None) | Q(ends_at__gt=slot.starts_at),
            event__request__channel=Channel.SELF_SERVICE,
            starts_at__lt=slot.ends_at,
        )
        .exclude(state=SessionState.CANCELLED)
        .values_list("starts_at", "ends_at", "event__request__people")
    )
    return [
        Beside(starts, ends or slot.ends_at, people or 0)
        for starts, ends, people in rows
        if starts is not None
    ]
