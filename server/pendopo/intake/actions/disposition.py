"""Passing letters on from desk to desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.moving import move, require_permission, tidy
from pendopo.intake.actions.replies import let_read_replies
from pendopo.intake.models import Assignment, Disposition, ServiceRequest
from pendopo.intake.queries.desks import has_on_desk, is_assigned, stands_in_for
from pendopo.intake.rules.dispositions import AssignmentState, is_overdue
from pendopo.intake.rules.states import Step
from pendopo.journal.actions import record
from pendopo.office.queries import position_title_of
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

INSTRUCTIONS_AT_MOST = 20


@dataclass(frozen=True)
class DispositionOrder:
    """To whom a letter goes, by when each should have dealt with it, and what to do."""

    to: Mapping[Account, date | None]
    instructions: tuple[str, ...] = ()
    note: str = ""
    in_place_of: Account | None = None


@transaction.atomic
def dispose(request: ServiceRequest, order: DispositionOrder, account: Account) -> Disposition:
    """Passes a letter on with the sender's initial; it leaves the sender's desk.

    Who registers passes on a registered letter; otherwise it must lie on the sender's desk, or on
    that of the absent one whose deputy sends. Raises ``Refused`` with ``not_allowed``,
    ``letter_not_on_your_desk``, ``recipient_required``, ``recipient_cannot_read``,
    ``due_day_over`` or ``request_moved_on``.
    """
    require_permission(Step.DISPOSE, account)
    _check_recipients(order)
    holder = order.in_place_of or account
    if order.in_place_of is not None and not stands_in_for(account, order.in_place_of):
        raise Refused("letter_not_on_your_desk")
    if not has_on_desk(request, holder):
        raise Refused("letter_not_on_your_desk")
    lay_here = is_assigned(request, [holder])
    move(request, Step.DISPOSE, account, order.note)
    passed_on = _waiting(request, holder).update(
        state=AssignmentState.PASSED_ON, closed_at=clock.now()
    )
    if lay_here and not passed_on:
        raise Refused("request_moved_on")
    disposition = Disposition.objects.create(
        request=request,
        sender=account,
        in_place_of=order.in_place_of,
        position=position_title_of(holder),
        instructions=[tidy(text, 80) for text in order.instructions[:INSTRUCTIONS_AT_MOST]],
        note=tidy(order.note),
        at=clock.now(),
    )
    for recipient, due_on in order.to.items():
        assignment = Assignment.objects.create(
            disposition=disposition, account=recipient, due_on=due_on
        )
        record(
            "assignment.made",
            assignment,
            account,
            request=str(request.pk),
            to=str(recipient.pk),
            in_place_of=str(order.in_place_of.pk) if order.in_place_of else None,
        )
    let_read_replies(request, list(order.to))
    return disposition


def _check_recipients(order: DispositionOrder) -> None:
    if not order.to:
        raise Refused("recipient_required")
    deaf = [each for each in order.to if not _may_read(each)]
    if deaf:
        raise Refused("recipient_cannot_read", people=len(deaf))
    today = timezone.localdate(clock.now())
    if any(is_overdue(due_on, today) for due_on in order.to.values()):
        raise Refused("due_day_over")


def _may_read(account: Account) -> bool:
    return account.is_active and Permission.READ_REQUESTS in permissions_for(account)


def _waiting(request: ServiceRequest, account: Account) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        disposition__request=request, account=account, state=AssignmentState.WAITING
    )


@transaction.atomic
def finish_assignment(assignment: Assignment, note: str, account: Account) -> None:
    """The letter leaves the desk without going on. Raises ``Refused`` with
    ``letter_not_on_your_desk`` or ``request_moved_on``."""
    _close(assignment, AssignmentState.DONE, note, account)


@transaction.atomic
def return_letter(assignment: Assignment, note: str, account: Account) -> None:
    """Sends a letter back to whoever passed it on, with a note that says why.

    It waits on that desk again; when nobody else has it, the request is REGISTERED again or stays
    disposed with the desk it came from. Raises ``Refused`` with ``text_required``,
    ``letter_not_on_your_desk`` or ``request_moved_on``.
    """
    if not tidy(note):
        raise Refused("text_required")
    request = ServiceRequest.objects.select_for_update().get(pk=assignment.disposition.request_id)
    _close(assignment, AssignmentState.RETURNED, note, account)
    came_from = Assignment.objects.filter(
        disposition__request=request,
        account=assignment.disposition.in_place_of or assignment.disposition.sender,
        state=AssignmentState.PASSED_ON,
    ).last()
    if came_from is not None:
        Assignment.objects.filter(pk=came_from.pk).update(
            state=AssignmentState.WAITING, closed_at=None
        )
    elif not Assignment.objects.filter(
        disposition__request=request, state=AssignmentState.WAITING
    ).exists():
        move(request, Step.RETURN, account, note)


def _close(assignment: Assignment, state: AssignmentState, note: str, account: Account) -> None:
    if assignment.account_id != account.pk and not stands_in_for(account, assignment.account):
        raise Refused("letter_not_on_your_desk")
    closed = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.WAITING).update(
        state=state, closed_at=clock.now(), note=tidy(note)
    )
    if not closed:
        raise Refused("request_moved_on")
    record(
        f"assignment.{state}", assignment, account, request=str(assignment.disposition.request_id)
    )
