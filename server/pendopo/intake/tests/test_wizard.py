"""The request form: each screen, and what may go wrong on the way."""

import io
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pendopo.foundation import clock
from pendopo.intake.actions.drafts import start_draft
from pendopo.intake.actions.old_drafts import erase_old_drafts
from pendopo.intake.forms.wizard import (
    EventForm,
    LetterForm,
    SlotForm,
    SlotForms,
    WhoForm,
)
from pendopo.intake.models import PrivacyNotice, ServiceRequest
from pendopo.intake.rules.wizard import Screen, after, before, first_unfinished, slot_problem

TODAY = date(2026, 11, 24)
JSON = {"Accept": "application/json"}


def photo(name: str = "surat.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def who(**more: Any) -> dict[str, Any]:
    return {
        "requester_class": "community",
        "organisation_name": "PKK Desa Sukamaju",
        "contact_name": "Siti Aminah",
        "contact_whatsapp": "0812 3456 7890",
    } | more


def event(**more: Any) -> dict[str, Any]:
    day = (clock.now() + timedelta(days=30)).date()
    return {
        "event_title": "Rapat kader",
        "people": "40",
        "attendance": "online",
        "role": "host",
        "slot-TOTAL_FORMS": "1",
        "slot-INITIAL_FORMS": "0",
        "slot-0-day": day.isoformat(),
        "slot-0-starts": "09:00",
        "slot-0-ends": "11:00",
    } | more


@pytest.mark.parametrize(
    ("day", "starts", "ends", "problem"),
    [
        (TODAY, time(9), time(10), ""),
        (date(2026, 11, 23), time(9), time(10), "past"),
        (TODAY, time(9), time(9), "order"),
        (TODAY, time(23), time(1), "order"),
    ],
)
def test_a_day_that_cannot_be_meant(day: date, starts: time, ends: time, problem: str) -> None:
    assert slot_problem(day, starts, ends, TODAY) == problem


def test_the_screens_stand_in_their_order() -> None:
    assert [after(screen) for screen in Screen] == ["who", "event", "check", "check"]
    assert [before(screen) for screen in Screen] == [None, "letter", "who", "event"]
    assert first_unfinished({}) == Screen.LETTER
    assert first_unfinished({Screen.LETTER: True, Screen.EVENT: True}) == Screen.WHO
    assert first_unfinished(dict.fromkeys(Screen, True)) == Screen.CHECK


def test_at_most_ten_answers_are_required() -> None:
    forms = [WhoForm(), EventForm(), SlotForm()]
    required = {name for form in forms for name, f in form.fields.items() if f.required}
    # The letter or its promise is one, from and until are one.
    assert 1 + len(required - {"ends"}) <= 10
    assert not any(field.required for field in LetterForm().fields.values())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("12", ""),
        ("nomor saya", ""),
    ],
)
def test_a_number_as_people_write_it(typed: str, kept: str) -> None:
    form = WhoForm(who(contact_whatsapp=typed))
    assert form.is_valid() == bool(kept)
    assert form.cleaned_data.get("contact_whatsapp", "") == kept


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"people": "0"}, "people"),
        ({"people": "banyak"}, "people"),
        ({"attendance": ""}, "attendance"),
        ({"attendance": "telepathy"}, "attendance"),
        ({"event_title": " "}, "event_title"),
        ({"outside_url": "javascript:alert(1)"}, "outside_url"),
        ({"event_kind": ""}, ""),
        ({"role": ""}, ""),
    ],
)
def test_what_an_event_needs(changed: dict[str, str], field: str) -> None:
    form = EventForm(event(**changed))
    assert list(form.errors) == ([field] if field else [])


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({}, [{}]),
        ({"slot-0-starts": "09.00", "slot-0-ends": "11.30"}, [{}]),
        ({"slot-0-ends": "08:00"}, [{"ends"}]),
        ({"slot-0-day": "2020-01-01"}, [{"day"}]),
        ({"slot-0-day": ""}, [{"day"}]),
    ],
)
def test_days_and_times_as_people_type_them(
    changed: dict[str, str], errors: list[set[str]]
) -> None:
    slots = SlotForms(event(**changed), prefix="slot")
    slots.is_valid()
    assert [set(found) for found in slots.errors] == [set(each) for each in errors]


