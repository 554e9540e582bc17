"""Reactions in a real worker that is killed in the middle."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.journal.actions import record
from pendopo.journal.models import Entry, FailedTry, Reacted
from pendopo.journal.queries import stuck_jobs
from pendopo.journal.rules import Trouble
from pendopo.journal.tasks import retry_stalled_jobs
from tests.flows import stubborn_worker
from tests.plugins.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    """Django does not empty the queue's tables: other tests leave jobs there, and dead workers."""
    with connection.cursor() as sql:
        sql.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
            " procrastinate_workers"
        )


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """Starts workers on the database of the tests."""
    name, test_name = "/pendopo?", f"/{connection.settings_dict['NAME']}?"
    url = os.environ["DATABASE_URL"]
    if name not in url:
        pytest.skip("the database is not the tests' own")
    started = []

    def start() -> subprocess.Popen[bytes]:
        started.append(stubborn_worker.start(tmp_path, url.replace(name, test_name)))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def _record(kind: str) -> Entry:
    with transaction.atomic():
        return record(kind, "a:1", "system")


def _let_time_pass() -> None:
    """The dead worker gave no sign for longer than anybody waits; the minute's task comes round."""
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")
    with suppress(AlreadyEnqueued):  # the worker's own clock was quicker
        queue.configure_task(
            retry_stalled_jobs.name, queueing_lock=retry_stalled_jobs.queueing_lock
        ).defer(timestamp=0)


@pytest.mark.parametrize("step", ["write", "ask"])
def test_killed_in_the_middle_it_runs_again(
    step: str, start_worker: StartWorker, tmp_path: Path
) -> None:
    """What it wrote to the database is there once; what it did outside was done twice."""
    entry = _record(f"test.slow_{step}")
    (tmp_path / "hang").touch()
    worker = start_worker()
    until((tmp_path / f"{step}-reached").exists, "the reaction is in the middle", 60)
    worker.kill()
    worker.wait()
    assert not Reacted.objects.filter(entry=entry).exists()
    assert not Entry.objects.filter(kind="test.written").exists()
    _let_time_pass()
    assert len(stuck_jobs().dead_workers) == 1
    (tmp_path / "hang").unlink()
    assert start_worker().wait(90) == 0
    assert Reacted.objects.filter(entry=entry).count() == 1
    if step == "write":
        assert Entry.objects.filter(kind="test.written").count() == 1
    else:
        assert (tmp_path / "asked").read_text() == f"{entry.pk}\n" * 2
    assert start_worker().wait(90) == 0
    assert Reacted.objects.filter(entry=entry).count() == 1


def test_a_twin_waits_and_then_does_nothing(start_worker: StartWorker, tmp_path: Path) -> None:
    """A worker that was only slow, and was given up too early."""
    entry = _record("test.slow_write")
    (tmp_path / "hang").touch()
    slow = start_worker()
    until((tmp_path / "write-reached").exists, "the reaction is in the middle", 60)
    (tmp_path / "write-reached").unlink()
    _let_time_pass()
    twin = start_worker()
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"

    def _waits() -> bool:
        with connection.cursor() as sql:
            sql.execute(waiting, ["%journal_reacted%"])
            return sql.fetchone() is not None

    until(_waits, "the twin waits for the note", 60)
    assert not (tmp_path / "write-reached").exists()
    (tmp_path / "hang").unlink()
    # Which of them may say that the job is done is chance, and the other one ends with an error.
    assert 0 in {slow.wait(90), twin.wait(90)}
    assert Entry.objects.filter(kind="test.written").count() == 1
    assert Reacted.objects.filter(entry=entry).count() == 1


def _follow_jobs() -> list[tuple[str, int]]:
    """State and failed tries of the jobs that follow what a reaction wrote."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE args->>'reaction' = %s",
            [f"{stubborn_worker.__name__}.follow"],
        )
        return list(sql.fetchall())


def test_what_follows_a_reaction_is_queued_when_that_commits(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    _record("test.slow_write")
    (tmp_path / "hang").touch()
    worker = start_worker()
    until((tmp_path / "write-reached").exists, "the reaction has written", 60)
    assert _follow_jobs() == []
    worker.kill()
    worker.wait()
    assert _follow_jobs() == []
    _let_time_pass()
    (tmp_path / "hang").unlink()
    assert start_worker().wait(90) == 0
    assert Entry.objects.filter(kind="test.followed").count() == 1
    ((status, tries),) = _follow_jobs()
    assert (status, tries) == ("succeeded", 1)  # the first try found its entry


def test_what_a_failed_reaction_wrote_has_no_job(start_worker: StartWorker) -> None:
    _record("test.fails_late")
    assert start_worker().wait(90) == 0
    assert not Entry.objects.filter(kind="test.written").exists()
    assert _follow_jobs() == []


@pytest.mark.parametrize("is_due", [False, True])
def test_why_it_failed_is_kept_without_its_words(start_worker: StartWorker, is_due: bool) -> None:
    """Also when the worker took longer to end than the two seconds to the next try."""
    entry = _record("test.fails")
    assert start_worker().wait(90) == 0
    with connection.cursor() as sql:
        sql.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() + make_interval(secs => %s)"
            " WHERE status = 'todo'",
            [-1 if is_due else 60],
        )
    (job,) = [job for job in stuck_jobs().jobs if job.entry == entry]
    assert job.trouble is Trouble.RETRYING
    assert job.error == "ValueError"
    assert FailedTry.objects.get(pk=job.id).error == "ValueError"
