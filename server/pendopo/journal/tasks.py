"""The queue's side of the journal."""

import logging

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.journal.models import Entry, Reacted
from pendopo.journal.registry import reaction_named

log = logging.getLogger(__name__)
FINISHED_JOBS_KEPT_HOURS = 72


@app.task(retry=RetryStrategy(max_attempts=12, exponential_wait=2))
def react(entry_id: int, reaction: str) -> None:
    """Runs one reaction to one entry, and notes it afterwards; a second run finds the note."""
    if Reacted.objects.filter(entry_id=entry_id, reaction=reaction).exists():
        return
    reaction_named(reaction).handler(Entry.objects.get(pk=entry_id))
    with transaction.atomic():
        Reacted.objects.get_or_create(
            entry_id=entry_id, reaction=reaction, defaults={"at": clock.now()}
        )


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Gives jobs of a worker that died to another one."""
    for job in await context.app.job_manager.get_stalled_jobs():
        log.warning("job %s (%s) lost its worker, trying again", job.id, job.task_name)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Deletes finished jobs after :data:`FINISHED_JOBS_KEPT_HOURS`."""
    await context.app.job_manager.delete_old_jobs(nb_hours=FINISHED_JOBS_KEPT_HOURS)
