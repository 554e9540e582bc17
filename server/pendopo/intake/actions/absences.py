"""Who is away, and who works at their desk in the meantime."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import Absence
from pendopo.intake.rules.dispositions import is_overdue
from pendopo.journal.actions import record
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission


def may_note_for_others(account: Account) -> bool:
    """Whether an account may write down the absence of somebody else."""
    return not permissions_for(account).isdisjoint(
        {Permission.REGISTER_LETTERS, Permission.MANAGE_ACCOUNTS}
    )


def _require_right(holder: Account, account: Account) -> None:
    if holder.pk != account.pk and not may_note_for_others(account):
        raise Refused("not_allowed")


@transaction.atomic
def note_absence(
    holder: Account, deputy: Account, first_day: date, last_day: date, account: Account
) -> Absence:
    """From the first to the last day the deputy also sees the holder's desk.

    Raises ``Refused`` with ``not_allowed``, ``absence_days``, ``absence_overlaps``,
    ``deputy_is_holder`` or ``deputy_cannot_read``.
    """
    _require_right(holder, account)
    if last_day < first_day or is_overdue(last_day, timezone.localdate(clock.now())):
        raise Refused("absence_days")
    if holder.pk == deputy.pk:
        raise Refused("deputy_is_holder")
    if not deputy.is_active or Permission.READ_REQUESTS not in permissions_for(deputy):
        raise Refused("deputy_cannot_read")
    # One deputy a day: two who write at once wait for each other here.
    Account.objects.select_for_update().get(pk=holder.pk)
    if Absence.objects.filter(
        account=holder, first_day__lte=last_day, last_day__gte=first_day
    ).exists():
        raise Refused("absence_overlaps")
    absence = Absence.objects.create(
        account=holder, deputy=deputy, first_day=first_day, last_day=last_day
    )
    record(
        "absence.noted",
        holder,
        account,
        deputy=str(deputy.pk),
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat(),
    )
    return absence


@transaction.atomic
def end_absence(absence: Absence, account: Account) -> None:
    """Takes an absence back; the desk is the holder's alone again. Raises ``not_allowed``."""
    _require_right(absence.account, account)
    gone, _ = Absence.objects.filter(pk=absence.pk).delete()
    if gone:
        record("absence.ended", absence.account, account, deputy=str(absence.deputy_id))
