"""The journal's promises, with the real PostgreSQL."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from pendopo.journal import registry
from pendopo.journal.actions import record
from pendopo.journal.models import Entry, Reacted
from pendopo.journal.queries import Cursor, entries_after
from pendopo.journal.tasks import react

handled: list[int] = []


@registry.reacts_to("test.happened")
def _count(entry: Entry) -> None:
    handled.append(entry.pk)


REACTION = f"{__name__}._count"


def _jobs(entry: Entry) -> int:
    with connection.cursor() as sql:
        sql.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'entry_id' = %s", [str(entry.pk)]
        )
        return int(sql.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_recording_needs_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record("test.happened", "a:1", "system")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_fact_leaves_neither_entry_nor_job() -> None:
    with transaction.atomic():
        entry = record("test.happened", "a:1", "system")
        transaction.set_rollback(True)
    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert _jobs(entry) == 0


@pytest.mark.django_db
def test_a_fact_enqueues_its_reactions_and_no_others() -> None:
    with transaction.atomic():
        heard = record("test.happened", "a:1", "system", number=3)
        unheard = record("test.nobody_cares", "a:1", "system")
    assert heard.facts == {"number": 3}
    assert _jobs(heard) == 1
    assert _jobs(unheard) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(change: str) -> None:
    with transaction.atomic():
        entry = record("test.happened", "a:1", "system")
    rows = Entry.objects.filter(pk=entry.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(kind="other") if change == "update" else rows.delete()
    assert rows.get().kind == "test.happened"


@pytest.mark.django_db
def test_a_reaction_acts_once_per_entry() -> None:
    with transaction.atomic():
        entry = record("test.happened", "a:1", "system")
    react(entry_id=entry.pk, reaction=REACTION)
    react(entry_id=entry.pk, reaction=REACTION)
    assert handled.count(entry.pk) == 1


@pytest.mark.django_db
def test_a_failed_reaction_is_not_noted_as_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(entry: Entry) -> None:
        raise ConnectionError

    with transaction.atomic():
        entry = record("test.happened", "a:1", "system")
    with monkeypatch.context() as patch:
        patch.setitem(registry._BY_NAME, REACTION, registry.Reaction(REACTION, fails, 0))
        with pytest.raises(ConnectionError):
            react(entry_id=entry.pk, reaction=REACTION)
    assert not Reacted.objects.filter(entry=entry).exists()
    react(entry_id=entry.pk, reaction=REACTION)
    assert handled.count(entry.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_the_feed_skips_no_entry_that_commits_late() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            record("test.nobody_cares", "slow:1", "system")
            written.set()
            may_commit.wait(10)
        connection.close()

    _, start = entries_after(Cursor(), limit=10_000)
    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert written.wait(10)
    with transaction.atomic():
        record("test.nobody_cares", "quick:1", "system")
    early, cursor = entries_after(start)
    may_commit.set()
    writer.join()
    late, _ = entries_after(cursor)
    assert [e.subject for e in early] == []
    assert sorted(e.subject for e in late) == ["quick:1", "slow:1"]
