"""The worker of a running office forgets what is long done."""

import psycopg

from pendopo.journal.tasks import FINISHED_JOBS_KEPT_HOURS
from pendopo.project.postgres import Cluster
from tests.plugins.office import Office
from tests.plugins.waiting import until

INSERT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)
VALUES ('default', %s, %s, '{"timestamp": 0}') RETURNING id
"""
SINCE = """
INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - make_interval(hours => %s))
"""  # noqa: E501


def finished(connection: psycopg.Connection, status: str, hours: int) -> int:
    """A job that came to its end so long ago."""
    task = "pendopo.foundation.tasks.forget_replies"
    row = connection.execute(INSERT, [task, status]).fetchone()
    assert row
    connection.execute("DELETE FROM procrastinate_events WHERE job_id = %s", row)
    connection.execute(SINCE, [row[0], status, hours])
    return int(row[0])


def test_finished_jobs_are_pruned_and_failed_ones_stay(office: Office) -> None:
    kept = FINISHED_JOBS_KEPT_HOURS
    with psycopg.connect(Cluster(office.data).url, autocommit=True) as connection:
        old = finished(connection, "succeeded", kept + 1)
        stay = {
            finished(connection, "succeeded", kept - 1),
            finished(connection, "failed", kept + 1),
        }

        def left() -> set[int]:
            rows = connection.execute("SELECT id FROM procrastinate_jobs WHERE id >= %s", [old])
            return {int(pk) for (pk,) in rows}

        connection.execute(INSERT, ["pendopo.journal.tasks.forget_finished_jobs", "todo"])
        until(lambda: old not in left(), "the old job is gone")
        assert stay <= left()
        connection.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [list(stay)])
