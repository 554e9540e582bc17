"""Times of day, alone or from one to another."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

_OF_DAY = r"a\.?m\.?|p\.?m\.?|pagi|siang|sore|malam"
_CLOCK_HERE = (
    r"(?P<hour>[01]?\d|2[0-4])"
    r"(?:[.:](?P<minute>[0-5]\d)(?:[.:][0-5]\d)?)?"
    rf" ?(?P<of_day>(?:{_OF_DAY})(?![a-z]))?"
    r"(?![\d%]|[.:,/]\d| ?(?:menit|minutes?|mins?|jam|hours?|hrs?|orang|peserta|november)\b)"
)
_CLOCK = re.compile(r"(?<![\d.:,+/*#-])" + _CLOCK_HERE, re.I)
_THEN_CLOCK = re.compile(_CLOCK_HERE, re.I)
_FOUR_DIGITS = re.compile(
    r"(?<![\d.:+/-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?= ?(?:WIB|WITA|WIT|UTC|GMT|hrs)\b)"
)
_BEFORE = re.compile(r"(?:pukul|pkl|jam|at|from|mulai|waktu|time)\.? ?:? ?$", re.I)
_TO = re.compile(
    r"[ ,(]*(?:(?:WIB|WITA|WIT|ICT|UTC|GMT)(?: ?[+-]\d{1,2}(?::\d\d)?)?)?[ ,)]*"
    r"(?:-|–|—|~|→|s\.? ?/? ?d\.?(?=[ \d])|sampai dengan|sampai|hingga|to|until|till)"
    r" ?(?:pukul|pkl\.?|jam)? ?",
    re.I,
)
_HOURS = re.compile(r"(?<![\d.:,])(\d{1,2})(?:[.,](5))? ?(?:jam|hours?|hrs?)(?![a-z])", re.I)
_MINUTES = re.compile(r"(?<![\d.:,])(\d{1,3}) ?(?:menit|minutes?|mins?)(?![a-z])", re.I)


@dataclass(frozen=True)
class ClockFound:
    """When something begins and, if it is said, ends."""

    starts: time
    ends: time | None


def clocks_in(line: str) -> ClockFound | None:
    """The first time of day in a line, and the one after "–", "s.d." or "to".

    A bare number counts only beside "pukul", "AM" and the like.
    """
    found = _first(line)
    if found is None:
        return None
    then = _TO.match(line, found.end())
    last = (
        _THEN_CLOCK.match(line, then.end()) or _FOUR_DIGITS.match(line, then.end())
        if then
        else None
    )
    if last is None:
        starts = _time(found, _of_day(found))
        return ClockFound(starts, None) if starts else None
    ends = _time(last, _of_day(last))
    starts = _time(found, _of_day(found) or _shared(found, last))
    return ClockFound(starts, ends) if starts else None


def _first(line: str) -> re.Match[str] | None:
    for found in _CLOCK.finditer(line):
        sure = found["minute"] or found["of_day"] or _BEFORE.search(line[: found.start()][-12:])
        if sure:
            return found
    return _FOUR_DIGITS.search(line)


def _of_day(found: re.Match[str]) -> str:
    return (found.groupdict().get("of_day") or "").lower().replace(".", "")


def _shared(first: re.Match[str], last: re.Match[str]) -> str:
    """In "9:00 – 10:00am" the am is both's, in "11:00 – 1:00pm" the pm is not."""
    of_day = _of_day(last)
    if of_day not in ("am", "pm"):
        return ""
    earlier, later = _time(first, of_day), _time(last, of_day)
    if earlier and later and earlier < later:
        return of_day
    return "am" if of_day == "pm" else ""


def _time(found: re.Match[str], of_day: str) -> time | None:
    hour, minute = int(found["hour"]) % 24, int(found["minute"] or 0)
    if of_day in ("pm", "sore", "malam") or (of_day == "siang" and hour < 5):
        hour += 12 if hour < 12 else 0
    elif of_day in ("am", "pagi") and hour == 12:
        hour = 0
    return time(hour, minute)


def length_in(line: str) -> timedelta | None:
    """How long it lasts, as in "2 jam 30 menit" or "1 hr"; at most two days."""
    hours, minutes = _HOURS.search(line), _MINUTES.search(line)
    if not hours and not minutes:
        return None
    length = timedelta(minutes=int(minutes[1]) if minutes else 0)
    if hours:
        length += timedelta(hours=int(hours[1]), minutes=30 if hours[2] else 0)
    return length if timedelta() < length <= timedelta(days=2) else None
