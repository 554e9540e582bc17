"""Reading the journal, and what is stuck behind it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from pendopo.foundation import clock
from pendopo.journal.models import Entry, Hold
from pendopo.journal.rules import RUNS_TOO_LONG, WAITS_TOO_LONG, WORKER_IS_DEAD, Trouble

PAGE = 200


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in the feed: everything up to and including this entry was handed out."""

    transaction_id: int = 0
    entry_id: int = 0


def entries_after(cursor: Cursor, limit: int = 100) -> tuple[list[Entry], Cursor]:
    """Entries in the order of their transactions, and the cursor behind the last of them.

    Hands out only what no running transaction can still precede: an entry that commits late has a
    transaction id at or above the oldest running one, and is therefore never skipped.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = sql.fetchone()
    entries = list(
        Entry.objects.filter(transaction_id__lt=oldest_running)
        .extra(
            where=["(transaction_id, id) > (%s, %s)"],
            params=[cursor.transaction_id, cursor.entry_id],
        )
        .order_by("transaction_id", "id")[:limit]
    )
    if not entries:
        return [], cursor
    return entries, Cursor(entries[-1].transaction_id, entries[-1].pk)


@dataclass(frozen=True)
class Filter:
    """Which entries to show. Empty fields choose nothing; ``until`` is not included."""

    kinds: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    about: Collection[str] = ()  # as subject or as actor


def newest_entries(
    wanted: Filter, before: int | None = None, limit: int = PAGE
) -> tuple[list[Entry], int | None]:
    """A page of entries, newest first, and where the next page begins. One query."""
    rows = Entry.objects.all()
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.about:
        rows = rows.filter(Q(subject__in=wanted.about) | Q(actor__in=wanted.about))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


@dataclass(frozen=True)
class Partition:
    """A year of the journal. ``entries`` is PostgreSQL's estimate, or -1 when it has none yet."""

    year: int
    entries: int
    size: int  # bytes


def partitions() -> list[Partition]:
    """The years that have a partition, oldest first. One query."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT substring(child.relname from '[0-9]+$')::integer, child.reltuples::bigint,"
            " pg_total_relation_size(child.oid)"
            " FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
            " WHERE inhparent = 'journal_entry'::regclass AND child.relname ~ '_[0-9]+$'"
            " ORDER BY 1"
        )
        return [Partition(*row) for row in sql.fetchall()]


def partition_years() -> list[int]:
    """The years that have a partition, oldest first. One query."""
    return [partition.year for partition in partitions()]


def standing_holds() -> list[Hold]:
    """The holds that are not lifted, oldest first. One query."""
    return list(Hold.objects.filter(lifted_at=None).order_by("placed_at"))


@dataclass(frozen=True)
class StuckJob:
    """A job that does not get on. ``since`` is when it came into this state."""

    id: int
    task: str
    reaction: str
    trouble: Trouble
    tries: int
    next_try: datetime | None
    since: datetime | None
    error: str
    entry: Entry | None


@dataclass(frozen=True)
class Queue:
    """What is stuck: counts of all, the first :data:`PAGE` jobs, and dead workers' last signs."""

    counts: dict[Trouble, int] = field(default_factory=dict)
    jobs: list[StuckJob] = field(default_factory=list)
    dead_workers: list[datetime] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many jobs and workers are in trouble."""
        return sum(self.counts.values()) + len(self.dead_workers)

    @property
    def more(self) -> int:
        """How many stuck jobs are not in the list."""
        return sum(self.counts.values()) - len(self.jobs)


_STUCK = """
WITH open AS (
    SELECT job.id, job.task_name, job.args, job.attempts, job.scheduled_at, job.status,
        failed.error,
        (SELECT max(event.at) FROM procrastinate_events event
          WHERE event.job_id = job.id AND event.type <> 'scheduled') AS since
    FROM procrastinate_jobs job LEFT JOIN journal_failedtry failed ON failed.job_id = job.id
    WHERE job.status IN ('failed', 'todo', 'doing')
), stuck AS (
    SELECT open.*, CASE
        WHEN status = 'failed' THEN 'failed'
        WHEN status = 'doing' AND since < %(runs_since)s THEN 'running'
        WHEN status = 'todo' AND coalesce(scheduled_at, since) < %(waits_since)s THEN 'waiting'
        -- Also when its time has come and nobody has taken it yet.
        WHEN status = 'todo' AND attempts > 0 AND (scheduled_at > %(now)s OR error IS NOT NULL)
            THEN 'retrying'
    END AS trouble FROM open
)
SELECT id, task_name, args->>'entry_id', coalesce(args->>'reaction', ''), trouble, attempts,
    CASE WHEN status = 'todo' THEN scheduled_at END, since, coalesce(error, '')
FROM stuck
WHERE trouble IS NOT NULL
"""


def stuck_jobs() -> Queue:
    """What is stuck now. Four queries, however much it is."""
    now = clock.now()
    given = {"now": now, "runs_since": now - RUNS_TOO_LONG, "waits_since": now - WAITS_TOO_LONG}
    with connection.cursor() as sql:
        sql.execute(f"SELECT trouble, count(*) FROM ({_STUCK}) AS all_stuck GROUP BY 1", given)  # noqa: S608
        counts = {Trouble(trouble): count for trouble, count in sql.fetchall()}
        order = "array_position(ARRAY['failed', 'running', 'waiting', 'retrying'], trouble)"
        sql.execute(f"{_STUCK} ORDER BY {order}, since, id LIMIT {PAGE}", given)
        rows = sql.fetchall()
        sql.execute(
            "SELECT last_heartbeat FROM procrastinate_workers WHERE last_heartbeat < %s ORDER BY 1",
            [now - WORKER_IS_DEAD],
        )
        dead_workers = [heartbeat for (heartbeat,) in sql.fetchall()]
    entries = Entry.objects.in_bulk([int(row[2]) for row in rows if row[2]])
    return Queue(counts, list(_stuck(rows, entries)), dead_workers)


def _stuck(rows: list[Any], entries: dict[int, Entry]) -> Iterable[StuckJob]:
    for pk, task, entry_id, reaction, trouble, tries, next_try, since, error in rows:
        yield StuckJob(
            pk, task, reaction, Trouble(trouble), tries, next_try, since, error,
            entries.get(int(entry_id)) if entry_id else None,
        )  # fmt: skip
