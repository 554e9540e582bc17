"""Codes by which a requester shows that a contact is theirs."""

from django.db import models

from pendopo.intake.rules.confirmation import CodeWay


class ContactCode(models.Model):
    """The last code that was sent for a request. Only a keyed hash of it is stored."""

    request = models.OneToOneField(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="contact_code"
    )
    code_hash = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in CodeWay])
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.request_id)
