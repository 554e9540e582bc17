"""What programs do at the office's desks, and for a unit that books itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.models import IntakePolicy, ServiceRequest
from pendopo.intake.queries.desk import desk_of
from pendopo.intake.queries.desks import desks_of
from pendopo.intake.tests.office import People, a_request, account_with, an_office, registered
from pendopo.office.models import AgencyUnit, Membership
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path / "files"
    return an_office()


@pytest.fixture
def passed_on(people: People) -> ServiceRequest:
    """A letter on the coordinator's desk."""
    case = registered(people)
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    return case


def call(account: Account, path: str, body: dict[str, Any] | None = None) -> Any:
    token = issue_api_token(account, "uji", ["requests:write"], days=1)
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post(
        f"{API}{path}", body or {}, content_type="application/json", headers=headers
    )


def read(account: Account, path: str) -> Any:
    token = issue_api_token(account, "uji", ["requests:read"], days=1)
    return Client().get(f"{API}{path}", headers={"Authorization": f"Bearer {token}"})


def lies_with(account: Account, case: ServiceRequest) -> bool:
    return case.pk in {each.request.pk for each in desk_of(account, desks_of(account))}


def test_a_letter_is_reviewed_and_goes_off_the_desk(
    people: People, passed_on: ServiceRequest
) -> None:
    path, mine = f"/requests/{passed_on.number}", people["coordinator"]
    assert call(mine, f"{path}/review").json()["state"] == "under_review"
    assert lies_with(mine, passed_on)
    assert call(mine, f"{path}/finish", {"note": "Sudah"}).status_code == 200
    assert not lies_with(mine, passed_on)
    again = call(mine, f"{path}/finish", {"note": "Sudah"})
    assert (again.status_code, again.json()["code"]) == (403, "letter_not_on_your_desk")


def test_a_letter_goes_back_with_a_note(people: People, passed_on: ServiceRequest) -> None:
    path, mine = f"/requests/{passed_on.number}/return", people["coordinator"]
    assert call(mine, path, {"text": " "}).json()["code"] == "text_required"
    assert lies_with(mine, passed_on)
    assert call(mine, path, {"text": "Bukan tugas kami."}).status_code == 200
    assert not lies_with(mine, passed_on)
    assert lies_with(people["head"], passed_on)
    # What lies on another's desk stays there.
    assert call(people["secretary"], path, {"text": "Kembali"}).status_code == 403


def test_the_urgent_path_needs_the_head_and_a_reason(people: People) -> None:
    case = a_request()
    path = f"/requests/{case.number}/authorise"
    assert call(people["secretary"], path, {"text": "Banjir"}).status_code == 403
    assert call(people["head"], path, {"text": " "}).json()["code"] == "text_required"
    assert call(people["head"], path, {"text": "Banjir"}).json()["state"] == "under_review"


def test_the_sheet_comes_as_pdf(people: People, passed_on: ServiceRequest) -> None:
    answer = read(people["secretary"], f"/requests/{passed_on.number}/disposition.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_unit_books_once_for_a_repeated_key(people: People) -> None:
    IntakePolicy.objects.update_or_create(only=True, defaults={"self_service": True})
    unit = AgencyUnit.objects.create(name="Dinas Pendidikan", slug="pendidikan-api")
    teacher = account_with(Duty.HOST)
    Membership.objects.create(account=teacher, unit=unit)
    begins = timezone.localtime(clock.now() + timedelta(days=3)).replace(hour=9, minute=0)
    body = {
        "event_title": "Rapat guru", "people": 10,
        "starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    token = issue_api_token(teacher, "uji", ["requests:write"], days=1)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "rapat-1"}
    answers = [
        Client().post(f"{API}/bookings", body, content_type="application/json", headers=headers)
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    case = ServiceRequest.objects.get()
    assert (case.state, case.event_id is not None) == ("approved", True)


def test_the_offices_letters_are_listed_initialled_and_given_up(
    people: People, passed_on: ServiceRequest
) -> None:
    decisions.approve(passed_on, people["coordinator"])
    paper = Document.objects.get()
    (listed,) = read(people["secretary"], "/papers").json()["items"]
    assert (listed["code"], listed["state"]) == (paper.code, "draft")
    initialled = call(people["coordinator"], f"/papers/{paper.code}/initial")
    assert initialled.json()["state"] == "initialled"
    refused = call(people["head"], f"/papers/{paper.code}/revoke", {"reason": "Salah"})
    assert refused.json()["code"] == "document_not_issued"
    assert call(people["secretary"], f"/papers/{paper.code}/correct").status_code == 409
    given_up = call(people["coordinator"], f"/papers/{paper.code}/withdraw")
    assert given_up.json()["state"] == "withdrawn"


def test_a_secret_letter_is_found_by_no_code(people: People, passed_on: ServiceRequest) -> None:
    decisions.approve(passed_on, people["coordinator"])
    Document.objects.update(secrecy="secret")
    Document.objects.get().readers.all().delete()
    paper = Document.objects.get()
    assert read(people["division"], f"/papers/{paper.code}").status_code == 404
    assert read(people["division"], "/papers").json()["items"] == []
