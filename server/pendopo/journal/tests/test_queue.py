"""What is stuck is seen, and is set going again or given up."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue
from pytest_django import DjangoAssertNumQueries

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal import registry
from pendopo.journal.actions import cancel_job, record, retry_job
from pendopo.journal.models import Entry, FailedTry
from pendopo.journal.queries import StuckJob, stuck_jobs
from pendopo.journal.rules import Trouble
from pendopo.journal.tasks import forget_failed_tries

pytestmark = pytest.mark.django_db
TASK = "pendopo.foundation.tasks.forget_replies"


@registry.reacts_to("test.queued")
def _nothing(entry: Entry) -> None:
    """Is never run here."""


def _job(status: str, age: timedelta = timedelta(0), attempts: int = 0, lock: str = "") -> int:
    """A job that came into this state so long ago."""
    since = clock.now() - age
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, status, attempts, queueing_lock, args)"
            " VALUES ('default', %s, %s, %s, nullif(%s, ''), '{}') RETURNING id",
            [TASK, status, attempts, lock],
        )
        (pk,) = sql.fetchone()
        sql.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [pk])
        sql.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', %s)",
            [pk, since],
        )
    return int(pk)


def _status(job: int) -> str:
    with connection.cursor() as sql:
        sql.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(sql.fetchone()[0])


def _found() -> dict[int, StuckJob]:
    return {job.id: job for job in stuck_jobs().jobs}


def test_each_kind_of_trouble_and_no_healthy_job() -> None:
    assert stuck_jobs().total == 0
    minute = timedelta(minutes=1)
    failed, running, waiting = _job("failed"), _job("doing", 11 * minute), _job("todo", 6 * minute)
    for healthy in ("succeeded", "cancelled"):
        _job(healthy, 60 * minute)
    _job("doing", 9 * minute)
    _job("todo", 4 * minute)
    planned, retrying = [
        queue.configure_task(TASK, schedule_in={"minutes": 3}, queueing_lock=lock).defer()
        for lock in ("planned", "retrying")
    ]
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_jobs SET attempts = 2 WHERE id = %s", [retrying])
    found = _found()
    assert {pk: job.trouble for pk, job in found.items()} == {
        failed: Trouble.FAILED,
        running: Trouble.RUNNING,
        waiting: Trouble.WAITING,
        retrying: Trouble.RETRYING,
    }
    assert planned not in found
    assert found[retrying].tries == 2
    assert found[retrying].next_try is not None
    assert list(found) == [failed, running, waiting, retrying]  # the worst first
    assert stuck_jobs().counts == dict.fromkeys(Trouble, 1)


def test_a_dead_worker_is_seen() -> None:
    with connection.cursor() as sql:
        sql.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        sql.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 min')"
        )
    assert len(stuck_jobs().dead_workers) == stuck_jobs().total == 1


def test_a_stuck_reaction_names_its_entry_and_why_it_failed() -> None:
    with transaction.atomic():
        entry = record("test.queued", "a:1", "system")
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_jobs SET status = 'failed' RETURNING id")
        (pk,) = sql.fetchone()
    FailedTry.objects.create(job_id=pk, error="Refused: media_unavailable", at=clock.now())
    job = _found()[pk]
    assert job.entry == entry
    assert job.reaction == f"{__name__}._nothing"
    assert job.error == "Refused: media_unavailable"
    retry_job(pk, "people.account:1")
    retried = Entry.objects.get(kind="job.retried")
    assert retried.facts["entry"] == entry.pk
    assert retried.actor == "people.account:1"


@pytest.mark.parametrize("many", [1, 40])
def test_the_list_takes_four_queries(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        with transaction.atomic():
            record("test.queued", f"a:{number}", "system")
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    with django_assert_num_queries(4):
        stuck = stuck_jobs()
    assert len([job for job in stuck.jobs if job.entry]) == stuck.counts[Trouble.FAILED] == many


def test_a_failed_job_is_tried_again_once() -> None:
    job = _job("failed", attempts=12)
    retry_job(job, "people.account:1")
    assert _status(job) == "todo"
    assert job not in _found()  # it runs at once
    with pytest.raises(Refused, match="job_not_failed"):
        retry_job(job, "people.account:1")
    assert Entry.objects.filter(kind="job.retried", subject=f"job:{job}").count() == 1


def test_what_failed_and_waits_for_its_turn_is_seen_until_a_person_begins_anew() -> None:
    job = _job("todo", attempts=2)
    assert job not in _found()
    FailedTry.objects.create(job_id=job, error="ConnectionError", at=clock.now())
    assert _found()[job].trouble is Trouble.RETRYING
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
    retry_job(job, "people.account:1")
    assert job not in _found()


def test_a_job_whose_twin_waits_is_not_needed() -> None:
    job = _job("failed", lock="one")
    _job("todo", lock="one")
    with pytest.raises(Refused, match="job_waits_already"):
        retry_job(job, "people.account:1")
    assert _status(job) == "failed"
    assert not Entry.objects.filter(kind="job.retried").exists()


def test_a_failed_job_is_given_up() -> None:
    job = _job("failed")
    cancel_job(job, "people.account:1")
    assert _status(job) == "cancelled"
    assert stuck_jobs().total == 0
    with pytest.raises(Refused, match="job_not_failed"):
        cancel_job(job, "people.account:1")
    assert Entry.objects.get(kind="job.cancelled").facts == {"task": TASK}


@pytest.mark.parametrize("status", ["todo", "doing", "succeeded"])
def test_only_failed_jobs_are_touched(status: str) -> None:
    job = _job(status)
    for act in (retry_job, cancel_job):
        with pytest.raises(Refused, match="job_not_failed"):
            act(job, "people.account:1")
    assert _status(job) == status


def test_notes_about_jobs_that_are_gone_are_forgotten() -> None:
    job = _job("failed")
    for pk in (job, job + 1000):
        FailedTry.objects.create(job_id=pk, error="ConnectionError", at=clock.now())
    forget_failed_tries()
    assert [note.job_id for note in FailedTry.objects.all()] == [job]
