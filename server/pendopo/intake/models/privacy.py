"""What the office says about personal data, what people ask about theirs, what holds them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrivacyNotice(models.Model):
    """One version of the notice. A changed text is a new version; the old one stays readable."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(_("Text in Indonesian"), max_length=20_000)
    text_english = models.TextField(_("Text in English"), max_length=20_000, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.version}"


class ErasureWish(models.Model):
    """That a requester wants their data erased before their time is over."""

    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="erasure_wishes"
    )
    reason = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    was_granted = models.BooleanField(default=False)
    answer = models.TextField(max_length=1000, blank=True)  # why not, for the requester to read

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(answered_at=None),
                name="one_open_erasure_wish",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LegalHold(models.Model):
    """That nothing of a request may be erased, say while a court asks; until it is lifted."""

    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="holds"
    )
    reason = models.CharField(_("Reason"), max_length=200)
    placed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(lifted_at=None), name="one_standing_hold"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
