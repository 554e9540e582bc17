"""A unit books on the page: each limit in words, nothing typed lost, and once."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.intake.models import IntakePolicy, ServiceRequest
from pendopo.intake.queries.request_pages import counts_of
from pendopo.intake.queries.requests import visible_requests
from pendopo.intake.tests.office import People, a_request, account_with, an_office
from pendopo.office.queries import unit_of
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path
    return an_office()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def filled(**changes: Any) -> dict[str, Any]:
    day = timezone.localdate(clock.now()) + timedelta(days=9)
    return {
        "event_title": "Rapat bidang aptika", "day": f"{day}", "starts": "09:00", "ends": "11:00",
        "people": "20", "attendance": "online", "form_id": "lembar-1", **changes,
    }  # fmt: skip


def book(account: Account, **changes: Any) -> Any:
    return as_(account).post(reverse("booking-new"), filled(**changes))


def test_a_booking_stands_on_the_calendar_without_letter_or_reply(people: People) -> None:
    answer = book(people["host"])
    meeting = Session.objects.get().meeting
    assert answer.headers["Location"] == reverse("meeting-detail", args=[meeting.slug])
    case = ServiceRequest.objects.get()
    assert (case.state, case.channel, case.letter) == ("approved", "self_service", None)
    assert case.unit == unit_of(people["host"])
    assert not Document.objects.exists()


def test_a_letter_may_come_with_it(people: People) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "JPEG")
    letter = SimpleUploadedFile("undangan.jpg", picture.getvalue(), "image/jpeg")
    assert book(people["host"], letter=letter).status_code == 302
    kept = ServiceRequest.objects.get().letter
    assert kept is not None
    assert kept.pages == 1


def test_a_letter_that_can_not_be_kept_books_nothing(people: People) -> None:
    wrong = SimpleUploadedFile("surat.pdf", b"MZ\x90 no paper", "application/pdf")
    answer = book(people["host"], letter=wrong)
    assert answer.status_code >= 400
    assert 'value="Rapat bidang aptika"' in answer.text
    assert not ServiceRequest.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("policy", "typed", "says"),
    [
        ({}, {"people": "51"}, "paling banyak 50 orang"),
        ({"self_service_people": 10}, {"people": "11"}, "paling banyak 10 orang"),
        ({}, {"ends": "13:01"}, "paling lama 4 jam"),
        ({"self_service_hours": 1}, {}, "paling lama 1 jam"),
        ({}, {"needs_operator": "on"}, "operator"),
        ({"self_service_uplink_percent": 1}, {"people": "50"}, "jalur internet"),
        ({"self_service": False}, {}, "permohonan"),
    ],
)
def test_each_limit_is_said_in_words_and_nothing_typed_is_lost(
    people: People, policy: dict[str, Any], typed: dict[str, str], says: str
) -> None:
    IntakePolicy.objects.create(**policy)
    answer = book(people["host"], **typed)
    assert answer.status_code in {403, 409}
    page = answer.text
    assert says in str(answer.context["form"].non_field_errors()[0])
    assert reverse("request-new") in page
    for value in (filled(**typed)[name] for name in ("event_title", "day", "starts", "people")):
        assert f'value="{value}"' in page
    assert 'value="lembar-1"' in page
    assert not ServiceRequest.objects.exists()


def test_who_belongs_to_no_unit_is_told(people: People) -> None:
    answer = book(account_with(Duty.HOST))
    assert answer.status_code == 403
    assert "unit" in str(answer.context["form"].non_field_errors()[0])
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"event_title": ""}, "event_title"),
        ({"people": "banyak"}, "people"),
        ({"people": "0"}, "people"),
        ({"day": "2020-01-01"}, "day"),
        ({"ends": "08:00"}, "ends"),
        ({"attendance": "hybrid"}, "attendance"),
    ],
)
def test_what_is_wrong_stands_under_its_field(
    people: People, typed: dict[str, str], wrong: str
) -> None:
    answer = book(people["host"], **typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert f"id_{wrong}_error" in answer.text
    assert not ServiceRequest.objects.exists()


def test_the_same_form_again_books_nothing_more(people: People) -> None:
    first, again = book(people["host"]), book(people["host"])
    assert first.headers["Location"] == again.headers["Location"]
    assert ServiceRequest.objects.count() == Session.objects.count() == 1
    # Going back and changing it is another wish; and so is the same wish on a new page.
    book(people["host"], event_title="Rapat lain")
    book(people["host"], form_id="lembar-2")
    assert ServiceRequest.objects.count() == 3


def test_a_refused_form_may_be_corrected_and_sent(people: People) -> None:
    assert book(people["host"], people="51").status_code == 409
    assert book(people["host"], people="50").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_double_click_books_once(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    people = an_office()

    def press() -> str:
        try:
            return str(book(people["host"]).headers["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        led_to = {job.result() for job in [pool.submit(press), pool.submit(press)]}
    assert len(led_to) == 1
    assert ServiceRequest.objects.count() == Session.objects.count() == 1


def test_bookings_are_counted_apart(people: People) -> None:
    book(people["host"])
    a_request()
    rows = visible_requests(people["secretary"])
    counts = counts_of(rows)
    assert (counts.asked, counts.booked) == (1, 1)
    page = as_(people["secretary"]).get(reverse("request-list")).text
    assert "dihitung terpisah" in page


def test_who_may_book_finds_the_page_among_the_own_meetings(people: People) -> None:
    link = f'href="{reverse("booking-new")}"'
    assert link in as_(people["host"]).get(reverse("my-meetings")).text
    assert link not in as_(people["coordinator"]).get(reverse("my-meetings")).text
    assert as_(people["coordinator"]).get(reverse("booking-new")).status_code == 403
