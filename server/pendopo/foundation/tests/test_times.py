from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from pendopo.foundation.templatetags.times import (
    local_clock,
    local_date,
    local_span,
    local_time,
    local_zone,
)

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=ZoneInfo("UTC"))
HALF_PAST_ELEVEN = datetime(2026, 11, 24, 4, 30, tzinfo=ZoneInfo("UTC"))
NEXT_MORNING = datetime(2026, 11, 24, 18, 15, tzinfo=ZoneInfo("UTC"))


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"), timezone.override("Asia/Jakarta"):
        yield


def test_a_date_is_written_out_with_its_day():
    assert local_date(NINE) == "Selasa, 24 November 2026"


def test_a_date_is_that_of_the_offices_zone():
    assert local_date(NEXT_MORNING) == "Rabu, 25 November 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "09.00 WIB"),
        ("Asia/Pontianak", "09.00 WIB"),
        ("Asia/Makassar", "10.00 WITA"),
        ("Asia/Jayapura", "11.00 WIT"),
        ("Asia/Tokyo", "11.00 JST"),
    ],
)
def test_a_time_names_its_zone(zone, written):
    with timezone.override(zone):
        assert local_time(NINE) == written


def test_english_writes_a_colon():
    with translation.override("en"):
        assert local_time(NINE) == "09:00 WIB"
        assert local_date(NINE) == "Tuesday, 24 November 2026"


def test_a_span_names_the_zone_once():
    assert local_span(NINE, HALF_PAST_ELEVEN) == "09.00–11.30 WIB"


def test_a_span_over_midnight_names_the_second_date():
    assert local_span(NINE, NEXT_MORNING) == "09.00 WIB s.d. Rabu, 25 November 2026, 01.15 WIB"


def test_an_open_end_says_so():
    assert local_span(NINE) == "09.00 WIB s.d. selesai"


def test_a_bare_clock_stands_under_the_zones_label():
    assert local_clock(NINE) == "09.00"
    assert local_zone() == "WIB"


@pytest.mark.parametrize("write", [local_date, local_time, local_clock, local_span])
def test_nothing_is_written_as_nothing(write):
    assert write(None) == ""
