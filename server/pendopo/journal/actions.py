"""Writing to the journal."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as queue

from pendopo.foundation import clock
from pendopo.journal.models import Entry, Subject, subject_of
from pendopo.journal.registry import reactions_to

REACT_TASK = "pendopo.journal.tasks.react"


def record(kind: str, subject: Subject, actor: Subject, /, **facts: Any) -> Entry:
    """Writes one fact in the caller's transaction and enqueues the reactions to it.

    Both happen when the caller commits and not at all when it rolls back; then the database also
    tells the hubs (`foundation.hub`), by a trigger. ``facts`` are plain
    JSON values without names, contacts or secrets. Raises ``TransactionManagementError`` outside
    of a transaction: a fact without its change would be a rumour.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("journal.record needs a transaction")
    entry = Entry.objects.create(
        at=clock.now(),
        kind=kind,
        subject=subject_of(subject),
        actor=subject_of(actor),
        facts=facts,
    )
    for reaction in reactions_to(kind):
        queue.configure_task(REACT_TASK, priority=reaction.priority).defer(
            entry_id=entry.pk, reaction=reaction.name
        )
    return entry
