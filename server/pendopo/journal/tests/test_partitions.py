"""A journal of years: made ahead, dropped when expired, and no sooner."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal import registry
from pendopo.journal.actions import (
    add_partitions,
    drop_expired_partitions,
    lift_hold,
    place_hold,
    record,
)
from pendopo.journal.models import Entry, Reacted
from pendopo.journal.queries import partition_years, standing_holds
from pendopo.journal.tasks import keep_partitions

THIS_YEAR = clock.now().year
Write = Callable[..., Entry]


@pytest.fixture
def write(db: None, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes an entry in the middle of a year: `write(2011)`."""

    def written(year: int) -> Entry:
        with monkeypatch.context() as patch, transaction.atomic():
            patch.setattr(clock, "now", lambda: datetime(year, 6, 1, tzinfo=UTC))
            return record("test.old", "a:1", "system")

    return written


def _sql(statement: str, *given: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as sql:
        sql.execute(statement, given)
        return list(sql.fetchall())


def _lies_in(entry: Entry) -> str:
    ((table,),) = _sql("SELECT tableoid::regclass::text FROM journal_entry WHERE id = %s", entry.pk)
    return str(table)


@pytest.mark.django_db
def test_this_year_and_the_next_two_are_there() -> None:
    assert partition_years() == [THIS_YEAR, THIS_YEAR + 1, THIS_YEAR + 2]
    assert add_partitions() == []


def test_what_fell_into_the_net_moves_into_its_year(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after years without the yearly task."""
    late, other = write(THIS_YEAR + 3), write(THIS_YEAR + 9)
    assert _lies_in(late) == "journal_entry_other"
    monkeypatch.setattr(clock, "now", lambda: datetime(THIS_YEAR + 1, 1, 1, 4, tzinfo=UTC))
    assert add_partitions() == [THIS_YEAR + 3]
    assert _lies_in(late) == f"journal_entry_{THIS_YEAR + 3}"
    assert _lies_in(other) == "journal_entry_other"
    for table in ("journal_entry_other", f"journal_entry_{THIS_YEAR + 3}"):
        for change in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                _sql(change)


def test_only_expired_years_are_dropped_and_that_is_written_down(write: Write) -> None:
    years = [THIS_YEAR - 12, THIS_YEAR - 11, THIS_YEAR - 10]
    for year in years:
        _sql("SELECT journal_add_year(%s)", year)
    old, older, kept = write(years[1]), write(years[0]), write(years[2])
    for entry in (old, kept):
        Reacted.objects.create(entry=entry, reaction="test", at=clock.now())
    assert drop_expired_partitions(10, "system") == years[:2]
    assert set(Entry.objects.filter(kind="test.old")) == {kept}
    assert [note.entry_id for note in Reacted.objects.filter(reaction="test")] == [kept.pk]
    assert not {years[0], years[1]}.intersection(partition_years())
    dropped = Entry.objects.filter(kind="journal.partition_dropped").order_by("pk")
    assert [(entry.subject, entry.facts["entries"]) for entry in dropped] == [
        (f"journal.year:{years[0]}", 1),
        (f"journal.year:{years[1]}", 1),
    ]
    assert older.pk != old.pk
    assert drop_expired_partitions(10, "system") == []


def test_a_hold_keeps_everything_until_it_is_lifted(write: Write) -> None:
    year = THIS_YEAR - 15
    _sql("SELECT journal_add_year(%s)", year)
    entry = write(year)
    hold = place_hold("  Perkara   12/2026 ", "people.account:1")
    assert hold.reason == "Perkara 12/2026"
    with pytest.raises(Refused, match="journal_held"):
        drop_expired_partitions(10, "system")
    with pytest.raises(DatabaseError, match="under a hold"), transaction.atomic():
        _sql("SELECT journal_drop_year(%s)", year)
    keep_partitions()
    assert Entry.objects.filter(pk=entry.pk).exists()
    assert lift_hold(hold.pk, "people.account:1")
    assert not lift_hold(hold.pk, "people.account:1")
    assert standing_holds() == []
    keep_partitions()
    assert not Entry.objects.filter(pk=entry.pk).exists()
    kinds = Entry.objects.filter(subject=f"journal.hold:{hold.pk}").values_list("kind", flat=True)
    assert sorted(kinds) == ["journal.hold_lifted", "journal.hold_placed"]


@pytest.mark.django_db
def test_a_hold_needs_a_reason() -> None:
    with pytest.raises(Refused, match="hold_reason_required"):
        place_hold(" \x00 ", "system")


@pytest.mark.django_db
def test_two_years_are_kept_whatever_is_asked_for() -> None:
    with pytest.raises(Refused, match="retention_too_short"):
        drop_expired_partitions(1, "system")
    for year in (THIS_YEAR, THIS_YEAR - 1):
        _sql("SELECT journal_add_year(%s)", year)
        with pytest.raises(DatabaseError, match="two years"), transaction.atomic():
            _sql("SELECT journal_drop_year(%s)", year)


def test_a_higher_app_says_how_long(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_retention", [*registry._retention])
    year = THIS_YEAR - 5
    _sql("SELECT journal_add_year(%s)", year)
    write(year)
    keep_partitions()
    assert year in partition_years()
    registry.keep_for(lambda: 3)
    keep_partitions()
    assert year not in partition_years()


@pytest.mark.django_db(transaction=True)
def test_rather_than_make_all_writers_wait_a_year_is_not_made() -> None:
    """A long reader holds the table; whoever queues behind it would hold up every entry."""
    reading, may_end = threading.Event(), threading.Event()

    def read() -> None:
        try:
            with transaction.atomic():
                Entry.objects.first()
                reading.set()
                assert may_end.wait(30)
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert reading.wait(20)
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            _sql("SELECT journal_add_year(%s)", THIS_YEAR + 5)
    finally:
        may_end.set()
        reader.join(20)
    assert THIS_YEAR + 5 not in partition_years()
    with transaction.atomic():
        record("test.old", "a:1", "system")


def _migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("journal", name)])


@pytest.mark.django_db(transaction=True)
def test_an_existing_journal_moves_with_its_numbers_and_back() -> None:
    insert = (
        "INSERT INTO journal_entry (at, kind, subject, actor, facts)"
        " SELECT make_timestamptz(2023 + n %% 4, 1 + n %% 12, 1, 0, 0, 0, 'UTC'), 'test.moved',"
        " 'a:' || n, 'system', '{}' FROM generate_series(1, 3000) n"
    )
    content = "SELECT id, at, kind, subject, actor, facts, transaction_id FROM journal_entry"
    ordered = f"{content} WHERE kind = 'test.moved' ORDER BY id"
    try:
        _migrate("0002_append_only")
        _sql(f"{insert} RETURNING id")
        (first,) = _sql("SELECT min(id) FROM journal_entry WHERE kind = 'test.moved'")
        _sql(
            "INSERT INTO journal_reacted (entry_id, reaction, at)"
            " VALUES (%s, 'test', now()) RETURNING id",
            first[0],
        )
        before = _sql(ordered)
        _migrate("0003_partitions")
        assert _sql(ordered) == before
        assert {2023, 2024, 2025, 2026} <= set(partition_years())
        ((in_net,),) = _sql("SELECT count(*) FROM journal_entry_other")
        assert in_net == 0
        with transaction.atomic():
            entry = record("test.moved", "a:new", "system")
        assert entry.pk == before[-1][0] + 1
        after = _sql(ordered)
        _migrate("0002_append_only")
        assert _sql(ordered) == after
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            _sql("DELETE FROM journal_entry RETURNING id")
        with transaction.atomic():
            record("test.moved", "a:newer", "system")
    finally:
        _migrate("0003_partitions")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        _sql("DELETE FROM journal_entry RETURNING id")
