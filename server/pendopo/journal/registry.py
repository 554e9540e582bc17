"""Which reactions follow which kinds of entry, and how long entries are kept."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pendopo.journal.rules import KEPT_BY_DEFAULT

if TYPE_CHECKING:
    from pendopo.journal.models import Entry

Handler = Callable[["Entry"], None]


@dataclass(frozen=True)
class Reaction:
    """A function that an app runs, in the worker, when the journal says something.

    Without ``outside`` it writes the database only: it runs in one transaction with the note that
    it is done, and therefore acts once. With ``outside`` it also asks another system, which no
    transaction can take back: it may run twice for one entry and must then do nothing the second
    time.
    """

    name: str
    handler: Handler
    priority: int
    outside: bool = False


_BY_KIND: dict[str, list[Reaction]] = defaultdict(list)
_BY_NAME: dict[str, Reaction] = {}


def reacts_to(
    *kinds: str, priority: int = 0, outside: bool = False
) -> Callable[[Handler], Handler]:
    """Registers a handler in an app's ``reactions`` module; a higher priority runs first."""

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__name__}"
        reaction = Reaction(name, handler, priority, outside)
        _BY_NAME[reaction.name] = reaction
        for kind in kinds:
            _BY_KIND[kind].append(reaction)
        return handler

    return register


def reactions_to(kind: str) -> list[Reaction]:
    """The reactions to a kind of entry, in the order of registration."""
    return list(_BY_KIND.get(kind, ()))


def reaction_named(name: str) -> Reaction:
    """Raises ``KeyError`` for a reaction that the code no longer has."""
    return _BY_NAME[name]


def reaction_names() -> list[str]:
    """All reactions, by name."""
    return sorted(_BY_NAME)


_retention: list[Callable[[], int]] = [lambda: KEPT_BY_DEFAULT]


def keep_for(years: Callable[[], int]) -> None:
    """Lets a higher app say for how many years entries are kept; asked before each dropping."""
    _retention[0] = years


def retention_years() -> int:
    """For how many years entries are kept."""
    return _retention[0]()
