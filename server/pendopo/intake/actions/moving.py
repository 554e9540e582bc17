"""How a request moves from state to state: the one place that does it."""

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.intake.models import Assignment, ServiceRequest, Transition
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import WAYS, RequestState, Step, may_follow, permits
from pendopo.journal.actions import record
from pendopo.journal.models import Subject, subject_of
from pendopo.office.queries import position_title_of
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for

# What the journal calls a step that was taken.
PAST = {
    Step.SUBMIT: "submitted",
    Step.REGISTER: "registered",
    Step.DISPOSE: "disposed",
    Step.RETURN: "returned",
    Step.AUTHORISE: "authorised",
    Step.REVIEW: "review_began",
    Step.ASK: "asked",
    Step.ANSWER: "answered",
    Step.OFFER: "offered",
    Step.ACCEPT_OFFER: "offer_accepted",
    Step.REFUSE_OFFER: "offer_refused",
    Step.APPROVE: "approved",
    Step.BOOK: "booked",
    Step.REJECT: "rejected",
    Step.CANCEL: "cancelled",
}


def requester_of(request: ServiceRequest) -> str:
    """The subject that stands for whoever asks by the code; its account where there is one."""
    return f"intake.requester:{request.pk}"


def require_permission(step: Step, account: Account) -> None:
    """Raises ``Refused('not_allowed')`` for an account whose duties don't allow the step."""
    if not permits(step, permissions_for(account)):
        raise Refused("not_allowed")


def tidy(text: str, longest: int = 2000) -> str:
    """What somebody wrote, as it is kept: no control characters, no blank ends."""
    return storable(text.replace("\r\n", "\n")).strip()[:longest]


def hold(request: ServiceRequest) -> None:
    """Locks the row of a request until the caller's transaction ends. Whoever locks what belongs to
    a request, its offers, questions, codes or calendar, holds the request first: of two who come at
    once one waits, and none waits for the other."""
    ServiceRequest.objects.select_for_update().values_list("pk").get(pk=request.pk)


def move(request: ServiceRequest, step: Step, actor: Subject, note: str = "") -> None:
    """Takes one step in the caller's transaction, by compare-and-set with the request as the caller
    read it; a step from a state to itself is taken once, too.

    Writes the :class:`Transition` and the journal. Raises ``Refused`` with ``step_not_possible``
    where the table has no such way, or ``request_moved_on`` when another was quicker.
    """
    old = RequestState(request.state)
    if not may_follow(step, old):
        raise Refused("step_not_possible")
    new = WAYS[step].to or RequestState(request.state_before)
    before = old if step == Step.ASK else request.state_before
    _turn(request, state=new, state_before=before)
    _write_down(request, step, actor, old, note)


def _turn(request: ServiceRequest, **changes: str) -> None:
    seen = ServiceRequest.objects.filter(
        pk=request.pk, state=request.state, revision=request.revision
    )
    if not seen.update(revision=request.revision + 1, **changes):
        raise Refused("request_moved_on")
    request.revision += 1
    for name, value in changes.items():
        setattr(request, name, value)


def note_step(request: ServiceRequest, step: Step, actor: Subject) -> None:
    """Writes down a step that leaves the request where it stands, in the caller's transaction.

    Raises ``Refused('request_moved_on')`` when another was quicker.
    """
    _turn(request)
    _write_down(request, step, actor, RequestState(request.state), "")


def _write_down(
    request: ServiceRequest, step: Step, actor: Subject, old: RequestState, note: str
) -> None:
    Transition.objects.create(
        request=request,
        step=step,
        old=old,
        new=request.state,
        actor=subject_of(actor),
        position=position_title_of(actor) if isinstance(actor, Account) else "",
        note=tidy(note),
        at=clock.now(),
    )
    record(f"request.{PAST[step]}", request, actor, old=old, new=RequestState(request.state))


def clear_desks(request: ServiceRequest) -> None:
    """Takes a decided request off all desks, in the caller's transaction."""
    Assignment.objects.filter(disposition__request=request, state=AssignmentState.WAITING).update(
        state=AssignmentState.DONE, closed_at=clock.now()
    )
