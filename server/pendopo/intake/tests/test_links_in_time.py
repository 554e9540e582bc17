"""The link of a session: in time, once, and again when its times have changed."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.models import ServiceRequest
from pendopo.intake.tasks.links import send_links
from pendopo.intake.tests.office import People, an_office, registered
from pendopo.notices.models import Notice
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def people(settings: Any) -> People:
    settings.EMAIL_HOST = "mail.contoh.go.id"
    return an_office()


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2027, 6, day, hour, minute, tzinfo=WIB)


def told_at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> list[Notice]:
    monkeypatch.setattr(clock, "now", lambda: now)
    send_links(0)
    return list(Notice.objects.filter(kind="request.link", channel="mail").order_by("created_at"))


def approved(people: People) -> ServiceRequest:
    case = registered(people)
    decisions.approve(case, people["head"])
    return case


def moved(starts: datetime) -> None:
    Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))


@pytest.mark.parametrize(
    ("now", "starts", "waits_until"),
    [
        (at(22, 7), at(5, 30, day=2), None),  # the morning would be too late
        (at(22, 7), at(6, 59, day=2), None),
        (at(22, 7), at(9, day=2), at(6, day=2)),  # nobody is woken for it
        (at(10, 7), at(5, 30, day=2), None),
    ],
)
def test_quiet_hours_do_not_hold_a_link_beyond_the_start(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
    starts: datetime,
    waits_until: Any,
) -> None:
    approved(people)
    moved(starts)
    (notice,) = told_at(monkeypatch, now)
    assert notice.not_before == waits_until


def test_a_link_goes_out_once_and_again_with_other_times(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(people)
    moved(at(10, day=2))
    assert len(told_at(monkeypatch, at(11))) == 1
    assert len(told_at(monkeypatch, at(12))) == 1
    moved(at(9, day=2))
    first, second = told_at(monkeypatch, at(13))
    assert "10.00" in first.text
    assert "09.00" in second.text
