"""Days off: the national calendar, and what an office makes of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from holidays import GOVERNMENT, PUBLIC, country_holidays

# The years that the list can show.
FIRST_YEAR, LAST_YEAR = 2000, 2099


class HolidayKind(StrEnum):
    """Why the office is closed. Cuti bersama (joint leave) is decreed anew for each year."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    LOCAL = "local"


class HolidaySource(StrEnum):
    """Who put the day into the list: the national calendar, or the office."""

    CALENDAR = "calendar"
    OFFICE = "office"


@dataclass(frozen=True)
class CalendarDay:
    """A day off as the national calendar has it."""

    day: date
    name: str
    kind: HolidayKind


@lru_cache(maxsize=128)
def national_calendar(year: int) -> tuple[CalendarDay, ...]:
    """Indonesia's national holidays and joint leave of a year, in order, with Indonesian names.

    Source: the package ``holidays``, which follows the yearly joint decree of three ministers
    (SKB 3 Menteri) as far as it is known; days that follow the moon are estimated before that.
    """
    found: dict[date, CalendarDay] = {}
    # A national holiday on a day of joint leave wins.
    for category, kind in ((GOVERNMENT, HolidayKind.JOINT_LEAVE), (PUBLIC, HolidayKind.NATIONAL)):
        days = country_holidays("ID", years=year, language="id", categories=(category,))
        found |= {day: CalendarDay(day, name[:160], kind) for day, name in days.items()}
    return tuple(found[day] for day in sorted(found))
