"""On whose desk a letter lies, and who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import Absence, Assignment, ServiceRequest
from pendopo.intake.rules.desk import Reach
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import RequestState
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account, DutyAssignment
from pendopo.people.queries import duties_of, permissions_for
from pendopo.people.rules import Duty, Permission


def absent_for(account: Account) -> list[Account]:
    """Those who are away today and whose deputy the account is, with their duties. Two queries."""
    away = _away_from(account).select_related("account__person")
    found = {absence.account_id: absence.account for absence in away}
    for each in found.values():
        each.kept_duties = frozenset()
    for held in DutyAssignment.objects.filter(account__in=found) if found else []:
        absent = found[held.account_id]
        absent.kept_duties = duties_of(absent) | {held.duty}
    return list(found.values())


def _away_from(account: Account) -> QuerySet[Absence]:
    today = timezone.localdate(clock.now())
    return Absence.objects.filter(deputy=account, first_day__lte=today, last_day__gte=today)


@dataclass(frozen=True)
class Desk:
    """Somebody's desk: the reader's own, or that of who is away."""

    holder: Account
    reach: Reach


def desks_of(account: Account) -> list[Desk]:
    """The account's own desk first, then those of the absent whose deputy it is today.

    Two queries, three with somebody away.
    """
    chain = office_or_default().chain
    first = chain[0] if chain else None
    return [
        Desk(
            holder,
            Reach(
                Permission.REGISTER_LETTERS in permissions_for(holder),
                first is not None and first in duties_of(holder),
            ),
        )
        for holder in [account, *absent_for(account)]
    ]


def waiting_assignment(request: ServiceRequest, account: Account) -> Assignment:
    """What of this request lies on the account's own desk, or on one it stands in for.

    Raises ``Refused('letter_not_on_your_desk')``. Two queries, three with somebody away.
    """
    found = (
        Assignment.objects.select_related("disposition", "account")
        .filter(disposition__request=request, state=AssignmentState.WAITING)
        .filter(account__in=[account, *absent_for(account)])
        .first()
    )
    if found is None:
        raise Refused("letter_not_on_your_desk")
    return found


def stands_in_for(account: Account, holder: Account) -> bool:
    """Whether the account works at this holder's desk: its own, or as today's deputy."""
    return account.pk == holder.pk or holder in absent_for(account)


def is_first_of_chain(account: Account) -> bool:
    """Whether letters come to this account first by the office's chain."""
    chain = office_or_default().chain
    return bool(chain) and chain[0] in duties_of(account)


def has_on_desk(request: ServiceRequest, account: Account) -> bool:
    """Whether a letter is this account's to deal with now.

    The first of the chain may always; a letter that nobody has passed on lies with those who
    register; later it lies with those it is disposed to.
    """
    if is_first_of_chain(account) or Duty.ADMINISTRATOR in duties_of(account):
        return True
    if request.state in {RequestState.SUBMITTED, RequestState.REGISTERED}:
        return Permission.REGISTER_LETTERS in permissions_for(account)
    return is_assigned(request, [account])


def is_assigned(request: ServiceRequest, accounts: Iterable[Account]) -> bool:
    """Whether the letter waits on one of these desks."""
    return Assignment.objects.filter(
        disposition__request=request, account__in=accounts, state=AssignmentState.WAITING
    ).exists()


def may_deal_with(request: ServiceRequest, account: Account) -> bool:
    """:func:`has_on_desk`, or as the deputy of somebody who has it."""
    return has_on_desk(request, account) or any(
        has_on_desk(request, holder) for holder in absent_for(account)
    )
