"""Reading the office, its units, organisations and positions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from pendopo.office.models import (
    AgencyUnit,
    CommunityOrganization,
    Holiday,
    LegalBasis,
    Office,
    Position,
    StandardText,
)
from pendopo.office.rules.holidays import HolidaySource, national_calendar
from pendopo.people.models import Account


def the_office() -> Office | None:
    """The office, or ``None`` before the first run has set it up."""
    return Office.objects.first()


def office_or_default() -> Office:
    """The office; before it is set up an unsaved one with the defaults of every decision."""
    return the_office() or Office()


def unit_of(account: Account) -> AgencyUnit | None:
    """The unit an account holds meetings for."""
    return AgencyUnit.objects.filter(memberships__account=account).first()


def accounts() -> QuerySet[Account]:
    """Accounts with person, unit and duties, by name, without erased ones. Two queries."""
    return (
        Account.objects.filter(person__erased_at=None)
        .select_related("person", "membership__unit")
        .prefetch_related("duties")
        .order_by("-is_active", Lower("person__name"))
    )


def accounts_called(words: str) -> QuerySet[Account]:
    """Accounts whose name or address holds these words."""
    return accounts().filter(Q(person__name__icontains=words) | Q(email__icontains=words))


@dataclass(frozen=True)
class Branch:
    """A unit at its depth in the tree; 0 is the top."""

    unit: AgencyUnit
    depth: int


def unit_tree() -> list[Branch]:
    """All units, each below the one it belongs to, by name. One query.

    Units have ``people``: how many accounts work there.
    """
    units = list(AgencyUnit.objects.annotate(people=Count("memberships")).order_by(Lower("name")))
    return list(_branches(units))


def _branches(units: Iterable[AgencyUnit]) -> Iterator[Branch]:
    below: dict[object, list[AgencyUnit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    waiting = [Branch(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        branch = waiting.pop()
        yield branch
        children = below.get(branch.unit.pk, [])
        waiting += [Branch(child, branch.depth + 1) for child in reversed(children)]


def units_called(words: str) -> QuerySet[AgencyUnit]:
    """Units whose name holds these words, by name."""
    return AgencyUnit.objects.filter(name__icontains=words).order_by(Lower("name"))


def positions_called(words: str) -> QuerySet[Position]:
    """Positions whose title, or whose holder's name, holds these words."""
    return positions().filter(Q(title__icontains=words) | Q(account__person__name__icontains=words))


def organisations() -> QuerySet[CommunityOrganization]:
    """Community organisations by name."""
    return CommunityOrganization.objects.order_by(Lower("name"))


def positions() -> QuerySet[Position]:
    """Positions with unit and holder, by unit. One query."""
    return Position.objects.select_related("unit", "account__person").order_by(
        Lower("unit__name"), Lower("title")
    )


def position_title_of(account: Account) -> str:
    """The title of the position an account holds, the first by name; empty without one."""
    held = Position.objects.filter(account=account).order_by(Lower("title")).first()
    return held.title if held else ""


def holidays_of(year: int) -> list[Holiday]:
    """The days off of a year in order, also removed ones. One query.

    Before the office has changed anything in a year they are those of the national calendar, not
    saved.
    """
    rows = list(Holiday.objects.filter(day__year=year).order_by("day"))
    return rows or calendar_rows(year)


def calendar_rows(year: int) -> list[Holiday]:
    """The national calendar of a year as rows that are not saved."""
    return [
        Holiday(day=each.day, name=each.name, kind=each.kind, source=HolidaySource.CALENDAR)
        for each in national_calendar(year)
    ]


def holidays_between(first: date, last: date) -> frozenset[date]:
    """The days from ``first`` to ``last`` on which the office is closed, weekends left aside.

    One query for each year.
    """
    return frozenset(
        each.day
        for year in range(first.year, last.year + 1)
        for each in holidays_of(year)
        if not each.is_removed and first <= each.day <= last
    )


def standard_texts() -> dict[str, StandardText]:
    """The office's own words by part of the service standard. One query."""
    return {row.part: row for row in StandardText.objects.all()}


def legal_bases() -> QuerySet[LegalBasis]:
    """All legal bases in the office's order."""
    return LegalBasis.objects.order_by("position", Lower("number"))
