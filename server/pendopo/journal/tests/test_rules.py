"""What is kept, what may be written, as tables."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from pendopo.journal.rules import expired_years, is_pseudonym, personal_facts


@pytest.mark.parametrize(
    ("kept", "now", "expired"),
    [
        (10, datetime(2026, 11, 24, tzinfo=UTC), [2014, 2015]),
        (10, datetime(2026, 1, 1, tzinfo=UTC), [2014, 2015]),  # 2015 ended this very moment
        (10, datetime(2025, 12, 31, 23, 59, tzinfo=UTC), [2014]),
        (2, datetime(2026, 11, 24, tzinfo=UTC), [2014, 2015, 2016]),
        (13, datetime(2026, 11, 24, tzinfo=UTC), []),
        (8, datetime(2024, 2, 29, tzinfo=UTC), [2014, 2015]),  # no such day eight years later
        # Midnight in Jakarta is 17.00 UTC of the day before: the partitions end by UTC.
        (10, datetime(2026, 1, 1, 6, tzinfo=timezone(timedelta(hours=7))), [2014]),
    ],
)
def test_a_year_expires_as_a_whole(kept: int, now: datetime, expired: list[int]) -> None:
    assert expired_years([2016, 2014, 2015, 2026], kept, now) == expired


@pytest.mark.parametrize(
    ("subject", "is_one"),
    [
        ("system", True),
        ("guest", True),
        ("meetings.participant:0193f0aa-0000-7000-8000-000000000000", True),
        ("journal.year:2015", True),
        ("job:17", True),
        ("siti@contoh.go.id", False),
        ("Siti Aminah", False),
        ("people.person:Siti Aminah", False),
        ("", False),
    ],
)
def test_a_subject_is_a_pseudonym(subject: str, is_one: bool) -> None:
    assert is_pseudonym(subject) is is_one


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"role": "host", "number": 3, "demo": True, "none": None}, []),
        ({"room": "bcd-fghj-kmn.1", "connection": "0193f0aa-0000-7000-8000-000000000000"}, []),
        ({"at": "2026-11-24T03:46:00+00:00", "day": "2026-11-24", "version": "18.1.0"}, []),
        ({"to": "siti@contoh.go.id"}, ["to"]),
        ({"changes": {"old": "siti@contoh.go.id"}}, ["changes"]),
        ({"changed": ["a", "kirim ke siti@contoh.go.id segera"]}, ["changed"]),
        ({"to": "0812-3456-7890"}, ["to"]),
        ({"to": "+62 812 3456 7890"}, ["to"]),
        ({"id": "3301010101010001"}, ["id"]),  # a NIK
        ({"name": "Siti"}, ["name"]),
        ({"password": "x", "email": ""}, ["password", "email"]),
    ],
)
def test_contacts_and_secrets_are_noticed(facts: dict[str, Any], found: list[str]) -> None:
    assert personal_facts(facts) == found
