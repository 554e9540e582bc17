"""Working days and the clock of a request, as worked tables."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.office.rules.holidays import national_calendar
from pendopo.office.rules.working_days import (
    add_working_days,
    is_working_day,
    received_on,
    response_due,
    working_days_between,
)

YEARS = range(2025, 2029)
DAYS_OFF = frozenset(each.day for year in YEARS for each in national_calendar(year))


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """A moment such as ``2026-03-17 15:59``, in the office's zone."""
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-11-24", True),
        ("2026-11-28", False),  # Saturday
        ("2026-11-29", False),  # Sunday
        ("2026-03-20", False),  # cuti bersama Idul Fitri
        ("2026-12-24", False),  # cuti bersama Natal
        ("2026-12-31", True),
        ("2027-01-01", False),
        ("2028-02-29", True),
    ],
)
def test_the_office_works_on_weekdays_that_are_not_off(text: str, works: bool) -> None:
    assert is_working_day(day(text), DAYS_OFF) is works


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-24", 1, "2026-11-25"),
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-27", 1, "2026-11-30"),
        # The week of Idul Fitri 2026: from 18 to 24 March nobody works.
        ("2026-03-17", 1, "2026-03-25"),
        ("2026-03-17", 3, "2026-03-27"),
        ("2026-03-19", 0, "2026-03-25"),
        # Over the turn of the year, and over a leap day.
        ("2026-12-31", 1, "2027-01-04"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2028-02-28", 2, "2028-03-01"),
        # H-3.
        ("2026-11-24", -3, "2026-11-19"),
        ("2026-03-25", -1, "2026-03-17"),
    ],
)
def test_working_days_are_added(start: str, n: int, end: str) -> None:
    assert add_working_days(day(start), n, DAYS_OFF) == day(end)


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        ("2026-11-24", "2026-11-24", 0),
        ("2026-11-24", "2026-11-25", 1),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-03-17", "2026-03-25", 1),
        ("2026-12-31", "2027-01-04", 1),
        ("2026-11-25", "2026-11-24", 0),
    ],
)
def test_working_days_are_counted(first: str, last: str, n: int) -> None:
    assert working_days_between(day(first), day(last), DAYS_OFF) == n


@given(st.dates(day("2025-01-01"), day("2028-06-01")), st.integers(1, 60))
def test_adding_and_counting_agree(start: date, n: int) -> None:
    end = add_working_days(start, n, DAYS_OFF)
    assert is_working_day(end, DAYS_OFF)
    assert working_days_between(start, end, DAYS_OFF) == n


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2026-11-24 15:59", "2026-11-24"),
        ("2026-11-24 16:00", "2026-11-25"),
        ("2026-11-27 16:30", "2026-11-30"),
        ("2026-11-28 09:00", "2026-11-30"),  # Saturday: Monday, not Tuesday
        ("2026-11-28 18:00", "2026-11-30"),
        ("2026-03-17 17:00", "2026-03-25"),
        ("2026-12-31 16:00", "2027-01-04"),
    ],
)
def test_what_comes_late_or_on_a_day_off_counts_from_the_next_working_day(
    moment: str, counts: str
) -> None:
    assert received_on(at(moment), DAYS_OFF) == day(counts)


@pytest.mark.parametrize(
    ("submitted", "days", "pauses", "due"),
    [
        ("2026-11-24 09:00", 3, [], "2026-11-27"),
        ("2026-11-24 17:00", 3, [], "2026-11-30"),
        ("2026-11-28 10:00", 3, [], "2026-12-03"),
        ("2026-03-17 09:00", 3, [], "2026-03-27"),
        ("2026-12-30 09:00", 3, [], "2027-01-06"),  # 5 January is Isra Mikraj
        ("2026-11-24 09:00", 0, [], "2026-11-24"),
        # Asked on Wednesday, answered on Friday morning: Thursday and Friday do not count.
        ("2026-11-24 09:00", 3, [("2026-11-25 10:00", "2026-11-27 08:00")], "2026-12-01"),
        # Answered after hours: Monday, when it counts as received, does not count either.
        ("2026-11-24 09:00", 3, [("2026-11-25 10:00", "2026-11-27 16:10")], "2026-12-02"),
        # A question answered the same day stops nothing.
        ("2026-11-24 09:00", 3, [("2026-11-25 10:00", "2026-11-25 15:00")], "2026-11-27"),
        # A pause that begins on Saturday and ends on Monday costs Monday.
        ("2026-11-27 09:00", 3, [("2026-11-28 10:00", "2026-11-30 09:00")], "2026-12-03"),
        # A pause within a weekend: the answer counts as of Monday.
        ("2026-11-27 09:00", 3, [("2026-11-28 10:00", "2026-11-29 09:00")], "2026-12-03"),
        # Two pauses that overlap cost no day twice.
        (
            "2026-11-24 09:00",
            3,
            [
                ("2026-11-25 10:00", "2026-11-26 09:00"),
                ("2026-11-25 11:00", "2026-11-27 09:00"),
            ],
            "2026-12-01",
        ),
        # After the due day a pause changes nothing.
        ("2026-11-24 09:00", 1, [("2026-11-26 10:00", "2026-11-30 09:00")], "2026-11-25"),
    ],
)
def test_an_answer_is_due(
    submitted: str, days: int, pauses: list[tuple[str, str]], due: str
) -> None:
    paused = [(at(asked), at(answered)) for asked, answered in pauses]
    assert response_due(at(submitted), days, DAYS_OFF, paused) == day(due)


def test_while_the_requester_is_asked_nothing_is_due() -> None:
    paused = [(at("2026-11-25 10:00"), None)]
    assert response_due(at("2026-11-24 09:00"), 3, DAYS_OFF, paused) is None


def test_an_office_may_close_at_another_hour() -> None:
    assert response_due(at("2026-11-24 15:00"), 1, DAYS_OFF, closing_hour=15) == day("2026-11-26")


@given(
    st.datetimes(
        at("2025-01-01 00:00").replace(tzinfo=None), at("2028-01-01 00:00").replace(tzinfo=None)
    ),
    st.integers(0, 30),
    st.timedeltas(timedelta(), timedelta(days=20)),
    st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_a_pause_never_makes_it_due_earlier(
    submitted: datetime, days: int, until: timedelta, length: timedelta
) -> None:
    free = response_due(submitted, days, DAYS_OFF)
    paused = response_due(
        submitted, days, DAYS_OFF, [(submitted + until, submitted + until + length)]
    )
    assert free is not None
    assert paused is not None
    assert paused >= free


def test_the_national_calendar_tells_joint_leave_apart() -> None:
    kinds = {each.day.isoformat(): (each.kind, each.name) for each in national_calendar(2026)}
    assert kinds["2026-08-17"] == ("national", "Hari Kemerdekaan Republik Indonesia")
    assert kinds["2026-03-20"] == ("joint_leave", "Cuti Bersama Hari Raya Idul Fitri")
