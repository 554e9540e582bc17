"""A request that is sent twice, from two tabs, on two phones, or by somebody who guesses."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client, TestCase
from django.urls import reverse

from pendopo.files.actions.erasing import place_hold
from pendopo.foundation import clock
from pendopo.intake.actions.old_drafts import erase_old_drafts
from pendopo.intake.models import ServiceRequest
from pendopo.intake.tests.test_wizard import event, photo, who
from pendopo.journal.models import SYSTEM, Entry

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
SCREENS = ("letter", "who", "event", "check")


@pytest.fixture(autouse=True)
def files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def at(draft: ServiceRequest, screen: str) -> str:
    return reverse(f"request-{screen}", args=[draft.tracking_code])


def begun(phone: Client) -> ServiceRequest:
    phone.post(reverse("request-new"), {"letter_follows": "on"})
    return ServiceRequest.objects.latest("created_at")


def full(phone: Client) -> ServiceRequest:
    """A draft that only has to be sent."""
    draft = begun(phone)
    phone.post(at(draft, "who"), who())
    phone.post(at(draft, "event"), event())
    return draft


def sent_once(draft: ServiceRequest) -> None:
    """One request, one number, one entry, one step."""
    assert ServiceRequest.objects.count() == 1
    draft.refresh_from_db()
    assert (draft.number or "").endswith("-00001")
    assert Entry.objects.filter(kind="request.submitted").count() == 1
    assert draft.transitions.count() == 1


def test_a_form_that_is_sent_again_makes_one_request(client: Client) -> None:
    draft = full(client)
    for _ in range(3):
        answer = client.post(at(draft, "check"))
        assert answer.headers["Location"] == at(draft, "sent")
    sent_once(draft)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_double_click_makes_one_request(headers: dict[str, str]) -> None:
    draft = full(Client())

    def press() -> tuple[int, str]:
        try:
            answer = Client().post(at(draft, "check"), headers=headers)
            return answer.status_code, answer.headers.get("Location", "") or answer.text
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = {job.result() for job in [pool.submit(press) for _ in range(4)]}
    assert len(answers) == 1
    status, led_to = answers.pop()
    assert status == (200 if headers else 302)
    assert at(draft, "sent") in led_to
    sent_once(draft)


@pytest.mark.django_db(transaction=True)
def test_a_draft_begun_by_two_clicks_with_one_key_is_one() -> None:
    def press() -> str:
        try:
            headers = {**JSON, "Idempotency-Key": "kunci-dari-ponsel"}
            given = {"letter_follows": "on"}
            answer = Client().post(reverse("request-new"), given, headers=headers)
            return str(answer.json()["code"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        codes = {job.result() for job in [pool.submit(press) for _ in range(4)]}
    assert len(codes) == 1
    assert ServiceRequest.objects.count() == 1


def test_two_tabs_with_one_draft_keep_what_each_screen_said_last(client: Client) -> None:
    draft = full(client)
    one, other = Client(), Client()
    for tab in (one, other):
        assert tab.get(at(draft, "who")).status_code == 200
    one.post(at(draft, "who"), who(contact_name="Bu Siti"))
    other.post(at(draft, "event"), event(event_title="Rapat kader"))
    draft.refresh_from_db()
    assert (draft.contact_name, draft.event_title) == ("Bu Siti", "Rapat kader")
    assert one.post(at(draft, "check")).status_code == 302
    # The other tab comes to the end page; what it types now is refused and changes nothing.
    assert other.get(at(draft, "event")).headers["Location"] == at(draft, "sent")
    late = other.post(at(draft, "event"), event(event_title="Terlambat"))
    assert late.status_code == 409
    assert "sudah dikirim" in late.text
    assert other.post(at(draft, "check")).headers["Location"] == at(draft, "sent")
    draft.refresh_from_db()
    assert draft.event_title == "Rapat kader"
    sent_once(draft)


def test_the_link_opens_the_draft_on_another_phone_where_it_was_left(client: Client) -> None:
    draft = begun(client)
    client.post(at(draft, "who"), who())
    page = client.get(at(draft, "event"))
    link = page.context["resume_link"]
    other = Client()
    answer = other.get(link.partition("testserver")[2] or link[link.index("/ajukan/") :])
    assert answer.headers["Location"] == at(draft, "event")
    assert 'value="Siti Aminah"' in other.get(at(draft, "who")).text
    other.post(at(draft, "event"), event())
    assert other.post(at(draft, "check")).headers["Location"] == at(draft, "sent")
    sent_once(draft)
    # The first phone finds the end page by the same link.
    assert client.get(at(draft, "resume")).headers["Location"] == at(draft, "sent")


def with_letter(phone: Client) -> ServiceRequest:
    phone.post(reverse("request-new"), {"letter": [photo()]})
    return ServiceRequest.objects.latest("created_at")


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "script"])
def test_a_letter_that_was_removed_is_not_sent(client: Client, headers: dict[str, str]) -> None:
    draft = with_letter(client)
    stored = draft.letter
    assert stored is not None
    on_disk = Path(stored.content.path)
    assert on_disk.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        follows = {"letter_follows": "on", "letter_number": "5/PKK"}
        answer = client.post(at(draft, "letter"), follows, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    draft.refresh_from_db()
    stored.refresh_from_db()
    assert (draft.letter, draft.letter_follows) == (None, True)
    assert draft.letter_number == "5/PKK"
    assert stored.erased_at is not None
    assert not on_disk.exists()
    client.post(at(draft, "who"), who())
    client.post(at(draft, "event"), event())
    summary = client.get(at(draft, "check"))
    rows = {row["name"]: row["value"] for row in summary.context["summary"]}
    assert rows["letter"] == "menyusul"
    client.post(at(draft, "check"))
    sent_once(draft)
    assert (draft.letter, draft.letter_follows) == (None, True)


def test_a_letter_stays_when_its_screen_is_saved_without_a_file(client: Client) -> None:
    draft = with_letter(client)
    client.post(at(draft, "letter"), {"letter_number": "5/PKK"})
    draft.refresh_from_db()
    assert draft.letter is not None
    assert not draft.letter_follows


def test_a_new_photo_wins_over_that_it_follows(client: Client) -> None:
    draft = with_letter(client)
    before = draft.letter_id
    client.post(at(draft, "letter"), {"letter": [photo()], "letter_follows": "on"})
    draft.refresh_from_db()
    assert draft.letter_id not in {None, before}
    assert not draft.letter_follows


def test_a_letter_on_hold_is_not_taken_off_its_draft(client: Client) -> None:
    draft = with_letter(client)
    assert draft.letter is not None
    place_hold(draft.letter, "Sengketa", SYSTEM)
    answer = client.post(at(draft, "letter"), {"letter_follows": "on"}, headers=JSON)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.letter is not None
    assert not draft.letter_follows


def test_more_than_one_request_may_bring_is_said_to_the_script_in_json(client: Client) -> None:
    length, address = str(61 * 10**6), reverse("request-new")
    answer = client.post(address, headers=JSON, CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert answer.json()["code"] == "uploads_too_large"
    assert "60 MB" in answer.json()["detail"]
    page = client.post(address, CONTENT_LENGTH=length)
    assert page.status_code == 413
    assert page.headers["Content-Type"].startswith("text/html")


def test_the_page_brings_the_zone_and_the_limits_that_its_script_needs(client: Client) -> None:
    page = client.get(reverse("request-new")).text
    assert f'data-time-zone="{settings.TIME_ZONE}"' in page
    assert 'data-files-at-most="20"' in page
    assert 'data-bytes-at-most="60000000"' in page


def _guessed(draft: ServiceRequest) -> list[str]:
    """Its id, its number-to-be, its code with one letter changed, and no code at all."""
    code = draft.tracking_code
    other = code[:-1] + ("b" if code[-1] != "b" else "c")
    return [str(draft.pk), "2026-00001", other, "1", "x" * 200]


@pytest.mark.parametrize("screen", ["resume", *SCREENS, "sent"])
def test_nothing_but_the_code_opens_a_draft(client: Client, screen: str) -> None:
    draft = full(client)
    for guess in _guessed(draft):
        address = reverse(f"request-{screen}", args=[guess])
        stranger = Client()
        assert stranger.get(address).status_code == 404, guess
        if screen in SCREENS:
            assert stranger.post(address, who(contact_name="Orang lain")).status_code == 404
    draft.refresh_from_db()
    assert (draft.contact_name, draft.number) == ("Siti Aminah", None)


def test_a_code_that_is_not_there_is_said_in_words(client: Client) -> None:
    answer = client.get("/ajukan/bcdf-bcdf-bcdf-bcdf/")
    assert answer.status_code == 404
    assert "Periksa nomor dan kode" in answer.text


def test_a_draft_whose_time_is_over_is_gone_for_its_link(client: Client) -> None:
    draft = begun(client)
    ServiceRequest.objects.update(created_at=clock.now() - timedelta(days=31))
    assert erase_old_drafts().erased == 1
    for screen in ("resume", "who", "check"):
        assert Client().get(at(draft, screen)).status_code == 404


def test_a_draft_shows_nothing_of_a_request_of_somebody_else(client: Client) -> None:
    full(client)
    other = begun(Client())
    page = Client().get(at(other, "check")).text
    assert "Siti Aminah" not in page
    assert "Siti Aminah" not in Client().get(reverse("request-new")).text


def _letters(draft: ServiceRequest) -> Any:
    return Client().post(at(draft, "letter"), {"letter": [photo()]})


def _starts(_draft: ServiceRequest) -> Any:
    return Client().post(reverse("request-new"), {"letter_follows": "on"})


def _codes(draft: ServiceRequest) -> Any:
    return Client().post(reverse("request-code", args=[draft.tracking_code]), {"typed": "123456"})


@pytest.mark.parametrize(
    ("act", "limit", "rate"),
    [(_starts, "StartLimit", "60/h"), (_letters, "_About", "30/h"), (_codes, "CodeLimit", "60/h")],
)
def test_too_often_is_said_in_words_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[ServiceRequest], Any],
    limit: str,
    rate: str,
) -> None:
    draft = full(Client())
    if act is _codes:
        Client().post(at(draft, "check"))
    # As after as many tries as the rate allows.
    monkeypatch.setattr(f"pendopo.intake.limits.{limit}.allow_request", lambda *_: False)
    answer = act(draft)
    assert answer.status_code == 429, rate
    assert "satu jam" in answer.text
