"""How a letter goes from desk to desk."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum


class AssignmentState(StrEnum):
    """What became of a letter on somebody's desk."""

    WAITING = "waiting"
    PASSED_ON = "passed_on"
    DONE = "done"
    RETURNED = "returned"


def next_duty(chain: Sequence[str], duties: Iterable[str]) -> str | None:
    """To whom a letter goes next by the office's chain, from somebody with these duties.

    From somebody outside of the chain, such as who registers, it goes to the first; after the last
    there is nobody.
    """
    held = set(duties)
    steps = [place for place, duty in enumerate(chain) if duty in held]
    if not steps:
        return chain[0] if chain else None
    return chain[max(steps) + 1] if max(steps) + 1 < len(chain) else None


def is_overdue(due_on: date | None, today: date) -> bool:
    """Whether the day by which it was due is over."""
    return due_on is not None and due_on < today
