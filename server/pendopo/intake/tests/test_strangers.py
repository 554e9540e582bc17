"""What a stranger may not do through us: fill the disk, write to others, or lead them astray."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.forms.wizard import EventForm
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.invitations import is_safe_to_pass_on
from pendopo.intake.rules.requests import SENT_A_DAY, Channel
from pendopo.intake.telling import received
from pendopo.intake.tests.office import People, a_request, a_slot, an_office, registration, values

pytestmark = pytest.mark.django_db
API = "/api/v1/requests"
TITLE = "Klik https://jahat.example dan menangkan hadiah"


@pytest.fixture
def people() -> People:
    cache.clear()
    return an_office()


def body(**changes: Any) -> dict[str, Any]:
    slot = a_slot()
    times = [{"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}]
    given = values(**changes)
    del given["letter_follows"]
    return {**given, "slots": times}


def sent(**changes: Any) -> Any:
    return Client().post(API, body(**changes), content_type="application/json")


def asked(people: People) -> ServiceRequest:
    case = a_request()
    register_letter(case, registration(), people["secretary"])
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    decisions.ask(case, "Berapa orang?", people["coordinator"])
    return case


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("surat.pdf", b"no letter", "application/pdf")


DOORS: dict[str, Callable[[ServiceRequest], Any]] = {
    "answer": lambda case: Client().post(
        reverse("request-answer", args=[case.tracking_code]), {"text": "40", "papers": paper()}
    ),
    "letter": lambda case: Client().post(
        reverse("request-letter-follows", args=[case.tracking_code]), {"papers": paper()}
    ),
    "answer by program": lambda case: Client().post(
        f"/api/v1/public/requests/{case.tracking_code}/answer", {"text": "40", "files": paper()}
    ),
    "letter by program": lambda case: Client().post(
        f"/api/v1/public/requests/{case.tracking_code}/letter", {"files": paper()}
    ),
}


@pytest.mark.parametrize("door", list(DOORS))
def test_the_thirty_first_file_within_an_hour_is_refused_unread(
    door: str, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asked(people)
    read: list[int] = []

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        read.append(1)
        raise Refused("text_required")

    monkeypatch.setattr("pendopo.intake.actions.drafts.checked_pages", refuse)
    answers = [DOORS[door](case) for _ in range(31)]
    assert len(read) == 30
    assert answers[-1].status_code in {422, 429}  # a page shows it where it was typed


def test_a_new_draft_with_a_letter_is_counted_as_an_upload(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    def refuse(*_: object) -> bool:
        counted.append(1)
        return False

    monkeypatch.setattr("pendopo.intake.limits.UploadLimit.allow_request", refuse)
    given = {"letter": paper(), "letter_follows": ""}
    assert Client().post(reverse("request-new"), given).status_code == 429
    assert counted


def test_a_contact_is_written_to_at_most_so_often_a_day(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"contact_whatsapp": "081234567890", "contact_email": "siti@contoh.org"}
    answers = [sent(**own) for _ in range(SENT_A_DAY + 1)]
    assert [each.status_code for each in answers] == [201] * SENT_A_DAY + [429]
    assert answers[-1].json()["code"] == "contact_too_often"
    assert sent(contact_whatsapp="081299990000", contact_email="SITI@contoh.org").status_code == 429
    assert sent(contact_whatsapp="081299990000", contact_email="").status_code == 201
    assert ServiceRequest.objects.count() == SENT_A_DAY + 1  # what was refused left nothing
    ServiceRequest.objects.update(submitted_at=a_slot().starts_at - timedelta(days=30))
    assert sent().status_code == 201


def test_staff_and_accounts_are_not_counted(people: People) -> None:
    for _ in range(SENT_A_DAY):
        a_request()
    paper_request = start_draft(Channel.PAPER)
    save_draft(paper_request, values(), [a_slot()])
    assert submit_request(paper_request)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.API])
def test_a_strangers_title_goes_to_nobody_who_has_not_confirmed(
    channel: Channel, people: People
) -> None:
    case = start_draft(channel)
    save_draft(case, values(event_title=TITLE), [a_slot()])
    submit_request(case)
    assert TITLE not in " ".join(received(case))
    assert str(case.number) in " ".join(received(case))
    case.contact_confirmed_at = case.submitted_at
    assert TITLE in " ".join(received(case))


LINKS = {
    "https://zoom.us/j/123": True,
    "https://us02web.zoom.us/j/123?pwd=a%20b": True,
    "https://meet.kabupaten.go.id:8443/rapat": True,
    "https://ruang.contoh.go.id/b/abc": True,
    "http://zoom.us/j/123": False,
    "https://zoom.us.jahat.example/j/1": False,
    "https://z00m.example/j/1": False,
    "https://zoom.us@jahat.example/j/1": False,
    "https://xn--zom-hoa.us/j/1": False,
    "https://zооm.us/j/1": False,  # noqa: RUF001  Cyrillic
    "https://zoom.us\\@jahat.example/": False,
    "javascript:alert(1)": False,
    "https://10.0.0.1/x": False,
    "https://": False,
    "https://zoom.us/j/1 https://jahat.example": False,
}


@pytest.mark.parametrize(("link", "is_safe"), LINKS.items())
def test_a_link_that_wears_a_borrowed_name_is_refused_at_each_door(
    link: str, is_safe: bool, people: People
) -> None:
    assert is_safe_to_pass_on(link) == is_safe
    form = EventForm({"outside_url": link})
    form.is_valid()
    assert ("outside_url" not in form.errors) == is_safe
    answer = sent(role="client", outside_url=link)
    assert (answer.status_code, answer.json().get("code")) == (
        (201, None) if is_safe else (422, "outside_link_unsafe")
    )


def test_the_version_that_was_shown_is_kept_as_proof(people: People) -> None:
    assert sent(privacy_version=1).status_code == 201
    assert sent().status_code == 201
    assert sent(privacy_version=99).json()["code"] == "privacy_version_unknown"
    read = ServiceRequest.objects.order_by("number")
    assert [(each.privacy_version, bool(each.privacy_read_at)) for each in read] == [
        (1, True),
        (None, False),
    ]
