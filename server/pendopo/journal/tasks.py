"""The queue's side of the journal."""

import logging
from typing import Any

from django.db import connection, transaction
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.actions import add_partitions, drop_expired_partitions
from pendopo.journal.models import SYSTEM, Entry, Reacted
from pendopo.journal.queries import standing_holds
from pendopo.journal.registry import Reaction, reaction_named, retention_years

log = logging.getLogger(__name__)
FINISHED_JOBS_KEPT_HOURS = 72


@app.task(retry=RetryStrategy(max_attempts=12, exponential_wait=2))
def react(entry_id: int, reaction: str) -> None:
    """Runs one reaction to one entry and notes it; a second run finds the note.

    What a reaction writes to the database is committed together with the note: killed in between,
    it has done nothing and runs again. A reaction with ``outside`` is noted after it succeeded.
    """
    known = reaction_named(reaction)
    if not known.outside:
        _react_once(entry_id, known)
        return
    if not Reacted.objects.filter(entry_id=entry_id, reaction=reaction).exists():
        known.handler(Entry.objects.get(pk=entry_id))
        with transaction.atomic():
            _note(entry_id, known)


@transaction.atomic
def _react_once(entry_id: int, reaction: Reaction) -> None:
    # The note first: a twin waits for it, and finds it when we have committed.
    if _note(entry_id, reaction):
        reaction.handler(Entry.objects.get(pk=entry_id))


def _note(entry_id: int, reaction: Reaction) -> bool:
    """That the reaction has dealt with the entry; ``False`` when that was noted already."""
    _, is_new = Reacted.objects.get_or_create(
        entry_id=entry_id, reaction=reaction.name, defaults={"at": clock.now()}
    )
    return is_new


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Gives jobs of a worker that died to another one."""
    for job in await context.app.job_manager.get_stalled_jobs():
        log.warning("job %s (%s) lost its worker, trying again", job.id, job.task_name)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 20 * * *")  # UTC: 03.17 WIB
@app.task(queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Deletes finished and cancelled jobs after :data:`FINISHED_JOBS_KEPT_HOURS`."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FINISHED_JOBS_KEPT_HOURS, include_cancelled=True
    )


@app.periodic(cron="27 20 * * *")  # UTC: 03.27 WIB
@app.task(queueing_lock="forget_failed_tries")
def forget_failed_tries(timestamp: int = 0) -> None:
    """Deletes the notes about jobs that are no more."""
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute(
            "DELETE FROM journal_failedtry failed WHERE NOT EXISTS"
            " (SELECT FROM procrastinate_jobs job WHERE job.id = failed.job_id)"
        )


@app.periodic(cron="37 20 * * *")  # UTC: 03.37 WIB
@app.task(queueing_lock="keep_partitions", retry=RetryStrategy(max_attempts=6, wait=600))
def keep_partitions(timestamp: int = 0) -> None:
    """Makes the partitions of the coming years, and drops the expired ones unless they are held."""
    add_partitions()
    if standing_holds():
        log.info("the journal is held: no expired year is dropped")
        return
    drop_expired_partitions(retention_years(), SYSTEM)


def note_failures(queue: App) -> None:
    """Has the worker keep why each try failed (setting ``PROCRASTINATE_ON_APP_READY``)."""
    queue.worker_defaults["worker_middleware"] = [
        *(queue.worker_defaults.get("worker_middleware") or []),
        _note_failure,
    ]


async def _note_failure(call_next: Any, context: JobContext, worker: Any) -> Any:
    try:
        return await call_next()
    except Exception as error:
        try:
            await context.app.connector.execute_query_async(
                "INSERT INTO journal_failedtry (job_id, error, at)"
                " VALUES (%(job)s, %(error)s, now())"
                " ON CONFLICT (job_id) DO UPDATE SET error = excluded.error, at = excluded.at",
                job=context.job.id,
                error=_error_name(error)[:120],
            )
        except ConnectorException:
            log.warning("the database is away: why job %s failed is not kept", context.job.id)
        raise


def _error_name(error: Exception) -> str:
    """The class, and a refusal's code. Never the text: it may hold what somebody typed."""
    name = type(error).__name__
    return f"{name}: {error.code}" if isinstance(error, Refused) else name
