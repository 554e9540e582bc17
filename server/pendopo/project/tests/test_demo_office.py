"""The demo office: its dates follow today, and one click looks at it through somebody's eyes."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentState
from pendopo.foundation import clock
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.rules.states import RequestState
from pendopo.journal.models import Entry
from pendopo.meetings.models import Meeting
from pendopo.office.models import AgencyUnit, Office, Position
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.project.demo import ACCOUNTS, keep_demo_current, load_demo
from pendopo.project.try_as import PARTS


@pytest.fixture
def demo(db: None) -> None:
    load_demo()


def planned() -> set[datetime]:
    # Those of approved letters stay on their days.
    rows = Meeting.objects.filter(session__event__request=None)
    times = rows.values_list("session__starts_at", flat=True)
    return {at for at in times if at}


def test_every_duty_has_somebody(demo: None) -> None:
    held = set(Account.objects.values_list("duties__duty", flat=True))
    assert held == {duty.value for duty in Duty}
    assert len(ACCOUNTS) == Position.objects.exclude(account=None).count()


def test_there_are_forty_letters_in_every_state(demo: None) -> None:
    states = Counter(ServiceRequest.objects.values_list("state", flat=True))
    assert states.total() == 40
    assert set(states) == set(RequestState) - {RequestState.DRAFT}
    numbers = IncomingLetter.objects.values_list("agenda_number", flat=True)
    assert set(numbers) == set(range(1, len(numbers) + 1))


def test_letters_are_signed_sent_revoked_and_corrected(demo: None) -> None:
    letters = Document.objects.exclude(signed_at=None)
    assert letters.count() == 5
    assert {letter.state for letter in letters} == {DocumentState.SENT}
    assert letters.exclude(revoked_at=None).count() == 1
    assert letters.exclude(corrects=None).count() == 1
    for letter in letters:
        page = Client().get(reverse("document-verify", args=[letter.code]))
        assert page.status_code == 200
        case = ServiceRequest.objects.get(pk=letter.about.partition(":")[2])
        tracking = Client().get(reverse("request-tracking", args=[case.tracking_code]))
        assert letter.number in tracking.text
    # Others still wait, so that signing can be tried too.
    assert Document.objects.filter(state=DocumentState.DRAFT).exists()


def test_loading_it_again_adds_nothing(demo: None) -> None:
    before = AgencyUnit.objects.count(), Account.objects.count(), Meeting.objects.count()
    load_demo()
    assert before == (
        AgencyUnit.objects.count(),
        Account.objects.count(),
        Meeting.objects.count(),
    )


def test_its_meetings_are_those_of_today_and_the_next_days(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = planned()
    today = timezone.localtime(clock.now()).date()
    assert min(timezone.localtime(at).date() for at in first) == today
    keep_demo_current()
    assert planned() == first
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    keep_demo_current()
    assert len(planned() - first) == len(first)


def test_a_real_office_gets_no_demo_meetings(demo: None) -> None:
    Office.objects.update(is_demo=False)
    Meeting.objects.update(ended_at=clock.now())
    before = Meeting.objects.count()
    keep_demo_current()
    assert Meeting.objects.count() == before


@pytest.mark.parametrize("part", [part for part in PARTS if part.email], ids=lambda part: part.slug)
def test_one_click_signs_in_and_is_in_the_journal(demo: None, part: Any) -> None:
    client = Client()
    assert f"try-{part.slug}" in client.get("/").content.decode()
    answer = client.post(f"/coba/{part.slug}", follow=True)
    assert answer.status_code == 200
    assert answer.context["user"].email == part.email
    entry = Entry.objects.filter(kind="account.signed_in").latest("id")
    assert entry.facts == {"method": "try_as"}


def test_the_session_key_is_a_new_one(demo: None) -> None:
    client = Client()
    client.get("/")
    client.session["planted"] = True
    before = client.session.session_key
    client.post("/coba/kepala")
    assert client.session.session_key != before


def test_a_villager_comes_as_a_guest_to_the_open_room(demo: None) -> None:
    client = Client()
    client.post("/coba/kepala")
    answer = client.post("/coba/warga")
    meeting = Meeting.objects.get(session__starts_at=None)
    assert (answer.status_code, answer["Location"]) == (302, f"/j/{meeting.slug}")
    assert "_auth_user_id" not in client.session


def test_it_takes_a_click_not_a_link(demo: None) -> None:
    assert Client().get("/coba/kepala").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/coba/kepala").status_code == 403


@pytest.mark.parametrize("real", ["https", "office"])
def test_there_is_nobody_to_try_as_in_a_real_office(demo: None, settings: Any, real: str) -> None:
    if real == "https":
        settings.ONLY_THIS_MACHINE = False
    else:
        Office.objects.update(is_demo=False)
    client = Client()
    assert "try-kepala" not in client.get("/").content.decode()
    assert client.post("/coba/kepala").status_code == 404


def test_every_page_says_that_the_data_is_sample_data(demo: None) -> None:
    client = Client()
    client.post("/coba/operator")
    for page in ("/", "/rapat/", "/sekarang", "/panduan/", "/cari", "/pengaturan/"):
        assert "Data contoh" in client.get(page).content.decode(), page
