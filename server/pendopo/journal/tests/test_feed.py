"""The feed skips no entry, however the writers' commits interleave."""

import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from pendopo.foundation import clock
from pendopo.journal.actions import record
from pendopo.journal.queries import Cursor, entries_after

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ENTRIES = 6, 40
KIND = "test.nobody_cares"


class Writer(threading.Thread):
    """Writes one entry, and commits it when it may."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject
        self.written, self.may_commit = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                record(KIND, self.subject, "system")
                self.written.set()
                assert self.may_commit.wait(20)
        finally:
            connection.close()


@pytest.fixture
def start() -> Cursor:
    """Behind all that other tests have left."""
    return entries_after(Cursor(), limit=100_000)[1]


def _commit(writer: Writer) -> None:
    writer.may_commit.set()
    writer.join(20)


def _begin(subject: str) -> Writer:
    writer = Writer(subject)
    writer.start()
    assert writer.written.wait(20)
    return writer


def test_an_entry_that_commits_late_is_not_skipped(start: Cursor) -> None:
    slow = _begin("slow:1")
    quick = _begin("quick:1")
    _commit(quick)
    early, cursor = entries_after(start)
    _commit(slow)
    late, _ = entries_after(cursor)
    assert [entry.subject for entry in early] == []
    assert [entry.subject for entry in late] == ["slow:1", "quick:1"]


def test_not_even_across_new_year(start: Cursor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two entries lie in different partitions, the later time in the earlier transaction."""
    year = clock.now().year
    times: Iterator[datetime] = iter(
        [datetime(year + 1, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, 59, tzinfo=UTC)]
    )
    monkeypatch.setattr(clock, "now", lambda: next(times))
    next_year = _begin("next:1")
    this_year = _begin("this:1")
    _commit(this_year)
    assert entries_after(start)[0] == []
    _commit(next_year)
    found, _ = entries_after(start)
    assert [(entry.subject, entry.at.year - year) for entry in found] == [
        ("next:1", 1),
        ("this:1", 0),
    ]


def test_many_writers_and_a_reader_that_never_rests(start: Cursor) -> None:
    """Each entry exactly once, though every second transaction commits after a later one."""

    def write(number: int) -> None:
        chance = random.Random(number)
        try:
            for each in range(ENTRIES):
                with transaction.atomic(), connection.cursor() as sql:
                    if chance.random() < 0.2:
                        sql.execute("SELECT pg_current_xact_id()")  # an id before the others'
                    sql.execute("SELECT pg_sleep(%s)", [chance.random() * 0.01])
                    record(KIND, f"writer:{number}-{each}", "system")
                    sql.execute("SELECT pg_sleep(%s)", [chance.random() * 0.01])
                    transaction.set_rollback(chance.random() < 0.1)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[n]) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    read: list[int] = []
    cursor = start
    while any(writer.is_alive() for writer in writers):
        entries, cursor = entries_after(cursor, limit=7)
        read += [entry.pk for entry in entries]
    while True:
        entries, cursor = entries_after(cursor)
        if not entries:
            break
        read += [entry.pk for entry in entries]
    with connection.cursor() as sql:
        sql.execute("SELECT id FROM journal_entry WHERE kind = %s ORDER BY id", [KIND])
        written = [pk for (pk,) in sql.fetchall()]
    assert len(written) > WRITERS * ENTRIES / 2
    assert len(read) == len(set(read))
    assert sorted(read) == written
