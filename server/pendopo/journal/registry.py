"""Which reactions follow which kinds of entry."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pendopo.journal.models import Entry

Handler = Callable[["Entry"], None]


@dataclass(frozen=True)
class Reaction:
    """A function that an app runs, in the worker, when the journal says something.

    It may run twice for one entry and must then do nothing the second time.
    """

    name: str
    handler: Handler
    priority: int


_BY_KIND: dict[str, list[Reaction]] = defaultdict(list)
_BY_NAME: dict[str, Reaction] = {}


def reacts_to(*kinds: str, priority: int = 0) -> Callable[[Handler], Handler]:
    """Registers a handler in an app's ``reactions`` module; a higher priority runs first."""

    def register(handler: Handler) -> Handler:
        reaction = Reaction(f"{handler.__module__}.{handler.__name__}", handler, priority)
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
