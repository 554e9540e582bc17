"""Quiet hours and the morning's digest, as messages really go out."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.journal.models import SYSTEM
from pendopo.notices.actions.by_hand import choose_way, mark_all_read, retry_notice
from pendopo.notices.actions.delivery import deliver_notice
from pendopo.notices.actions.policy import change_policy
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice
from pendopo.notices.rules import Channel, NoticeState, Way
from pendopo.notices.tasks import send_digests
from pendopo.office.actions.holidays import add_holiday, remove_holiday
from pendopo.office.rules.holidays import HolidayKind
from pendopo.people.actions.accounts import create_account, deactivate_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
SITI = Recipient(name="Siti", email="siti@warga.test")
MONDAY, HOLIDAY = date(2026, 8, 3), date(2026, 8, 17)
SetClock = Callable[..., datetime]


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the time by the office's clock."""

    def to(hour: str, day: date = MONDAY, zone: str = "Asia/Jakarta") -> datetime:
        moment = datetime.combine(day, time.fromisoformat(hour), tzinfo=ZoneInfo(zone))
        monkeypatch.setattr(clock, "now", lambda: moment.astimezone(ZoneInfo("UTC")))
        return moment

    return to


def tell(to: Recipient = SITI, urgent: bool = False, key: str = "k") -> Notice:
    message = Message("a.b", "c:1", key, f"Perihal {key}", "Isi", urgent=urgent)
    return send_notice(message, [to])[0]


def queued_for(notice: Notice) -> list[datetime | None]:
    with connection.cursor() as sql:
        sql.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'notice_id' = %s ORDER BY id",
            [str(notice.pk)],
        )
        return [when for (when,) in sql.fetchall()]


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_what_is_written_at_night_goes_out_in_the_offices_morning(
    set_clock: SetClock, zone: str
) -> None:
    with timezone.override(zone):
        set_clock("21:00", zone=zone)
        notice = tell()
        morning = set_clock("06:00", date(2026, 8, 4), zone)
        assert notice.not_before == morning
        assert queued_for(notice) == [morning]
        set_clock("23:30", zone=zone)
        deliver_notice(notice.pk)  # a worker that is too early
        assert mailbox.outbox == []
        assert queued_for(notice)[1:] == [morning]
        set_clock("06:00", date(2026, 8, 4), zone)
        deliver_notice(notice.pk)
    assert [mail.subject for mail in mailbox.outbox] == ["Perihal k"]
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == (NoticeState.SENT, 1)


def test_what_is_urgent_passes(set_clock: SetClock) -> None:
    set_clock("23:00")
    notice = tell(urgent=True)
    assert queued_for(notice) == [None]
    deliver_notice(notice.pk)
    assert len(mailbox.outbox) == 1


def test_by_day_nothing_waits(set_clock: SetClock) -> None:
    set_clock("06:00")
    notice = tell()
    assert queued_for(notice) == [None]
    deliver_notice(notice.pk)
    assert len(mailbox.outbox) == 1


def test_a_worker_that_comes_late_into_the_night_leaves_it_for_the_morning(
    set_clock: SetClock,
) -> None:
    set_clock("19:55")
    notice = tell()
    set_clock("20:05")
    deliver_notice(notice.pk)
    assert mailbox.outbox == []
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == (NoticeState.WAITING, 0)
    assert notice.not_before == set_clock("06:00", date(2026, 8, 4))


def test_tried_again_by_a_person_at_night_it_waits_too(
    set_clock: SetClock, secretary: Account
) -> None:
    set_clock("22:00")
    notice = tell()
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED)
    retry_notice(notice.pk, secretary)
    deliver_notice(notice.pk)
    assert mailbox.outbox == []


def test_an_office_may_set_other_hours_or_none(set_clock: SetClock) -> None:
    set_clock("21:00")
    change_policy({"quiet_from": time(22), "quiet_until": time(5)}, SYSTEM)
    assert tell(key="a").not_before is None
    set_clock("22:00")
    assert tell(key="b").not_before == set_clock("05:00", date(2026, 8, 4))
    set_clock("23:00")
    change_policy({"quiet_from": time(0), "quiet_until": time(0)}, SYSTEM)
    assert tell(key="c").not_before is None


