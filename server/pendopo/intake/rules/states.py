"""Which step leads a request from which state to which: one table (`docs/concepts.md`).

intake owns the states from DRAFT to APPROVED or REJECTED; from ASSIGNED on the event's sessions
have states of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pendopo.documents.rules import DocumentKind
from pendopo.people.rules import Permission


class RequestState(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    DISPOSED = "disposed"
    UNDER_REVIEW = "under_review"
    NEEDS_COMPLETION = "needs_completion"
    ALTERNATIVE_OFFERED = "alternative_offered"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What somebody does with a request."""

    SUBMIT = "submit"
    REGISTER = "register"
    DISPOSE = "dispose"
    RETURN = "return"
    AUTHORISE = "authorise"
    REVIEW = "review"
    ASK = "ask"
    ANSWER = "answer"
    OFFER = "offer"
    ACCEPT_OFFER = "accept_offer"
    REFUSE_OFFER = "refuse_offer"
    APPROVE = "approve"
    BOOK = "book"
    REJECT = "reject"
    CANCEL = "cancel"


class Who(StrEnum):
    """Who takes a step: the requester by the code, or staff by a permission."""

    REQUESTER = "requester"
    STAFF = "staff"


@dataclass(frozen=True)
class Way:
    """From where a step starts, where it ends, and what it takes.

    ``to`` is ``None`` where a request goes back to the state in which it was asked.
    """

    start: frozenset[RequestState]
    to: RequestState | None
    permission: Permission | None


_S = RequestState
_P = Permission
# Before a decision: in the office's hands.
AT_THE_OFFICE = frozenset({_S.SUBMITTED, _S.REGISTERED, _S.DISPOSED, _S.UNDER_REVIEW})
# Waiting for the requester: the clock stands still.
WITH_THE_REQUESTER = frozenset({_S.NEEDS_COMPLETION, _S.ALTERNATIVE_OFFERED})
OPEN = AT_THE_OFFICE | WITH_THE_REQUESTER
DECIDABLE = frozenset({_S.REGISTERED, _S.DISPOSED, _S.UNDER_REVIEW})

WAYS: dict[Step, Way] = {
    Step.SUBMIT: Way(frozenset({_S.DRAFT}), _S.SUBMITTED, None),
    Step.REGISTER: Way(frozenset({_S.SUBMITTED}), _S.REGISTERED, _P.REGISTER_LETTERS),
    Step.DISPOSE: Way(
        frozenset({_S.REGISTERED, _S.DISPOSED, _S.UNDER_REVIEW}), _S.DISPOSED, _P.DISPOSE_LETTERS
    ),
    Step.RETURN: Way(frozenset({_S.DISPOSED, _S.UNDER_REVIEW}), _S.REGISTERED, _P.DISPOSE_LETTERS),
    # The urgent path: the head decides before the letter has gone its way, or has come at all.
    Step.AUTHORISE: Way(
        frozenset({_S.SUBMITTED, _S.REGISTERED, _S.DISPOSED}),
        _S.UNDER_REVIEW,
        _P.AUTHORISE_URGENT,
    ),
    Step.REVIEW: Way(frozenset({_S.DISPOSED}), _S.UNDER_REVIEW, _P.DECIDE_REQUESTS),
    Step.ASK: Way(AT_THE_OFFICE, _S.NEEDS_COMPLETION, _P.DISPOSE_LETTERS),
    Step.ANSWER: Way(frozenset({_S.NEEDS_COMPLETION}), None, None),
    Step.OFFER: Way(DECIDABLE, _S.ALTERNATIVE_OFFERED, _P.DECIDE_REQUESTS),
    Step.ACCEPT_OFFER: Way(frozenset({_S.ALTERNATIVE_OFFERED}), _S.APPROVED, None),
    Step.REFUSE_OFFER: Way(frozenset({_S.ALTERNATIVE_OFFERED}), _S.UNDER_REVIEW, None),
    Step.APPROVE: Way(DECIDABLE, _S.APPROVED, _P.DECIDE_REQUESTS),
    # A unit books for itself, within limits.
    Step.BOOK: Way(frozenset({_S.SUBMITTED}), _S.APPROVED, None),
    Step.REJECT: Way(AT_THE_OFFICE, _S.REJECTED, _P.DECIDE_REQUESTS),
    Step.CANCEL: Way(OPEN | {_S.APPROVED}, _S.CANCELLED, _P.DECIDE_REQUESTS),
}

# Where a request stands while the letter of a decision is true.
TRUE_IN = {
    DocumentKind.APPROVAL: _S.APPROVED,
    DocumentKind.REJECTION: _S.REJECTED,
    DocumentKind.ALTERNATIVES: _S.ALTERNATIVE_OFFERED,
    DocumentKind.CANCELLATION: _S.CANCELLED,
}

BY_REQUESTER = frozenset(
    {Step.SUBMIT, Step.ANSWER, Step.ACCEPT_OFFER, Step.REFUSE_OFFER, Step.CANCEL}
)


def may_follow(step: Step, state: str) -> bool:
    """Whether a request in this state can take the step at all."""
    return state in WAYS[step].start


# Where a request may stand whose letter comes after it went ahead on the urgent path.
AHEAD = (OPEN - {_S.SUBMITTED}) | {_S.APPROVED}


def may_register_late(state: str, *, is_authorised: bool, is_registered: bool) -> bool:
    """Whether a letter is still to be taken into the register although its request went ahead: on
    the urgent path it comes later, and the register must not miss it."""
    return is_authorised and not is_registered and state in AHEAD


def is_true_in(kind: str, state: str) -> bool:
    """Whether a letter of this kind may go out about a request in this state."""
    return TRUE_IN.get(DocumentKind(kind), state) == state


def permits(step: Step, permissions: Iterable[Permission]) -> bool:
    """Whether staff with these permissions may take the step; a requester's step is no one's."""
    wanted = WAYS[step].permission
    return wanted is not None and wanted in set(permissions)


def steps_open_to(
    state: str, permissions: Iterable[Permission], *, can_cancel: bool = True
) -> list[Step]:
    """What somebody of the office may do with a request in this state, in the order of its life.

    ``can_cancel``: as far as its event goes.
    """
    held = set(permissions)
    steps = [step for step in Step if may_follow(step, state) and permits(step, held)]
    return [step for step in steps if step != Step.CANCEL or can_cancel]


def steps_of_requester(
    state: str, *, can_cancel: bool = True, can_accept: bool = True
) -> list[Step]:
    """What the requester may do by the code; ``can_cancel`` as far as the event goes,
    ``can_accept`` as far as the offer's time goes."""
    steps = [step for step in Step if step in BY_REQUESTER and may_follow(step, state)]
    shut = {Step.CANCEL: not can_cancel, Step.ACCEPT_OFFER: not can_accept}
    return [step for step in steps if not shut.get(step)]
