"""Reading the office and its units."""

from pendopo.office.models import AgencyUnit, Office
from pendopo.people.models import Account


def the_office() -> Office | None:
    """The office, or ``None`` before the first run has set it up."""
    return Office.objects.first()


def unit_of(account: Account) -> AgencyUnit | None:
    """The unit an account holds meetings for."""
    return AgencyUnit.objects.filter(memberships__account=account).first()
