"""Photos and papers on their way from a requester's phone to the office's desk."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from pendopo.files import quarantine
from pendopo.files.actions.erasing import sweep_disk
from pendopo.files.models import StoredFile
from pendopo.files.tests.pictures import SECRET, picture, with_place
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.drafts import attach_letter, start_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.organisers import requester_as_organiser
from pendopo.intake.actions.preparation import attach_rundown
from pendopo.intake.actions.registration import enter_letter, register_letter
from pendopo.intake.models import RequestFile, ServiceRequest
from pendopo.intake.rules.requests import Channel
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    an_office,
    registered,
    registration,
    values,
)
from pendopo.people.models import Account

JSON = {"Accept": "application/json"}
together = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db: None, tmp_path: Path, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    return an_office()


def photo(content: bytes | None = None, name: str = "surat.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture())


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def at(name: str, case: ServiceRequest) -> str:
    return reverse(f"request-{name}", args=[case.tracking_code])


def asked(people: People) -> ServiceRequest:
    """One whose requester was asked for something."""
    case = registered(people)
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    decisions.ask(case, "Berapa orang?", people["coordinator"])
    case.refresh_from_db()
    return case


def approved(people: People) -> ServiceRequest:
    case = registered(people)
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    decisions.approve(case, people["coordinator"])
    case.refresh_from_db()
    return case


def begun(people: People) -> Any:
    given = {"letter": [photo()]}
    return Client().post(reverse("request-new"), given, headers={**JSON, "Idempotency-Key": "satu"})


def sent_in_a_draft(people: People) -> Any:
    return Client().post(at("letter", start_draft()), {"letter": [photo()]})


def sent_later(people: People) -> Any:
    return Client().post(at("letter-follows", a_request()), {"papers": [photo()]})


def answered(people: People) -> Any:
    return Client().post(at("answer", asked(people)), {"text": "40", "papers": [photo()]})


def sent_by_a_program(people: People) -> Any:
    code = a_request().tracking_code
    return Client().post(f"/api/v1/public/requests/{code}/letter", {"files": [photo()]})


def answered_by_a_program(people: People) -> Any:
    code = asked(people).tracking_code
    given = {"text": "40", "files": [photo()]}
    return Client().post(f"/api/v1/public/requests/{code}/answer", given)


def received_by_the_office(people: People) -> Any:
    address = reverse("request-letter-add", args=[a_request().number])
    return as_(people["secretary"]).post(address, {"papers": [photo()]})


def entered_by_the_office(people: People) -> Any:
    enter_letter(
        Channel.WHATSAPP, values(letter_follows=False), [a_slot()], [photo()], people["secretary"]
    )


def rundown(people: People) -> Any:
    case = approved(people)
    attach_rundown(case, photo(), requester_as_organiser(case))


WAYS = [
    begun, sent_in_a_draft, sent_later, answered, sent_by_a_program, answered_by_a_program,
    received_by_the_office, entered_by_the_office, rundown,
]  # fmt: skip


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time the process was used: whether a transaction was open meanwhile."""
    found: list[bool] = []
    work_on = quarantine.work_on

    def noted(*given: Any, **more: Any) -> quarantine.Result:
        found.append(connection.in_atomic_block)
        return work_on(*given, **more)

    monkeypatch.setattr(quarantine, "work_on", noted)
    return found


@together
@pytest.mark.parametrize("way", WAYS)
def test_no_transaction_is_open_while_a_paper_is_cleaned(
    way: Callable[[People], Any], people: People, cleaned: list[bool]
) -> None:
    answer = way(people)
    assert not isinstance(answer, HttpResponse) or answer.status_code in {200, 302}
    assert cleaned == [False]
    kept = StoredFile.objects.filter(erased_at=None).exclude(content__startswith="kept/none")
    assert kept.count() == 1


