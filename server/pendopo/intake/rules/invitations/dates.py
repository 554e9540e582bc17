"""Dates as Indonesian and English invitations write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    "januari": 1, "january": 1, "jan": 1,
    "februari": 2, "pebruari": 2, "february": 2, "feb": 2, "peb": 2,
    "maret": 3, "march": 3, "mar": 3,
    "april": 4, "apr": 4,
    "mei": 5, "may": 5,
    "juni": 6, "june": 6, "jun": 6,
    "juli": 7, "july": 7, "jul": 7,
    "agustus": 8, "august": 8, "agust": 8, "agu": 8, "ags": 8, "agt": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "october": 10, "okt": 10, "oct": 10,
    "november": 11, "nopember": 11, "nov": 11, "nop": 11,
    "desember": 12, "december": 12, "des": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS = {
    "senin": 0, "monday": 0, "mon": 0,
    "selasa": 1, "tuesday": 1, "tue": 1,
    "rabu": 2, "wednesday": 2, "wed": 2,
    "kamis": 3, "thursday": 3, "thu": 3,
    "jumat": 4, "jum'at": 4, "friday": 4, "fri": 4,
    "sabtu": 5, "saturday": 5, "sat": 5,
    "minggu": 6, "ahad": 6, "sunday": 6, "sun": 6,
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_WEEKDAY = re.compile(rf"(?<![a-z])({'|'.join(_WEEKDAYS)})(?![a-z])", re.I)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO = r" ?(?:-|–|—|&|s\.?/?d\.?|sampai(?: dengan)?|hingga|to|until|dan) ?"

_Make = Callable[[re.Match[str], "date | None"], "tuple[date, date] | None"]


@dataclass(frozen=True)
class DateFound:
    """A day in a line, or the first and last of several, and where it stands."""

    first: date
    last: date
    start: int
    end: int
    has_weekday: bool


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(first: date | None, last: date | None) -> tuple[date, date] | None:
    if first is None or last is None:
        return None
    return (first, last) if first <= last <= first + timedelta(days=60) else (first, first)


def _month(found: re.Match[str], name: str = "month") -> int:
    return _MONTHS[found[name].lower()]


def _named(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    day = _day(int(found["year"]), _month(found), int(found["day"]))
    return _span(day, day)


def _days_of_a_month(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    year, month = int(found["year"]), _month(found)
    return _span(_day(year, month, int(found["day"])), _day(year, month, int(found["last"])))


def _over_months(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    year, month, earlier = int(found["year"]), _month(found), _month(found, "earlier")
    first = _day(year - (earlier > month), earlier, int(found["day"]))
    return _span(first, _day(year, month, int(found["last"])))


def _iso(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    day = _day(int(found["year"]), int(found["m"]), int(found["d"]))
    return _span(day, day)


def _numbers(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    """The day stands first; only where that can't be, the month does."""
    day, month, year = int(found["d"]), int(found["m"]), int(found["y"])
    year += 2000 if year < 100 else 0
    when = _day(year, month, day) or _day(year, day, month)
    return _span(when, when)


def _without_year(found: re.Match[str], today: date | None) -> tuple[date, date] | None:
    """Of a day without a year the next one is meant, which was yesterday at the earliest."""
    if today is None:
        return None
    for year in range(today.year, today.year + 9):
        day = _day(year, _month(found), int(found["day"]))
        if day is not None and day >= today - timedelta(days=1):
            return _span(day, day)
    return None


_PATTERNS: list[tuple[re.Pattern[str], _Make]] = [
    (re.compile(pattern, re.I), make)
    for pattern, make in (
        (
            _DAY
            + rf" (?P<earlier>{'|'.join(_MONTHS)})\.?{_TO}(?:[a-z']{{3,9}}, ?)?"
            + rf"(?P<last>\d{{1,2}}) {_MONTH} {_YEAR}",
            _over_months,
        ),
        (rf"{_DAY}{_TO}(?P<last>\d{{1,2}}) {_MONTH},? {_YEAR}", _days_of_a_month),
        (rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}", _named),
        (rf"(?<![a-z]){_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", _named),
        (rf"(?<![\d/-]){_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)", _iso),
        (
            r"(?<![\d/.-])(?P<d>\d{1,2}) ?([/.-]) ?(?P<m>\d{1,2}) ?\2 ?(?P<y>20\d\d|\d\d)(?![\d/])",
            _numbers,
        ),
        (rf"{_DAY} {_MONTH}(?![a-z\d])", _without_year),
        (rf"(?<![a-z]){_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])", _without_year),
    )
]


def date_in(line: str, today: date | None) -> DateFound | None:
    """The first date of a line. ``today`` gives a year to dates without one."""
    best: DateFound | None = None
    for pattern, make in _PATTERNS:
        found = pattern.search(line)
        days = make(found, today) if found else None
        if found is None or days is None or (best and best.start <= found.start()):
            continue
        best = DateFound(*days, found.start(), found.end(), bool(_WEEKDAY.search(line)))
    return best


def begins_with_weekday(line: str) -> bool:
    """Whether a line begins like ``Selasa, 24 November``."""
    return _WEEKDAY.match(line) is not None
