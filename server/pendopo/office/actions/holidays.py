"""Changes to the list of days off."""

from datetime import date

from django.db import transaction

from pendopo.foundation.errors import Refused
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import Holiday
from pendopo.office.queries import calendar_rows
from pendopo.office.rules.holidays import HolidayKind, HolidaySource, national_calendar


@transaction.atomic
def add_holiday(day: date, name: str, kind: HolidayKind, actor: Subject) -> Holiday:
    """A day off that the office sets. Raises ``Refused('day_taken')``."""
    _keep_calendar_of(day.year)
    holiday = Holiday(day=day, name=name, kind=kind, source=HolidaySource.OFFICE)
    with refused_when_taken("day_taken"):
        holiday.save(force_insert=True)
    record("holiday.added", holiday, actor, day=day.isoformat(), holiday_kind=kind)
    return holiday


@transaction.atomic
def change_holiday(day: date, name: str, kind: HolidayKind, actor: Subject) -> Holiday:
    """Name and kind as the office sees them; the national calendar no longer changes this day.

    Raises ``Refused('not_found')``.
    """
    holiday = _locked(day)
    holiday.name, holiday.kind, holiday.source = name, kind, HolidaySource.OFFICE
    holiday.save(update_fields=["name", "kind", "source"])
    record("holiday.changed", holiday, actor, day=day.isoformat(), holiday_kind=kind)
    return holiday


@transaction.atomic
def remove_holiday(day: date, actor: Subject) -> None:
    """From now on a working day; one of the national calendar stays in the list, crossed out.

    Raises ``Refused('not_found')``.
    """
    holiday = _locked(day)
    record("holiday.removed", holiday, actor, day=day.isoformat(), holiday_kind=holiday.kind)
    if day in {each.day for each in national_calendar(day.year)}:
        holiday.source, holiday.is_removed = HolidaySource.OFFICE, True
        holiday.save(update_fields=["source", "is_removed"])
    else:
        holiday.delete()


@transaction.atomic
def restore_holiday(day: date, actor: Subject) -> None:
    """Off again. Raises ``Refused('not_found')``; a second time does nothing."""
    holiday = _locked(day)
    if holiday.is_removed:
        holiday.is_removed = False
        holiday.save(update_fields=["is_removed"])
        record("holiday.restored", holiday, actor, day=day.isoformat(), holiday_kind=holiday.kind)


@transaction.atomic
def take_national_calendar(year: int, actor: Subject) -> int:
    """Brings a year up to the national calendar; how many days changed.

    What the office added, changed or took out stays as it is.
    """
    wanted = {each.day: each for each in national_calendar(year)}
    rows = {row.day: row for row in Holiday.objects.select_for_update().filter(day__year=year)}
    missing = [row for row in calendar_rows(year) if row.day not in rows]
    Holiday.objects.bulk_create(missing, ignore_conflicts=True)
    changed = len(missing)
    for day, row in rows.items():
        if row.source != HolidaySource.CALENDAR:
            continue
        if day not in wanted:
            row.delete()
        elif (row.name, row.kind) != (wanted[day].name, wanted[day].kind):
            row.name, row.kind = wanted[day].name, wanted[day].kind
            row.save(update_fields=["name", "kind"])
        else:
            continue
        changed += 1
    record("holiday.calendar_taken", "calendar", actor, year=year, changed_days=changed)
    return changed


def _locked(day: date) -> Holiday:
    _keep_calendar_of(day.year)
    holiday = Holiday.objects.select_for_update().filter(day=day).first()
    if holiday is None:
        raise Refused("not_found")
    return holiday


def _keep_calendar_of(year: int) -> None:
    """Writes the national calendar down before the first change of a year."""
    if not Holiday.objects.filter(day__year=year).exists():
        Holiday.objects.bulk_create(calendar_rows(year), ignore_conflicts=True)
