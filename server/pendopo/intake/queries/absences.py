"""Reading who is away."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.models import Absence
from pendopo.people.models import Account


def absences_for(account: Account, *, of_everybody: bool) -> QuerySet[Absence]:
    """Absences that are not over, the next first: of everybody, or those the account has to do
    with. One query."""
    today = timezone.localdate(clock.now())
    rows = Absence.objects.filter(last_day__gte=today).select_related(
        "account__person", "deputy__person"
    )
    if not of_everybody:
        rows = rows.filter(Q(account=account) | Q(deputy=account))
    return rows.order_by("first_day", "pk")