@pytest.mark.django_db
def test_each_screen_is_saved_and_leads_to_the_next(client: Client) -> None:
    answer = client.post(reverse("request-new"), {"letter_follows": "on"})
    draft = ServiceRequest.objects.get()
    address = f"/ajukan/{draft.tracking_code}"
    assert answer["Location"] == f"{address}/siapa"
    assert client.post(f"{address}/siapa", who())["Location"] == f"{address}/kegiatan"
    assert client.post(f"{address}/kegiatan", event())["Location"] == f"{address}/periksa"
    page = client.get(f"{address}/periksa").content.decode()
    assert "PKK Desa Sukamaju" in page
    assert "09.00–11.00 WIB" in page
    assert client.post(f"{address}/periksa")["Location"] == f"{address}/terkirim"
    draft.refresh_from_db()
    assert draft.number
    assert draft.privacy_version
    assert draft.privacy_read_at
    assert draft.number in client.get(f"{address}/terkirim").content.decode()


@pytest.fixture
def full(client: Client) -> ServiceRequest:
    """A draft that only has to be sent."""
    client.post(reverse("request-new"), {"letter_follows": "on"})
    draft = ServiceRequest.objects.get()
    client.post(reverse("request-who", args=[draft.tracking_code]), who())
    client.post(reverse("request-event", args=[draft.tracking_code]), event())
    return draft


@pytest.mark.django_db
def test_the_version_of_the_notice_that_stood_on_the_page_is_kept(
    client: Client, full: ServiceRequest
) -> None:
    address = reverse("request-check", args=[full.tracking_code])
    old_page = client.get(address).content.decode()
    assert 'name="privacy_version" value="1"' in old_page
    PrivacyNotice.objects.create(version=2, text="Baru", published_at=clock.now())
    assert 'name="privacy_version" value="2"' in client.get(address).content.decode()
    client.post(address, {"privacy_version": "1"})
    full.refresh_from_db()
    assert full.privacy_version == 1


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["", "3", "0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_names_no_version_counts_as_read_now(
    client: Client, full: ServiceRequest, said: str
) -> None:
    PrivacyNotice.objects.create(version=2, text="Baru", published_at=clock.now())
    client.post(reverse("request-check", args=[full.tracking_code]), {"privacy_version": said})
    full.refresh_from_db()
    assert full.privacy_version == 2


@pytest.mark.django_db
def test_what_is_wrong_stands_under_its_field_and_nothing_typed_is_lost(
    client: Client, full: ServiceRequest
) -> None:
    address = reverse("request-who", args=[full.tracking_code])
    answer = client.post(address, who(contact_whatsapp="abc", contact_name="Bu Siti"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Bu Siti"' in page
    assert "id_contact_whatsapp_error" in page
    as_json = client.post(address, who(contact_whatsapp="abc"), headers=JSON)
    assert list(as_json.json()["errors"]) == ["contact_whatsapp"]


@pytest.mark.django_db
def test_a_draft_without_its_letter_is_not_begun(client: Client) -> None:
    assert client.post(reverse("request-new"), {}).status_code == 422
    assert not ServiceRequest.objects.exists()


@pytest.mark.django_db
def test_resuming_leads_to_the_first_screen_with_something_missing(client: Client) -> None:
    draft = start_draft()
    address = f"/ajukan/{draft.tracking_code}/"
    assert client.get(address)["Location"] == f"{address}surat"
    client.post(f"{address}surat", {"letter_follows": "on"})
    assert client.get(address)["Location"] == f"{address}siapa"


@pytest.mark.django_db
def test_a_draft_begun_twice_with_one_key_is_one(client: Client) -> None:
    def begin(key: str) -> str:
        headers = {"Idempotency-Key": key, **JSON}
        return str(
            client.post(reverse("request-new"), {"letter_follows": "on"}, headers=headers).json()[
                "code"
            ]
        )

    assert begin("a") == begin("a") != begin("b")
    assert ServiceRequest.objects.count() == 2


@pytest.mark.django_db
def test_a_photo_chosen_after_a_lost_answer_is_kept(client: Client) -> None:
    headers = {"Idempotency-Key": "a", **JSON}
    client.post(reverse("request-new"), {"letter_follows": "on"}, headers=headers)
    with_photo = {"letter": photo()}
    assert client.post(reverse("request-new"), with_photo, headers=headers).status_code == 200
    draft = ServiceRequest.objects.get()
    assert draft.letter is not None
    assert not draft.letter_follows


@pytest.mark.django_db
def test_sent_twice_it_has_one_number(client: Client, full: ServiceRequest) -> None:
    address = reverse("request-check", args=[full.tracking_code])
    first, second = (client.post(address, headers=JSON).json() for _ in range(2))
    assert first == second
    assert first["number"]


@pytest.mark.django_db
def test_a_sent_request_is_read_only_also_from_another_tab(
    client: Client, full: ServiceRequest
) -> None:
    client.post(reverse("request-check", args=[full.tracking_code]))
    address = reverse("request-who", args=[full.tracking_code])
    assert client.get(address)["Location"].endswith("/terkirim")
    assert client.post(address, who(contact_name="Lain")).status_code == 409
    as_json = client.post(address, who(contact_name="Lain"), headers=JSON)
    assert as_json.json()["sent"].endswith("/terkirim")
    full.refresh_from_db()
    assert full.contact_name == "Siti Aminah"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "surat", "siapa", "kegiatan", "periksa", "terkirim"])
