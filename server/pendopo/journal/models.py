"""What happened, written once and never changed."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.expressions import Func


class CurrentTransactionId(Func):
    """The id of the running transaction, for a cursor that skips no late commit."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    output_field = models.BigIntegerField()


class Entry(models.Model):
    """One fact. ``subject`` and ``actor`` are pseudonymous: ``app.model:id``, never a name.

    The database refuses to update or delete a row (migration 0002).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100, db_index=True)
    actor = models.CharField(max_length=100, db_index=True)
    facts = models.JSONField()
    transaction_id = models.BigIntegerField(db_default=CurrentTransactionId(), db_index=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [BrinIndex(fields=["at"], name="journal_entry_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Reacted(models.Model):
    """That one reaction has dealt with one entry; written after it succeeded."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    reaction = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="journal_reacted_once")
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.entry_id}"


Subject = models.Model | str
SYSTEM = "system"


def subject_of(subject: Subject) -> str:
    """The pseudonymous name of a row, ``app.model:id``; a string stands for itself."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


Facts = dict[str, Any]
