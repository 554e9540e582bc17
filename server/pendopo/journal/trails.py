"""What the apps say about their entries, in their ``trail`` modules: words for kinds and for work,
names for subjects, and which subjects are one person's.

The journal itself knows none of it, and no name: all is looked up when a page is read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext

from pendopo.journal.models import SYSTEM, Entry

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    """What a fact is called, and how its value is said."""

    label: Words
    say: Callable[[Any], object] = str


@dataclass(frozen=True)
class Area:
    """The kinds that begin with one word: what they are called together and one by one."""

    label: Words
    kinds: Mapping[str, Words]
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Name:
    """What a subject is called now, and the person behind it, if it is one's."""

    text: str
    person: UUID | None = None


Names = Callable[[list[str]], dict[str, Name]]
_areas: dict[str, Area] = {}
_work: dict[str, Words] = {}
_names: dict[str, Names] = {}
_subjects: list[Callable[[UUID], Iterable[str]]] = []


def describe(
    area: str, label: Words, kinds: Mapping[str, Words], facts: Mapping[str, Fact] | None = None
) -> None:
    """Gives words to the kinds ``area.…``. Raises ``ValueError`` when another app has done so."""
    given = Area(label, kinds, facts or {})
    if _areas.setdefault(area, given) != given:
        raise ValueError(f"the area {area!r} is described twice")


def describe_work(words: Mapping[str, Words]) -> None:
    """Gives words to tasks and reactions, by their names."""
    _work.update(words)


def names(model: str) -> Callable[[Names], Names]:
    """Registers who names the subjects ``model:id``: one query for all the given UUIDs."""

    def register(source: Names) -> Names:
        _names[model] = source
        return source

    return register


def subjects_of_person(source: Callable[[UUID], Iterable[str]]) -> Callable[[UUID], Iterable[str]]:
    """Registers who knows the subjects that are a person's, with a fixed number of queries."""
    _subjects.append(source)
    return source


def areas() -> dict[str, Words]:
    """What the areas are called."""
    return {area: given.label for area, given in _areas.items()}


def kinds_in(area: str) -> list[str]:
    """The full kinds of an area; none for one that nobody described."""
    return [f"{area}.{kind}" for kind in _areas[area].kinds] if area in _areas else []


def sentence(kind: str) -> str:
    """The words of a kind; the kind itself when nobody has described it."""
    area, _, rest = kind.partition(".")
    given = _areas.get(area)
    return str(given.kinds.get(rest, kind)) if given else kind


def is_described(kind: str) -> bool:
    """Whether this kind has words."""
    area, _, rest = kind.partition(".")
    return area in _areas and rest in _areas[area].kinds


def work(name: str) -> str:
    """The words of a task or reaction; its name when nobody has described it."""
    return str(_work.get(name, name))


def is_described_work(name: str) -> bool:
    """Whether this task or reaction has words."""
    return name in _work


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """An entry's facts with their labels, in the order in which they were written."""
    area = _areas.get(entry.kind.partition(".")[0])
    known = area.facts if area else {}
    said = []
    for key, value in entry.facts.items():
        fact = known.get(key, Fact(key))
        said.append((str(fact.label), _said(fact, value)))
    return said


def _said(fact: Fact, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(str(fact.say(each)) for each in value)
    return "" if value is None else str(fact.say(value))


def subjects_of(person: UUID) -> list[str]:
    """All subjects that are this person's. As many queries as apps that have some."""
    return [subject for source in _subjects for subject in source(person)]


def names_of(subjects: Iterable[str]) -> dict[str, Name]:
    """What these subjects are called now: one query for each model among them.

    What is gone or has lost its name is called "(erased)".
    """
    ids: dict[str, list[str]] = defaultdict(list)
    for subject in set(subjects):
        model, _, pk = subject.partition(":")
        ids[model].append(pk)
    found: dict[str, Name] = {}
    for model, wanted in ids.items():
        known = _names[model]([pk for pk in wanted if _is_uuid(pk)]) if model in _names else {}
        for pk in wanted:
            subject = f"{model}:{pk}" if pk else model
            named = known.get(pk, Name(_unnamed(model, pk)))
            found[subject] = Name(named.text or gettext("(erased)"), named.person)
    return found


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _unnamed(model: str, pk: str) -> str:
    if model == SYSTEM:
        return gettext("The system")
    if model == "guest":
        return gettext("A guest")
    return "" if model in _names else f"{model} {pk[:8]}".strip()
