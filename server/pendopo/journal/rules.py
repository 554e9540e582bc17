"""How long entries are kept, what may stand in them, and when a job is stuck."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

# Years. The least stands in the database too (migration 0003).
KEPT_BY_DEFAULT, KEPT_AT_LEAST = 10, 2
YEARS_AHEAD = 2

_SUBJECT = re.compile(r"[a-z_]+(\.[a-z_]+)?(:[\w.-]+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# A phone number, or the 16 digits of a NIK, however they are grouped.
_DIGITS = re.compile(r"\+?\d{9,18}")
_GROUPING = re.compile(r"[\s().-]")
_PERSONAL = {"name", "email", "phone", "address", "nik", "password", "secret"}


def expired_years(years: Iterable[int], kept: int, now: datetime) -> list[int]:
    """The years among these that lie wholly before the kept ones, oldest first."""
    kept_since = _years_before(now.astimezone(UTC), kept)
    return sorted(year for year in years if datetime(year + 1, 1, 1, tzinfo=UTC) <= kept_since)


def _years_before(moment: datetime, years: int) -> datetime:
    leap_day = (moment.month, moment.day) == (2, 29)
    return moment.replace(year=moment.year - years, day=28 if leap_day else moment.day)


def is_pseudonym(subject: str) -> bool:
    """Whether it looks like ``app.model:id``, ``word:id`` or ``word``; an address does not."""
    return _SUBJECT.fullmatch(subject) is not None


def personal_facts(facts: Mapping[str, Any]) -> list[str]:
    """The facts that by their key or look are a name, a contact, a NIK or a secret.

    A guard against slips, no proof: it can't know a person's name when it sees one.
    """
    return [key for key, value in facts.items() if key in _PERSONAL or _looks_personal(value)]


def _looks_personal(value: Any) -> bool:
    return any(
        _EMAIL.search(text) or _DIGITS.fullmatch(_GROUPING.sub("", text)) for text in _texts(value)
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in (*value.keys(), *value.values()):
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


class Trouble(StrEnum):
    """Why a job is shown as stuck."""

    FAILED = "failed"
    RETRYING = "retrying"
    WAITING = "waiting"
    RUNNING = "running"


WAITS_TOO_LONG = timedelta(minutes=5)
RUNS_TOO_LONG = timedelta(minutes=10)
# A worker signs every 10 s; Procrastinate, too, gives it up after this time.
WORKER_IS_DEAD = timedelta(seconds=30)
