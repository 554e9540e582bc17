"""Putting work on the queue together with what makes it necessary."""

from collections.abc import Mapping
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

# A worker replaces the app's connector by one with connections of its own: what its tasks put on
# the queue would be there before their transaction has ended, and stay when it is rolled back.
_jobs = JobManager(DjangoConnector())


def enqueue(
    task: str,
    arguments: Mapping[str, str | int],
    *,
    priority: int | None = None,
    lock: str | None = None,
    not_before: datetime | None = None,
) -> int:
    """Puts a job on the queue in the caller's transaction, also inside a worker; its number.

    The job is there when the caller commits and never when it rolls back. Of jobs with the same
    ``lock`` one runs at a time. Raises ``AlreadyEnqueued`` for a task of which one job at most may
    wait.
    """
    deferrer = app.configure_task(task, priority=priority, lock=lock, schedule_at=not_before)
    return JobDeferrer(job=deferrer.job, job_manager=_jobs).defer(**arguments)
