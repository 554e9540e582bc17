"""What happens live: meetings, who is in them, what they say."""

from django.db import models

from pendopo.foundation.ids import new_id, new_slug
from pendopo.meetings.rules.admission import Door, Role
from pendopo.meetings.rules.attendance import Reason
from pendopo.office.rules import OrganisationField


class Meeting(models.Model):
    """The live side of a session, reached by its link ``/j/<slug>``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.OneToOneField(
        "schedule.Session", on_delete=models.PROTECT, related_name="meeting"
    )
    slug = models.CharField(max_length=40, unique=True, default=new_slug)
    host_key = models.CharField(max_length=64)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_locked = models.BooleanField(default=False)
    limit = models.PositiveIntegerField(default=500)
    organisation_field = models.CharField(
        max_length=10,
        choices=[(f.value, f.value) for f in OrganisationField],
        default=OrganisationField.OPTIONAL,
    )
    last_chat_number = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug

    def door(self, present: int = 0) -> Door:
        """What the rules of admission look at. Needs ``session`` to be loaded."""
        return Door(
            starts_at=self.session.starts_at,
            is_opened=self.opened_at is not None,
            is_ended=self.ended_at is not None,
            is_locked=self.is_locked,
            limit=self.limit,
            present=present,
        )


class Opening(models.Model):
    """One LiveKit room that carries, or carried, a meeting. Each has a name of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="openings")
    room = models.CharField(max_length=80, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(closed_at=None), name="one_open_opening"
            )
        ]

    def __str__(self) -> str:
        return self.room


class Participant(models.Model):
    """One person in one meeting; its id is the LiveKit identity."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    # Null for programs, which have no seat: a unique column holds many nulls, but one ''.
    seat_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    device_hash = models.CharField(max_length=64, blank=True)
    admitted_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["meeting", "device_hash"], name="participant_device"),
            models.Index(fields=["meeting", "admitted_at"], name="participant_admitted"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Connection(models.Model):
    """One LiveKit connection of a participant: what attendance is made of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="connections"
    )
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="connections")
    sid = models.CharField(max_length=40, unique=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    reason = models.CharField(
        max_length=20, choices=[(r.value, r.value) for r in Reason], blank=True
    )
    # Signs of life: the client's own report, and LiveKit's list of who is there.
    last_report_at = models.DateTimeField(null=True)
    last_listed_at = models.DateTimeField(null=True)
    # Whether LiveKit itself said that it is over; if not, the client may turn up again.
    is_over = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["participant"], condition=models.Q(left_at=None), name="connection_open"
            ),
            models.Index(
                fields=["opening"], condition=models.Q(left_at=None), name="connection_in_opening"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_at=None, reason="")
                | (models.Q(left_at__gte=models.F("joined_at")) & ~models.Q(reason="")),
                name="connection_ended_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.sid


class ChatMessage(models.Model):
    """One message to all. Numbers are gapless in a meeting, so that a client sees a gap."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="chat")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="chat")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="chat_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class ReceivedWebhook(models.Model):
    """A webhook as it came, stored once by LiveKit's event id and handled later."""

    event_id = models.CharField(max_length=60, primary_key=True)
    body = models.JSONField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.event_id
