"""Writing to the journal, keeping and dropping it, and setting the queue going again."""

from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.foundation.queue import enqueue
from pendopo.journal.models import Entry, FailedTry, Hold, Subject, subject_of
from pendopo.journal.queries import partition_years, standing_holds
from pendopo.journal.registry import reactions_to
from pendopo.journal.rules import (
    KEPT_AT_LEAST,
    YEARS_AHEAD,
    expired_years,
    is_pseudonym,
    personal_facts,
)

REACT_TASK = "pendopo.journal.tasks.react"


def record(kind: str, subject: Subject, actor: Subject, /, **facts: Any) -> Entry:
    """Writes one fact in the caller's transaction and enqueues the reactions to it.

    Both happen when the caller commits and not at all when it rolls back, in a worker too; then the
    database also tells the hubs (`foundation.hub`), by a trigger. ``facts`` are plain JSON values
    without names, contacts or secrets. Raises ``TransactionManagementError`` outside
    of a transaction: a fact without its change would be a rumour. Raises ``ValueError`` for a
    subject that is no pseudonym and for a fact that looks like a contact (`personal_facts`).
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("journal.record needs a transaction")
    named = subject_of(subject), subject_of(actor)
    if not all(map(is_pseudonym, named)):
        raise ValueError(f"{kind}: subject and actor must be pseudonyms")
    if personal := personal_facts(facts):
        raise ValueError(f"{kind}: personal facts have no place in the journal: {personal}")
    entry = Entry.objects.create(
        at=clock.now(), kind=kind, subject=named[0], actor=named[1], facts=facts
    )
    for reaction in reactions_to(kind):
        enqueue(
            REACT_TASK,
            {"entry_id": entry.pk, "reaction": reaction.name},
            priority=reaction.priority,
        )
    return entry


def add_partitions() -> list[int]:
    """Makes the partitions of this year and the next ones that are missing; the years made.

    Entries of such a year that lie in the net already move into it.
    """
    this_year = clock.now().year
    wanted = set(range(this_year, this_year + YEARS_AHEAD + 1)) - set(partition_years())
    for year in sorted(wanted):
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute("SELECT journal_add_year(%s)", [year])
    return sorted(wanted)


def drop_expired_partitions(kept_years: int, actor: Subject) -> list[int]:
    """Drops the years that lie wholly before the last ``kept_years``; the years dropped.

    The only way by which entries go. Each year is a transaction of its own, with the notes of its
    reactions and an entry that says how much went. Raises ``Refused`` with
    ``retention_too_short`` or ``journal_held``.
    """
    if kept_years < KEPT_AT_LEAST:
        raise Refused("retention_too_short", years=KEPT_AT_LEAST)
    dropped = expired_years(partition_years(), kept_years, clock.now())
    for year in dropped:
        with transaction.atomic(), connection.cursor() as sql:
            if standing_holds():
                raise Refused("journal_held")
            sql.execute("SELECT journal_drop_year(%s)", [year])
            (entries,) = sql.fetchone()
            record(
                "journal.partition_dropped", f"journal.year:{year}", actor,
                year=year, entries=entries, kept_years=kept_years,
            )  # fmt: skip
    return dropped


@transaction.atomic
def place_hold(reason: str, actor: Subject) -> Hold:
    """From now on nothing is dropped. The reason stays out of the journal: it is free text."""
    reason = " ".join(storable(reason).split())
    if not reason:
        raise Refused("hold_reason_required")
    hold = Hold.objects.create(
        reason=reason[:200], placed_by=subject_of(actor), placed_at=clock.now()
    )
    record("journal.hold_placed", hold, actor)
    return hold


@transaction.atomic
def lift_hold(hold_id: int, actor: Subject) -> bool:
    """Ends one hold; ``False`` when it had ended already."""
    lifted = Hold.objects.filter(pk=hold_id, lifted_at=None).update(lifted_at=clock.now())
    if lifted:
        record("journal.hold_lifted", f"journal.hold:{hold_id}", actor)
    return bool(lifted)


@transaction.atomic
def retry_job(job_id: int, actor: Subject) -> None:
    """Puts a failed job back on the queue, to run at once.

    Raises ``Refused('job_not_failed')``, or ``Refused('job_waits_already')`` when another one that
    does the same is waiting.
    """
    facts = _failed_job(job_id)
    try:
        with transaction.atomic():
            queue.job_manager.retry_job_by_id(job_id, retry_at=clock.now())
    except (AlreadyEnqueued, UniqueViolation) as error:
        raise Refused("job_waits_already") from error
    FailedTry.objects.filter(pk=job_id).delete()  # a new beginning: it is not shown as failing
    record("job.retried", f"job:{job_id}", actor, **facts)


@transaction.atomic
def cancel_job(job_id: int, actor: Subject) -> None:
    """Gives up a failed job for good. Raises ``Refused('job_not_failed')``."""
    facts = _failed_job(job_id)
    with connection.cursor() as sql:
        # Procrastinate cancels only what waits; a failed job has no other way out of the list.
        sql.execute(
            "UPDATE procrastinate_jobs SET status = 'cancelled'"
            " WHERE id = %s AND status = 'failed'",
            [job_id],
        )
    record("job.cancelled", f"job:{job_id}", actor, **facts)


def _failed_job(job_id: int) -> dict[str, Any]:
    """What the journal may say about a failed job, which is locked until the commit."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT task_name, (args->>'entry_id')::bigint, args->>'reaction'"
            " FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE",
            [job_id],
        )
        row = sql.fetchone()
    if row is None:
        raise Refused("job_not_failed")
    task, entry, reaction = row
    return {"task": task, "entry": entry, "reaction": reaction} if entry else {"task": task}