@pytest.fixture
def secretary() -> Account:
    """Gets a digest: staff do unless they chose otherwise."""
    return create_account("sekre@t.example", "x", "Bu Sekre", [Duty.SECRETARIAT])


def test_one_mail_in_the_morning_tells_what_came_in_once(
    set_clock: SetClock, secretary: Account
) -> None:
    set_clock("15:00", date(2026, 7, 31))
    for number in range(3):
        tell(Recipient(secretary), key=f"{number}")
    for hour, mails in [("07:50", 0), ("08:00", 1), ("08:10", 1), ("11:50", 1)]:
        set_clock(hour)
        send_digests()
        assert Notice.objects.filter(kind="notices.digest").count() == mails
    digest = Notice.objects.get(kind="notices.digest")
    assert digest.to_address == "sekre@t.example"
    assert all(f"• Perihal {number}" in digest.text for number in range(3))
    deliver_notice(digest.pk)
    assert mailbox.outbox[0].to == ["Bu Sekre <sekre@t.example>"]
    set_clock("08:00", date(2026, 8, 4))  # nothing new: no mail
    send_digests()
    assert Notice.objects.filter(kind="notices.digest").count() == 1


def test_each_person_switches_for_themselves(set_clock: SetClock, secretary: Account) -> None:
    set_clock("15:00")
    others = {
        way: create_account(f"{way}@t.example", "x", f"Pak {way}", [Duty.SECRETARIAT])
        for way in Way
    }
    for way, account in others.items():
        choose_way(account, way)
    everybody = [secretary, *others.values()]
    send_notice(Message("a.b", "c:1", "k", "Satu", "Isi"), [Recipient(each) for each in everybody])
    at_once = Notice.objects.filter(channel=Channel.MAIL)
    assert [each.account for each in at_once] == [others[Way.AT_ONCE]]
    assert Notice.objects.filter(channel=Channel.IN_APP).count() == len(everybody)
    set_clock("08:00", date(2026, 8, 4))
    send_digests()
    told = Notice.objects.filter(kind="notices.digest").values_list("account", flat=True)
    assert set(told) == {secretary.pk, others[Way.DIGEST].pk}


def test_who_has_read_it_or_left_gets_no_digest(set_clock: SetClock, secretary: Account) -> None:
    set_clock("15:00")
    gone = create_account("gone@t.example", "x", "Pak Lalu", [Duty.SECRETARIAT])
    for account in (secretary, gone):
        tell(Recipient(account))
    mark_all_read(secretary)
    deactivate_account(gone, SYSTEM)
    set_clock("08:00", date(2026, 8, 4))
    send_digests()
    assert not Notice.objects.filter(kind="notices.digest").exists()


def test_the_offices_own_days_off_decide(set_clock: SetClock, secretary: Account) -> None:
    """Not the national calendar: the office adds days off, and takes some out."""
    set_clock("15:00", date(2026, 8, 2))
    tell(Recipient(secretary))

    def goes_on(day: date) -> bool:
        set_clock("08:00", day)
        send_digests()
        sent = Notice.objects.filter(kind="notices.digest")
        Notice.objects.filter(kind="a.b").update(digested_at=None)
        return bool(sent.delete()[0])

    assert goes_on(MONDAY)
    add_holiday(MONDAY, "Hari jadi kabupaten", HolidayKind.LOCAL, SYSTEM)
    assert not goes_on(MONDAY)
    assert not goes_on(HOLIDAY)  # Independence Day, from the national calendar
    remove_holiday(HOLIDAY, SYSTEM)
    assert goes_on(HOLIDAY)


def test_the_digest_reaches_behind_the_first_accounts(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pendopo.notices import tasks

    monkeypatch.setattr(tasks, "_DIGESTS_AT_ONCE", 3)
    set_clock("15:00")
    accounts = [
        create_account(f"{number}@t.example", "x", f"A {number}", [Duty.SECRETARIAT])
        for number in range(8)
    ]
    for account in accounts[:5]:
        choose_way(account, Way.IN_APP)
    send_notice(Message("a.b", "c:1", "k", "Satu", "Isi"), [Recipient(each) for each in accounts])
    set_clock("08:00", date(2026, 8, 4))
    send_digests()
    told = Notice.objects.filter(kind="notices.digest").values_list("account", flat=True)
    assert set(told) == {each.pk for each in accounts[5:]}
