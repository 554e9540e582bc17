"""Events, their sessions, and the rooms they are held in."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.schedule.rules import (
    EARLIEST,
    LATEST,
    EventKind,
    EventRole,
    RoomKind,
    SessionState,
)


class Event(models.Model):
    """Everything the office serves is an event, also a meeting that starts this moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=160)
    kind = models.CharField(
        max_length=30, choices=[(k.value, k.value) for k in EventKind], default=EventKind.MEETING
    )
    role = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in EventRole], default=EventRole.HOST
    )
    is_open = models.BooleanField(default=False)  # to the public: it stands on the home page
    unit = models.ForeignKey(
        "office.AgencyUnit", null=True, on_delete=models.PROTECT, related_name="events"
    )
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="events")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class OutsideMeeting(models.Model):
    """How the office gets into a meeting that somebody else holds."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="outside")
    platform = models.CharField(max_length=12, blank=True)
    url = models.CharField(max_length=500, blank=True)
    meeting_id = models.CharField(max_length=60, blank=True)
    passcode = models.CharField(max_length=60, blank=True)
    organiser = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return str(self.event_id)


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


class Room(models.Model):
    """Where sessions are held: a physical room, or a virtual one on our platform."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name of the room"), max_length=120)
    kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in RoomKind], default=RoomKind.PHYSICAL
    )
    people = models.PositiveIntegerField(
        _("People, at most"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    place = models.CharField(_("Address or floor"), max_length=240, blank=True)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="room_once")]

    def __str__(self) -> str:
        return self.name
