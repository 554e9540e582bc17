"""What is promised for the night runs at night where the office is, not where the queue counts."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from django.conf import settings
from procrastinate.contrib.django import app

MIDDAY = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
# Once a day: minute and hour are numbers.
DAILY = {
    task.task.name: task.cron
    for task in app.periodic_registry.periodic_tasks.values()
    if all(part.isdecimal() for part in task.cron.split()[:2])
}


def test_the_erasures_are_among_them() -> None:
    ours = {
        "pendopo.intake.tasks.retention.erase_due_requests",
        "pendopo.intake.tasks.drafts.erase_drafts",
    }
    assert ours <= set(DAILY)


@pytest.mark.parametrize("name", sorted(DAILY))
def test_daily_work_runs_between_one_and_five_at_night(name: str) -> None:
    # procrastinate reads a cron line in UTC.
    next_run = croniter(DAILY[name], MIDDAY).get_next(datetime)
    local = next_run.astimezone(ZoneInfo(settings.TIME_ZONE)).time()
    assert time(1) <= local <= time(5), local
