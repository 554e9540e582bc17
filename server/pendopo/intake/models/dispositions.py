"""How a letter is passed on, and to whom."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.intake.rules.dispositions import AssignmentState


class Instruction(models.Model):
    """A line with a check box on the sheet, such as "Proses lebih lanjut"."""

    text = models.CharField(_("Instruction"), max_length=80, unique=True)
    place = models.PositiveSmallIntegerField(_("Place in the list"), default=0)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.text


class Disposition(models.Model):
    """One step of passing a letter on: by whom, with which instructions, initialled when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="dispositions"
    )
    sender = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    # While somebody is absent, the deputy passes on in their place.
    in_place_of = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.CharField(max_length=160, blank=True)
    instructions = models.JSONField(default=list)  # their texts as they were
    note = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()  # with the sender's initial

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.pk)


class Assignment(models.Model):
    """That a letter lies on somebody's desk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disposition = models.ForeignKey(
        Disposition, on_delete=models.CASCADE, related_name="assignments"
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="assigned")
    due_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in AssignmentState],
        default=AssignmentState.WAITING,
    )
    closed_at = models.DateTimeField(null=True)
    note = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disposition", "account"], name="assigned_once_by_a_disposition"
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "due_on"],
                condition=models.Q(state="waiting"),
                name="assignment_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Absence(models.Model):
    """That somebody is away, and who works at their desk in the meantime."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_has_days"
            ),
            models.CheckConstraint(
                condition=~models.Q(account=models.F("deputy")), name="deputy_is_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.first_day}"
