"""What happened, written once and never changed."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.expressions import Func
from django.utils.translation import gettext_lazy as _


class CurrentTransactionId(Func):
    """The id of the running transaction, for a cursor that skips no late commit."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    output_field = models.BigIntegerField()


class Entry(models.Model):
    """One fact. ``subject`` and ``actor`` are pseudonymous: ``app.model:id``, never a name.

    The table lies in partitions of a year (migration 0003). The database refuses to update or
    delete a row and to truncate; only a whole expired year can be dropped.
    """

    # The database's own key is (id, at): a partitioned table wants its range in it.
    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100, db_index=True)
    actor = models.CharField(max_length=100, db_index=True)
    facts = models.JSONField()
    transaction_id = models.BigIntegerField(db_default=CurrentTransactionId(), db_index=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            BrinIndex(fields=["at"], name="journal_entry_at"),
            models.Index(fields=["kind", "id"], name="journal_entry_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Reacted(models.Model):
    """That one reaction has dealt with one entry; goes with the entry's partition."""

    # A partitioned table can't be referred to by its id alone.
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, db_constraint=False)
    reaction = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="journal_reacted_once")
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.entry_id}"


class Hold(models.Model):
    """That nothing of the journal may be dropped, say while a court asks; until it is lifted."""

    reason = models.CharField(_("reason"), max_length=200)
    placed_by = models.CharField(max_length=100)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class FailedTry(models.Model):
    """Why the last try of a job failed: the error's class or the refusal's code, nothing else.

    An error's text may hold what somebody typed, so it is not kept.
    """

    job_id = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "failed tries"

    def __str__(self) -> str:
        return f"{self.job_id} {self.error}"


Subject = models.Model | str
SYSTEM = "system"


def subject_of(subject: Subject) -> str:
    """The pseudonymous name of a row, ``app.model:id``; a string stands for itself."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


Facts = dict[str, Any]
