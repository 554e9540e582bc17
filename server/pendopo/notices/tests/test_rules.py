"""When a message may go out, by which way, and how it reads: rules without a database."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.notices.rules import (
    TRIES,
    Channel,
    NoticeState,
    Way,
    channels_to_account,
    is_digest_time,
    masked,
    quiet_until,
    states_before,
    wait_before_try,
    whatsapp_text,
)

WIB, WITA, WIT = map(ZoneInfo, ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
ZONES = [WIB, WITA, WIT]
EVENING, MORNING = time(20), time(6)
MONDAY = date(2026, 8, 3)


def at(clock: str, day: date = MONDAY, zone: ZoneInfo = WIB) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)


@pytest.mark.parametrize("zone", ZONES, ids=["WIB", "WITA", "WIT"])
@pytest.mark.parametrize(
    ("clock", "until", "days_later"),
    [
        ("00:00", "06:00", 0),
        ("05:59:59", "06:00", 0),
        ("06:00", None, 0),
        ("12:00", None, 0),
        ("19:59:59", None, 0),
        ("20:00", "06:00", 1),
        ("23:59:59", "06:00", 1),
    ],
)
def test_over_midnight_it_waits_for_the_morning_of_the_readers_zone(
    zone: ZoneInfo, clock: str, until: str | None, days_later: int
) -> None:
    found = quiet_until(at(clock, zone=zone), EVENING, MORNING)
    assert found == (until and at(until, MONDAY + timedelta(days=days_later), zone))
    assert found is None or found.tzinfo is zone


@pytest.mark.parametrize(
    ("clock", "until"),
    [("11:59", None), ("12:00", "13:30"), ("13:29:59", "13:30"), ("13:30", None), ("23:00", None)],
)
def test_quiet_hours_may_lie_within_a_day(clock: str, until: str | None) -> None:
    assert quiet_until(at(clock), time(12), time(13, 30)) == (until and at(until))


@given(st.times(), st.times())
def test_equal_times_mean_never_quiet(clock: time, edge: time) -> None:
    assert quiet_until(datetime.combine(MONDAY, clock, tzinfo=WIB), edge, edge) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.times(), st.times())  # noqa: DTZ001
def test_the_end_lies_ahead_within_a_day_and_is_not_quiet_itself(
    now: datetime, begins: time, ends: time
) -> None:
    end = quiet_until(now.replace(tzinfo=WIT), begins, ends)
    if end is not None:
        assert timedelta(0) < end - now.replace(tzinfo=WIT) <= timedelta(days=1)
        assert quiet_until(end, begins, ends) is None


def test_one_moment_is_night_in_the_east_and_evening_in_the_west() -> None:
    moment = at("19:30", zone=WIB)
    assert quiet_until(moment, EVENING, MORNING) is None
    assert quiet_until(moment.astimezone(WITA), EVENING, MORNING) == at(
        "06:00", MONDAY + timedelta(days=1), WITA
    )
    assert quiet_until(moment.astimezone(WIT), EVENING, MORNING) == at(
        "06:00", MONDAY + timedelta(days=1), WIT
    )


@pytest.mark.parametrize(
    ("way", "urgent", "mails", "wanted"),
    [
        (Way.AT_ONCE, False, True, [Channel.IN_APP, Channel.MAIL]),
        (Way.AT_ONCE, True, True, [Channel.IN_APP, Channel.MAIL]),
        (Way.DIGEST, False, True, [Channel.IN_APP]),
        (Way.DIGEST, True, True, [Channel.IN_APP, Channel.MAIL]),
        (Way.IN_APP, False, True, [Channel.IN_APP]),
        (Way.IN_APP, True, True, [Channel.IN_APP]),
        *[(way, urgent, False, [Channel.IN_APP]) for way in Way for urgent in (False, True)],
    ],
)
def test_each_switch(way: Way, urgent: bool, mails: bool, wanted: list[Channel]) -> None:
    assert channels_to_account(way, urgent=urgent, mails=mails) == wanted


@pytest.mark.parametrize(
    ("clock", "day", "goes"),
    [
        ("07:59", MONDAY, False),
        ("08:00", MONDAY, True),
        ("11:59", MONDAY, True),
        ("12:00", MONDAY, False),
        ("08:00", MONDAY - timedelta(days=1), False),  # Sunday
        ("08:00", MONDAY - timedelta(days=2), False),  # Saturday
        ("08:00", date(2026, 8, 17), False),  # a holiday
        ("08:00", date(2026, 8, 18), True),
    ],
)
def test_the_digest_goes_on_the_morning_of_a_working_day(clock: str, day: date, goes: bool) -> None:
    assert is_digest_time(at(clock, day), time(8), {date(2026, 8, 17)}) is goes


@pytest.mark.parametrize("hour", range(24))
def test_whatever_the_hour_of_the_digest_there_is_time_for_it(hour: int) -> None:
    assert is_digest_time(datetime.combine(MONDAY, time(hour), tzinfo=WIB), time(hour), set())


def test_the_tries_take_about_two_hours() -> None:
    waits = [wait_before_try(tries) for tries in range(1, TRIES)]
    assert waits == sorted(waits)
    assert timedelta(hours=1.5) < sum(waits, timedelta()) < timedelta(hours=3)
    assert wait_before_try(40) == timedelta(hours=6)


def test_no_report_takes_back_a_later_one() -> None:
    order = [NoticeState.WAITING, NoticeState.SENT, NoticeState.DELIVERED, NoticeState.READ]
    for number, state in enumerate(order[1:], 1):
        assert states_before(state) == set(order[:number])
    assert NoticeState.READ not in states_before(NoticeState.FAILED)
    assert not states_before(NoticeState.SKIPPED)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("siti@pkk.example", "s…@pkk.example"),
        ("+6281234567890", "+62…890"),
        ("12345", "…"),
        ("", "…"),
    ],
)
def test_a_contact_is_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


@given(st.text(max_size=300), st.text(max_size=9000), st.sampled_from([800, 4096]))
def test_a_whatsapp_text_keeps_to_its_length_and_keeps_its_link(
    subject: str, text: str, longest: int
) -> None:
    said = whatsapp_text(subject, text, "https://x.test/lacak/1", "Lihat", "Diskominfo", longest)
    assert len(said) <= longest
    assert said.endswith("Lihat:\nhttps://x.test/lacak/1\n\n– Diskominfo")