def parts_of(paper: bytes) -> Iterator[bytes]:
    """The paper unpacked, and each picture in it as a file of its own."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        for page in document.pages:
            for image in page.images.values():
                assert isinstance(image, pikepdf.Stream)
                extracted = io.BytesIO()
                pikepdf.PdfImage(image).extract_to(stream=extracted)
                yield extracted.getvalue()
        document.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    yield out.getvalue()


def says_where(content: bytes) -> bool:
    """Whether a file tells by what and where it was taken, in any way we know of."""
    if any(word in content for word in (SECRET, b"Exif", b"eXIf", b"GPS", b"xmpmeta")):
        return True
    if content.startswith(b"%PDF-"):
        return False
    with Image.open(io.BytesIO(content)) as image:
        return bool(image.getexif()) or "exif" in image.info


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG"])
def test_a_photo_with_its_place_reaches_whoever_disposes_without_it(
    kind: str, people: People
) -> None:
    taken = with_place(kind)
    with Image.open(io.BytesIO(taken)) as image:
        assert image.getexif().get_ifd(0x8825)[1] == "S"  # what is sent does say where
    assert says_where(taken)
    requester = Client()
    started = requester.post(
        reverse("request-new"), {"letter": [photo(taken, "IMG_0042")]}, headers=JSON
    )
    case = ServiceRequest.objects.get(tracking_code=started.json()["code"])
    who = {
        "requester_class": "community", "organisation_name": "PKK", "contact_name": "Siti",
        "contact_whatsapp": "0812 3456 7890",
    }  # fmt: skip
    event = {
        "event_title": "Rapat kader", "people": "40", "attendance": "online", "role": "host",
        "slot-TOTAL_FORMS": "1", "slot-INITIAL_FORMS": "0", "slot-0-starts": "09:00",
        "slot-0-ends": "11:00", "slot-0-day": (clock.now() + timedelta(days=30)).date(),
    }  # fmt: skip
    for screen, given in (("who", who), ("event", event), ("check", {})):
        assert requester.post(at(screen, case), given).status_code == 302
    case.refresh_from_db()
    assert case.letter is not None
    with case.letter.content.open("rb") as file:
        assert not any(map(says_where, parts_of(file.read())))

    register_letter(case, registration(), people["secretary"])
    head = as_(people["head"])
    paper = head.get(reverse("request-letter-pdf", args=[case.number]))
    assert paper.status_code == 200
    assert paper["Content-Security-Policy"].startswith("default-src 'none'")
    assert paper["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in paper["Cache-Control"]
    parts = list(parts_of(paper.content))
    assert len(parts) == 2  # the photo is in it
    assert not any(map(says_where, parts))
    drawn = head.get(reverse("request-scan", args=[case.number, 1]))
    assert drawn["Content-Type"] == "image/webp"
    assert not says_where(drawn.content)


def contents(settings: Any) -> list[Path]:
    return list(Path(settings.MEDIA_ROOT).rglob("content"))


@together
def test_a_letter_that_is_not_sent_after_all_leaves_no_row_and_its_content_is_swept(
    people: People, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="request_incomplete"):
        enter_letter(
            Channel.PAPER, values(event_title=""), [a_slot()], [photo()], people["secretary"]
        )
    assert not ServiceRequest.objects.exists()
    assert not StoredFile.objects.exists()
    assert len(contents(settings)) == 1
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1, minutes=1))
    assert sweep_disk() == 1
    assert contents(settings) == []


@together
def test_a_rundown_for_a_request_that_was_cancelled_meanwhile_leaves_no_row(
    people: People,
) -> None:
    case = approved(people)
    organiser = requester_as_organiser(case)
    ServiceRequest.objects.filter(pk=case.pk).update(state=RequestState.CANCELLED)
    with pytest.raises(Refused, match="step_not_possible"):
        attach_rundown(case, photo(), organiser)
    assert list(StoredFile.objects.all()) == [case.letter]


def test_another_letter_in_a_draft_erases_the_one_before(people: People) -> None:
    draft = start_draft()
    first = attach_letter(draft, [photo()], requester_of(draft))
    address = f"/api/v1/public/requests/{draft.tracking_code}/letter"
    assert Client().post(address, {"files": [photo()]}).status_code == 200
    first.refresh_from_db()
    assert first.erased_at
    assert StoredFile.objects.filter(erased_at=None).count() == 1


def test_a_better_letter_that_was_asked_for_lies_beside_the_registered_one(
    people: People,
) -> None:
    case = a_request()
    first = attach_letter(case, [photo()], requester_of(case))
    register_letter(case, registration(), people["secretary"])
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    decisions.ask(case, "Suratnya tidak terbaca.", people["coordinator"])
    case.refresh_from_db()
    second = attach_letter(case, [photo()], requester_of(case))
    case.refresh_from_db()
    assert case.letter == first
    assert RequestFile.objects.get().file == second
