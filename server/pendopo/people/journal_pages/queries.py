"""Entries of the journal with the names that people have now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from pendopo.foundation.csv_file import stamp
from pendopo.foundation.errors import Refused
from pendopo.journal.models import Entry
from pendopo.journal.queries import Filter, newest_entries
from pendopo.journal.trails import Name, facts_of, names_of, sentence, subjects_of
from pendopo.people.models import Person

MOST_FOUND = 50


@dataclass(frozen=True)
class Party:
    """Whom or what an entry is about, or who did it: a pseudonym, and what it is called now."""

    key: str
    name: str
    person: UUID | None

    @property
    def is_row(self) -> bool:
        """Whether it stands for a row, about which there may be more entries."""
        return ":" in self.key


@dataclass(frozen=True)
class EntryRow:
    """An entry as it is read."""

    id: int
    at: datetime
    kind: str
    sentence: str
    subject: Party
    actor: Party
    facts: list[tuple[str, str]]


def entry_rows(entries: Iterable[Entry]) -> list[EntryRow]:
    """Entries in words. One query for each model among their subjects and actors."""
    entries = list(entries)
    called = names_of(subject for entry in entries for subject in (entry.subject, entry.actor))

    def party(key: str) -> Party:
        name: Name = called[key]
        return Party(key, name.text, name.person)

    return [
        EntryRow(
            entry.pk, entry.at, entry.kind, sentence(entry.kind),
            party(entry.subject), party(entry.actor), facts_of(entry),
        )
        for entry in entries
    ]  # fmt: skip


def person_with(person_id: UUID) -> Person:
    """Raises ``Refused('not_found')``. An erased person is still found, without a name."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused("not_found")
    return person


def persons_among(subjects: Iterable[str]) -> list[Person]:
    """The persons behind these subjects. A query for each kind of subject, and one for all."""
    named = names_of(subjects).values() if subjects else ()
    return list(Person.objects.filter(pk__in={each.person for each in named if each.person}))


def persons_like(text: str) -> list[Person]:
    """Persons whose name or e-mail contains the text, newest first, at most :data:`MOST_FOUND`.

    One query; their accounts are loaded.
    """
    found = Person.objects.filter(Q(name__icontains=text) | Q(account__email__icontains=text))
    return list(found.select_related("account").order_by("-pk")[:MOST_FOUND])


def everything_about(person: Person) -> Filter:
    """All entries in which a person is the subject or the actor."""
    return Filter(about=subjects_of(person.pk))


def trail_lines(person: Person) -> Iterator[list[object]]:
    """A person's trail for a file, newest first: everyone else in it stays a pseudonym."""
    wanted, before = everything_about(person), None
    while True:
        entries, before = newest_entries(wanted, before)
        for row in entry_rows(entries):
            yield [
                stamp(row.at), row.sentence, _named_for(person, row.subject),
                _named_for(person, row.actor), _in_words(row.facts),
                row.kind, row.subject.key, row.actor.key, row.id,
            ]  # fmt: skip
        if before is None:
            return


def _named_for(person: Person, party: Party) -> str:
    """A person may see the own trail, but not who else the office keeps a name of."""
    if party.person not in {None, person.pk}:
        return gettext("another person")
    return party.name


def _in_words(facts: list[tuple[str, str]]) -> str:
    return "; ".join(f"{label}: {value}" for label, value in facts)
