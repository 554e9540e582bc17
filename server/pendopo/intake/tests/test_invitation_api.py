"""``POST /api/v1/invitations/parse``."""

from typing import Any

import pytest
from django.test import Client

from pendopo.intake.rules.invitations import LONGEST

URL = "/api/v1/invitations/parse"
FIELDS = {
    "platform", "url", "meeting_id", "passcode", "starts_at", "ends_at", "time_zone", "organiser",
    "title",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def _post(body: dict[str, Any]) -> Any:
    return Client().post(URL, body, content_type="application/json")


def test_text_is_answered_with_times_in_their_zone() -> None:
    answer = _post(
        {"text": "Zoom: https://zoom.us/j/8123456789\nSelasa, 24 November 2026\nPukul 09.00 WITA"}
    )
    assert answer.status_code == 200
    assert answer.json() == dict.fromkeys(FIELDS) | {
        "platform": "zoom",
        "url": "https://zoom.us/j/8123456789",
        "meeting_id": "8123456789",
        "starts_at": "2026-11-24T09:00:00+08:00",
        "time_zone": "Asia/Makassar",
    }


def test_a_calendar_file_is_read() -> None:
    answer = _post(
        {
            "ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261124T020000Z\nSUMMARY:Rapat\n"
            "END:VEVENT\nEND:VCALENDAR"
        }
    )
    assert answer.json()["title"] == "Rapat"
    assert answer.json()["time_zone"] == "UTC"
    assert answer.json()["starts_at"] in ("2026-11-24T02:00:00Z", "2026-11-24T02:00:00+00:00")


def test_nothing_recognised_is_no_error() -> None:
    answer = _post({"text": "Siap Pak"})
    assert (answer.status_code, answer.json()) == (200, dict.fromkeys(FIELDS))


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": 3}, {"ics": "a" * (LONGEST + 1)}])
def test_what_can_not_be_read_is_a_problem(body: dict[str, Any]) -> None:
    answer = _post(body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_what_is_far_too_long_is_not_even_read() -> None:
    answer = _post({"text": "a" * 3_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")


def test_a_flood_is_stopped() -> None:
    answers = [_post({"text": ""}).status_code for _ in range(61)]
    assert set(answers[:60]) == {200}
    assert answers[60] == 429
