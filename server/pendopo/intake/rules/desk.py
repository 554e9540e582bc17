"""What waits on a desk, and for what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pendopo.intake.rules.dispositions import is_overdue
from pendopo.intake.rules.states import RequestState


class Work(StrEnum):
    """What a letter on a desk waits for; the office's own wait for the last two."""

    REGISTER = "register"
    SEND_ON = "send_on"
    HANDLE = "handle"
    DECIDE = "decide"
    SIGN = "sign"
    INITIAL = "initial"


@dataclass(frozen=True)
class Reach:
    """What somebody's duties say about a desk: registering, and standing first in the chain."""

    registers: bool
    is_first: bool


# After it was passed on, a letter lies with somebody, or with the first of the chain again.
AFTER_PASSING_ON = (RequestState.DISPOSED, RequestState.UNDER_REVIEW)
# States in which a letter can lie on a desk at all.
WAITING_STATES = (RequestState.SUBMITTED, RequestState.REGISTERED, *AFTER_PASSING_ON)


def work_of(
    state: str, reach: Reach, is_assigned: bool, lies_somewhere: bool, *, came_late: bool = False
) -> Work | None:
    """What a request waits for on this desk; ``None`` when it does not lie there.

    A letter that was passed on and that nobody has any more comes back to the first of the chain,
    so that none is forgotten. One that ``came_late``, after its request went ahead on the urgent
    path, waits for the register wherever the request stands, after what is to be done with that.
    """
    found = _work_of(state, reach, is_assigned, lies_somewhere)
    if found is None and came_late and reach.registers:
        return Work.REGISTER
    return found


def _work_of(state: str, reach: Reach, is_assigned: bool, lies_somewhere: bool) -> Work | None:
    if state == RequestState.SUBMITTED:
        return Work.REGISTER if reach.registers else None
    if state == RequestState.REGISTERED:
        if is_assigned:
            return Work.HANDLE
        return Work.SEND_ON if reach.registers or reach.is_first else None
    if state not in AFTER_PASSING_ON:
        return None
    if is_assigned:
        return Work.HANDLE
    return Work.DECIDE if reach.is_first and not lies_somewhere else None


def days_waiting(since: date, today: date) -> int:
    """How many days something has waited; 0 for today."""
    return max((today - since).days, 0)


def days_over(due_on: date | None, today: date) -> int:
    """By how many days it is overdue; 0 while it is not."""
    return (today - due_on).days if due_on is not None and is_overdue(due_on, today) else 0
