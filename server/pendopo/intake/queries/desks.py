"""On whose desk a letter lies, and who stands in for whom."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import Absence, Assignment, ServiceRequest
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import RequestState
from pendopo.office.models import Office, default_chain
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account, DutyAssignment
from pendopo.people.queries import duties_of, permissions_for
from pendopo.people.rules import ALLOWS, Duty, Permission

_REGISTERING_DUTIES = [duty for duty in Duty if Permission.REGISTER_LETTERS in ALLOWS[duty]]


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


# The conditions below are parts of a query: PostgreSQL asks each once, whatever the number of rows,
# so that the count in every page's header costs one query. What is known already is not asked.


def at_desks_of(account: Account, field: str = "account") -> Q:
    """That the account ``field`` names is this one, or one whose deputy it is today."""
    away = _away_from(account).values("account")
    return Q(**{field: account}) | Q(**{f"{field}__in": away})


def waiting_assignment(request: ServiceRequest, account: Account) -> Assignment:
    """What of this request lies on the account's own desk, or on one it stands in for.

    Raises ``Refused('letter_not_on_your_desk')``. One query.
    """
    found = (
        Assignment.objects.select_related("disposition", "account")
        .filter(at_desks_of(account), disposition__request=request, state=AssignmentState.WAITING)
        .first()
    )
    if found is None:
        raise Refused("letter_not_on_your_desk")
    return found


def is_first(account: Account) -> Q:
    """That letters come to this account first by the office's chain."""
    duties = duties_of(account)
    found = _first_is_among(duties)
    # Before the office is set up the default chain holds.
    return found | Q(~Exists(Office.objects.all())) if default_chain()[0] in duties else found


def stands_in_for_first(account: Account) -> Q:
    """That it is today's deputy of somebody to whom letters come first."""
    return _first_is_among(_duties_of_absent(account))


def may_register(account: Account) -> Q:
    """That it registers letters, or is today's deputy of somebody who does."""
    if Permission.REGISTER_LETTERS in permissions_for(account):
        return Q()
    return Q(Exists(_duties_of_absent(account).filter(duty__in=_REGISTERING_DUTIES)))


def _first_is_among(duties: Iterable[str] | QuerySet[DutyAssignment, Any]) -> Q:
    return Q(Exists(Office.objects.annotate(first=KT("chain__0")).filter(first__in=duties)))


def _duties_of_absent(account: Account) -> QuerySet[DutyAssignment, Any]:
    away = _away_from(account).values("account")
    return DutyAssignment.objects.filter(account__in=away).values("duty")


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
