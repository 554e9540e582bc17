"""Questions to the requester, alternatives, reasons of a rejection."""

from itertools import groupby

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.intake.rules.decisions import OfferState


class RejectionReason(models.Model):
    """A reason the office gives in a rejection, and the sentence that stands in the letter."""

    title = models.CharField(_("Reason"), max_length=80, unique=True)
    sentence = models.TextField(_("Sentence in the letter"), max_length=600)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What the office wants to know; until it is answered the clock stands still.

    ``answered_at`` stays empty where the request was cancelled before an answer came.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="questions"
    )
    asked_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=2000)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(answered_at=None),
                name="one_open_question",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Offer(models.Model):
    """Other times that the office offers, until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="offers"
    )
    offered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(max_length=2000, blank=True)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in OfferState],
        default=OfferState.OPEN,
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="open"), name="one_open_offer"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def choices(self) -> list[list["OfferedSlot"]]:
        """What there is to choose from: each the days of one alternative, in their order."""
        slots = sorted(self.slots.all(), key=lambda slot: (slot.choice, slot.starts_at))
        return [list(days) for _, days in groupby(slots, key=lambda slot: slot.choice)]


class OfferedSlot(models.Model):
    """One day of an alternative; the requester takes all days of one ``choice``, or none."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="slots")
    choice = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_taken = models.BooleanField(default=False)

    class Meta:
        ordering = ["choice", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="offered_slot_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
