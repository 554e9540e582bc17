"""Replies kept so that a repeated request is answered, not done again."""

from django.db import models


class IdempotentReply(models.Model):
    """What was answered to the first request with an ``Idempotency-Key``."""

    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="idempotent_reply_once")
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
