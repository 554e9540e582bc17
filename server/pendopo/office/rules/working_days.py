"""Working days: Monday to Friday, without the days on which the office is closed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

# Civil servants work Monday to Friday (Presidential Regulation 21/2023).
_SATURDAY = 5
# Who asks after this hour is served from the next working day on; an office may set another.
CLOSING_HOUR = 16

# From asking the requester to the answer; ``None`` while the answer is awaited.
Pause = tuple[datetime, datetime | None]


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether the office works on a day."""
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(day: date, n: int, holidays: Collection[date]) -> date:
    """The n-th working day after a day; with a negative n the one before it (H-3 is ``n=-3``).

    The day itself is not counted. ``n=0`` is the day itself or, if it is off, the next working day.
    """
    if n == 0:
        return day if is_working_day(day, holidays) else add_working_days(day, 1, holidays)
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: Collection[date]) -> int:
    """How many working days lie after ``first``, up to and with ``last``; 0 when it lies before.

    So ``working_days_between(day, add_working_days(day, n, holidays), holidays) == n`` for n > 0.
    """
    span = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=number), holidays) for number in span)


def received_on(
    moment: datetime, holidays: Collection[date], closing_hour: int = CLOSING_HOUR
) -> date:
    """The working day on which something counts as received; ``moment`` in the office's zone.

    What comes on a day off, or at the closing hour or later, counts as of the next working day.
    """
    day = moment.date()
    late = moment.hour >= closing_hour and is_working_day(day, holidays)
    return add_working_days(day, 1 if late else 0, holidays)


def response_due(
    submitted: datetime,
    days: int,
    holidays: Collection[date],
    paused: Sequence[Pause] = (),
    closing_hour: int = CLOSING_HOUR,
) -> date | None:
    """The last working day for an answer; ``None`` while the clock stands.

    The day of receipt is not counted. While the requester is asked the clock stands: the day of
    the question still counts, the days after it do not, up to and with the day on which the
    answer counts as received. A question answered on its own day stops nothing. Times are in the
    office's zone.
    """
    if any(answered is None for _, answered in paused):
        return None
    stops = [
        (asked.date(), received_on(answered, holidays, closing_hour))
        for asked, answered in paused
        if answered is not None and answered.date() > asked.date()
    ]
    day = received_on(submitted, holidays, closing_hour)
    left = days
    while left > 0:
        day = add_working_days(day, 1, holidays)
        left -= not any(asked < day <= answered for asked, answered in stops)
    return day
