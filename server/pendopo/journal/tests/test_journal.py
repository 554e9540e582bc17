"""The journal's promises, with the real PostgreSQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from pendopo.foundation import clock
from pendopo.journal import registry
from pendopo.journal.actions import record
from pendopo.journal.models import Entry, Reacted
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
@pytest.mark.parametrize("facts", [{"to": "siti@contoh.go.id"}, {"name": "Siti"}])
def test_contacts_and_names_are_refused(facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="personal facts"), transaction.atomic():
        record("test.happened", "a:1", "system", **facts)
    with pytest.raises(ValueError, match="pseudonyms"), transaction.atomic():
        record("test.happened", "siti@contoh.go.id", "system")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["journal_entry", "{partition}"])
@pytest.mark.parametrize(
    "change",
    ["UPDATE {} SET kind = 'other'", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"],
)
def test_the_database_refuses_to_change_an_entry(table: str, change: str) -> None:
    with transaction.atomic():
        entry = record("test.happened", "a:1", "system")
    statement = change.format(table.format(partition=f"journal_entry_{entry.at.year}"))
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(statement)
    assert Entry.objects.get(pk=entry.pk).kind == "test.happened"


@pytest.mark.django_db
def test_every_partition_refuses_to_be_emptied() -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT relid::regclass::text FROM pg_partition_tree('journal_entry')")
        tables = [table for (table,) in sql.fetchall()]
    this_year = clock.now().year
    wanted = {f"journal_entry_{this_year + ahead}" for ahead in range(3)}
    assert set(tables) >= wanted | {"journal_entry", "journal_entry_other"}
    for table in tables:
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as sql,
        ):
            sql.execute(f"TRUNCATE {table}")


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


@registry.reacts_to("test.written")
def _write(entry: Entry) -> None:
    record("test.effect", entry.subject, "system")


@registry.reacts_to("test.asked", outside=True)
def _ask(entry: Entry) -> None:
    record("test.effect", entry.subject, "system")


def _fails_after(reaction: registry.Reaction) -> registry.Reaction:
    def fails(entry: Entry) -> None:
        with transaction.atomic():
            reaction.handler(entry)
        raise ConnectionError

    return registry.Reaction(reaction.name, fails, 0, reaction.outside)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "function", "effects"), [("test.written", _write, 1), ("test.asked", _ask, 2)]
)
def test_a_failure_takes_back_what_the_database_can_take_back(
    kind: str, function: registry.Handler, effects: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{__name__}.{function.__name__}"
    with transaction.atomic():
        entry = record(kind, "a:1", "system")
    with monkeypatch.context() as patch:
        patch.setitem(registry._BY_NAME, name, _fails_after(registry.reaction_named(name)))
        with pytest.raises(ConnectionError):
            react(entry_id=entry.pk, reaction=name)
    assert not Reacted.objects.filter(entry=entry).exists()
    with transaction.atomic():
        react(entry_id=entry.pk, reaction=name)
        react(entry_id=entry.pk, reaction=name)
    assert Entry.objects.filter(kind="test.effect").count() == effects
    assert Reacted.objects.filter(entry=entry).count() == 1
