"""Events and their sessions."""

from django.db import models

from pendopo.foundation.ids import new_id
from pendopo.schedule.rules import EARLIEST, LATEST, EventKind, SessionState


class Event(models.Model):
    """Everything the office serves is an event, also a meeting that starts this moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=160)
    kind = models.CharField(
        max_length=30, choices=[(k.value, k.value) for k in EventKind], default=EventKind.MEETING
    )
    unit = models.ForeignKey(
        "office.AgencyUnit", null=True, on_delete=models.PROTECT, related_name="events"
    )
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="events")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One sitting of an event. Times are UTC; no ``starts_at`` means: now, until it is ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=20,
        choices=[(s.value, s.value) for s in SessionState],
        default=SessionState.ASSIGNED,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(models.Q(starts_at=None) | models.Q(starts_at__range=(EARLIEST, LATEST)))
                & (models.Q(ends_at=None) | models.Q(ends_at__range=(EARLIEST, LATEST))),
                name="session_in_our_century",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
