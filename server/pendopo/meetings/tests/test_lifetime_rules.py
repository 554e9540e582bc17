"""When a forgotten meeting ends: a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pendopo.meetings.rules.lifetime import ABANDONED_AFTER, Use, is_abandoned

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - ABANDONED_AFTER - timedelta(seconds=1)
RECENT = NOW - ABANDONED_AFTER
USE = Use(created_at=LONG_AGO, starts_at=None, ends_at=None, last_left_at=None, present=0)


@pytest.mark.parametrize(
    ("changes", "abandoned"),
    [
        ({}, True),
        ({"created_at": RECENT}, False),
        ({"present": 1}, False),
        ({"last_left_at": RECENT}, False),
        ({"last_left_at": LONG_AGO}, True),
        ({"starts_at": RECENT}, False),
        ({"starts_at": NOW + timedelta(days=3)}, False),
        ({"starts_at": LONG_AGO, "ends_at": RECENT}, False),
        ({"starts_at": LONG_AGO, "ends_at": LONG_AGO}, True),
    ],
)
def test_is_abandoned(changes: dict[str, object], abandoned: bool) -> None:
    assert is_abandoned(replace(USE, **changes), NOW) is abandoned  # type: ignore[arg-type]
