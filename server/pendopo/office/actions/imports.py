"""Takes a checked workbook over: units, accounts, positions."""

from dataclasses import dataclass

from django.db import transaction

from pendopo.foundation.errors import Refused
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.actions.units import create_unit, put_account_in_unit, save_position
from pendopo.office.models import AgencyUnit, Position
from pendopo.office.workbook import AccountRow, Filled
from pendopo.people.actions.invitations import invite_account


@dataclass(frozen=True)
class Imported:
    """How much was made, and how much was there already and stayed as it was."""

    units: int
    accounts: int
    left_alone: int


@transaction.atomic
def import_workbook(filled: Filled, actor: Subject) -> Imported:
    """Makes the units, and invites the people, of a workbook without problems; all or nothing.

    A unit whose name exists and an account whose address exists stay as they are, so the same
    workbook may come again. Raises ``Refused('workbook_has_problems')``.
    """
    if filled.problems:
        raise Refused("workbook_has_problems")
    units = {unit.name.lower(): unit for unit in AgencyUnit.objects.all()}
    made = 0
    for row in filled.units:
        if row.name.lower() not in units:
            parent = units.get(row.parent.lower())
            units[row.name.lower()] = create_unit(row.name, row.kind, parent, actor)
            made += 1
    invited = sum(_invite(row, units, actor) for row in filled.accounts)
    left_alone = len(filled.units) + len(filled.accounts) - made - invited
    record("workbook.imported", "office.workbook", actor, units=made, accounts=invited)
    return Imported(made, invited, left_alone)


def _invite(row: AccountRow, units: dict[str, AgencyUnit], actor: Subject) -> bool:
    unit = units.get(row.unit.lower())
    try:
        with transaction.atomic():
            invitation = invite_account(
                row.email, row.name, row.duties, unit.name if unit else "", actor
            )
    except Refused as refused:
        if refused.code == "email_taken":
            return False
        raise
    put_account_in_unit(invitation.account, unit, actor)
    if unit and row.position and not _is_known(row.position, unit):
        position = Position(title=row.position, unit=unit, account=invitation.account)
        save_position(position, actor)
    return True


def _is_known(title: str, unit: AgencyUnit) -> bool:
    return Position.objects.filter(title__iexact=title, unit=unit).exists()
