"""Which times a session may have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pendopo.schedule.rules import is_out_of_range, order_of_times_is_wrong

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "is_out"),
    [
        (None, False),
        (NINE, False),
        (datetime(2000, 1, 1, tzinfo=UTC), False),
        (datetime(1999, 12, 31, 23, tzinfo=UTC), True),
        (datetime(2099, 12, 31, 23, tzinfo=UTC), False),
        (datetime(2100, 1, 1, tzinfo=UTC), True),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), True),  # before the first year
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), True),
    ],
)
def test_times_lie_in_our_century(time: datetime | None, is_out: bool) -> None:
    assert is_out_of_range(NINE, time) is is_out


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "is_wrong"),
    [
        (None, None, False),
        (NINE, None, False),
        (NINE, NINE + timedelta(minutes=1), False),
        (NINE, NINE, True),
        (None, NINE, True),
    ],
)
def test_an_end_comes_after_a_start(
    starts_at: datetime | None, ends_at: datetime | None, is_wrong: bool
) -> None:
    assert order_of_times_is_wrong(starts_at, ends_at) is is_wrong