def test_another_code_opens_nothing(client: Client, full: ServiceRequest, page: str) -> None:
    assert client.get(f"/ajukan/bcdf-bcdf-bcdf-bcdf/{page}").status_code == 404


@pytest.mark.django_db
def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(client: Client) -> None:
    draft = start_draft()
    answer = client.post(reverse("request-check", args=[draft.tracking_code]))
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.number is None


@pytest.mark.django_db
def test_a_pasted_invitation_fills_the_screen_without_script(
    client: Client, full: ServiceRequest
) -> None:
    text = "Join Zoom Meeting\nhttps://zoom.us/j/81234567890\nMeeting ID: 812 3456 7890\n"
    answer = client.post(
        reverse("request-event", args=[full.tracking_code]),
        event(invitation=text, fill="1", event_title="Yang saya tulis"),
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "https://zoom.us/j/81234567890" in page
    assert "Yang saya tulis" in page
    full.refresh_from_db()
    assert full.outside_url == ""


@pytest.mark.django_db
def test_a_day_is_added_without_script(client: Client, full: ServiceRequest) -> None:
    address = reverse("request-event", args=[full.tracking_code])
    page = client.post(address, event(add_day="1")).content.decode()
    assert 'name="slot-1-day"' in page


@pytest.mark.django_db
def test_too_many_drafts_from_an_address_are_refused_with_what_to_do(client: Client) -> None:
    for _ in range(60):
        client.post(reverse("request-new"), {"letter_follows": "on"}, headers=JSON)
    answer = client.post(reverse("request-new"), {"letter_follows": "on"}, headers=JSON)
    assert answer.status_code == 429
    assert answer.json()["code"] == "requests_too_often"
    assert client.post(reverse("request-new"), {"letter_follows": "on"}).status_code == 429
    assert ServiceRequest.objects.count() == 60


@pytest.mark.django_db
def test_old_drafts_go_and_sent_requests_stay(client: Client, full: ServiceRequest) -> None:
    client.post(reverse("request-check", args=[full.tracking_code]))
    old, young = start_draft(), start_draft()
    long_ago = clock.now() - timedelta(days=31)
    ServiceRequest.objects.filter(pk__in=[old.pk, full.pk]).update(created_at=long_ago)
    assert erase_old_drafts() == (1, 0)
    assert set(ServiceRequest.objects.values_list("pk", flat=True)) == {full.pk, young.pk}


@pytest.mark.django_db
def test_the_form_asks_the_database_a_fixed_number_of_questions(
    client: Client, full: ServiceRequest, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        client.get(reverse("request-check", args=[full.tracking_code]))


@pytest.mark.django_db
def test_photos_become_one_paper_and_a_refused_file_says_why(client: Client) -> None:
    answer = client.post(
        reverse("request-new"), {"letter": [photo(), photo("dua.jpg")]}, headers=JSON
    )
    assert answer.status_code == 200, answer.content
    draft = ServiceRequest.objects.get()
    assert draft.letter is not None
    assert draft.letter.pages == 2
    wrong = SimpleUploadedFile("surat.pdf", b"MZ not a paper", "application/pdf")
    address = reverse("request-letter", args=[draft.tracking_code])
    refused = client.post(address, {"letter": [wrong]}, headers=JSON)
    assert refused.status_code == 422
    assert "surat" in refused.json()["errors"]["letter"][0]
    draft.refresh_from_db()
    assert draft.letter.pages == 2
