"""A request from its draft on, what belongs to it, and each step it took."""

import secrets

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from pendopo.foundation.ids import new_id
from pendopo.intake.rules.requests import AttendanceMode, Channel, RequesterClass
from pendopo.intake.rules.states import RequestState
from pendopo.schedule.rules import EventKind, EventRole

# Read aloud and typed on a phone: no vowels, no look-alikes.
_CODE_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
# "005/12/Dinkes" is searched by its parts; PostgreSQL would take it for the path of a file.
_LETTER_NUMBER_WORDS = models.Func(
    models.F("letter_number"),
    models.Value("/.-"),
    models.Value("   "),
    function="translate",
    output_field=models.CharField(),
)


def new_tracking_code() -> str:
    """A code such as ``bcdf-ghjk-mnpq-rstv``: 27^16, about 76 bits, from a safe random source."""
    letters = [secrets.choice(_CODE_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


class ServiceRequest(models.Model):
    """What somebody asks for. Contacts stand here only and are emptied when they are erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Given when it is sent, such as ``2026-00017``. Null, not empty: a unique column holds many.
    number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001
    tracking_code = models.CharField(max_length=24, unique=True, default=new_tracking_code)
    state = models.CharField(
        max_length=20,
        choices=[(s.value, s.value) for s in RequestState],
        default=RequestState.DRAFT,
    )
    # Grows with each step, so that of two who act on what they saw only one does it.
    revision = models.PositiveIntegerField(default=0)
    # Where an answered question leads back to.
    state_before = models.CharField(max_length=20, blank=True)
    channel = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Channel], default=Channel.WEB
    )
    requester_class = models.CharField(
        max_length=12,
        choices=[(c.value, c.value) for c in RequesterClass],
        default=RequesterClass.COMMUNITY,
    )
    organisation_name = models.CharField(max_length=160, blank=True)
    unit = models.ForeignKey(
        "office.AgencyUnit", null=True, on_delete=models.PROTECT, related_name="requests"
    )
    organisation = models.ForeignKey(
        "office.CommunityOrganization", null=True, on_delete=models.PROTECT, related_name="requests"
    )
    # Whose account made it, for self-service and API; strangers have none.
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="requests"
    )

    contact_name = models.CharField(max_length=100, blank=True)
    contact_whatsapp = models.CharField(max_length=20, blank=True)  # +628…
    contact_email = models.EmailField(blank=True)
    contact_confirmed_at = models.DateTimeField(null=True)

    letter = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    letter_follows = models.BooleanField(default=False)
    letter_number = models.CharField(max_length=80, blank=True)
    letter_date = models.DateField(null=True)
    signatory_name = models.CharField(max_length=100, blank=True)
    signatory_position = models.CharField(max_length=160, blank=True)

    event_title = models.CharField(max_length=160, blank=True)
    event_kind = models.CharField(
        max_length=30, choices=[(k.value, k.value) for k in EventKind], default=EventKind.MEETING
    )
    purpose = models.TextField(max_length=2000, blank=True)
    role = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in EventRole], default=EventRole.HOST
    )
    is_open = models.BooleanField(default=False)
    people = models.PositiveIntegerField(null=True)
    attendance = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in AttendanceMode], blank=True
    )
    needs_operator = models.BooleanField(default=False)
    outside_platform = models.CharField(max_length=12, blank=True)
    outside_url = models.CharField(max_length=500, blank=True)
    outside_meeting_id = models.CharField(max_length=60, blank=True)
    outside_passcode = models.CharField(max_length=60, blank=True)
    outside_organiser = models.CharField(max_length=160, blank=True)

    # The head of office lets it go ahead while the letter is still to come.
    authorised_at = models.DateTimeField(null=True)
    authorised_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    event = models.OneToOneField(
        "schedule.Event", null=True, on_delete=models.PROTECT, related_name="request"
    )
    # Grows with each calendar file that goes out (RFC 5545, SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0)

    closing_told_at = models.DateTimeField(null=True)  # that it will be closed as nobody answers
    privacy_version = models.PositiveIntegerField(null=True)
    privacy_read_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)  # the requester wants no further use
    erased_at = models.DateTimeField(null=True)  # contacts and papers are gone

    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    answer_due = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)

    words = models.GeneratedField(
        expression=SearchVector("organisation_name", "event_title", weight="A", config="indonesian")
        + SearchVector(_LETTER_NUMBER_WORDS, "purpose", weight="B", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RequestState.DRAFT) | models.Q(number__isnull=False),
                name="sent_request_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="request_state"),
            models.Index(fields=["-submitted_at", "-id"], name="request_newest"),
            models.Index(
                fields=["authorised_at"],
                condition=models.Q(authorised_at__isnull=False),
                name="request_authorised",
            ),
            GinIndex(fields=["words"], name="request_words"),
            models.Index(Lower("letter_number"), name="request_letter_number"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class RequestedSlot(models.Model):
    """One of the times a request asks for; several for an event of several days."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start"
            )
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return str(self.pk)


class RequestFile(models.Model):
    """A further file of a request: an answer's enclosure, a rundown."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)


class Transition(models.Model):
    """One step of a request: who took it, in which position, when, and the note. Only appended.

    The journal has the same step without position and note, which may hold names.
    """

    request = models.ForeignKey(
        ServiceRequest, on_delete=models.CASCADE, related_name="transitions"
    )
    step = models.CharField(max_length=20)
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    actor = models.CharField(max_length=100)  # a subject of the journal
    position = models.CharField(max_length=160, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.step} {self.request_id}"
