"""What programs do with requests: by which scope, how it is refused, and never twice."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.models import Document
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions
from pendopo.intake.models import Disposition, IncomingLetter, ServiceRequest
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    an_office,
    registered,
    values,
)
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account
from pendopo.people.rules import SCOPES, grants

pytestmark = pytest.mark.django_db
PASSPHRASE = "frasa-sandi-kepala-dinas"
# Fixed names (issue "From a letter to a signed reply", 12) and the scope that each takes.
CALLS = {
    "GET /requests": "requests:read",
    "GET /requests/{number}": "requests:read",
    "GET /requests/{number}/letters.zip": "requests:read",
    "GET /news": "requests:read",
    **{
        f"POST /requests/{{number}}/{step}": "requests:write"
        for step in ("register", "dispose", "ask", "offer", "approve", "reject", "sign", "cancel")
    },
}


@pytest.fixture
def people() -> People:
    return an_office()


class Program:
    """Calls the API with a token of this account; ``call`` gives status and answer."""

    def __init__(self, account: Account | None, *scopes: str) -> None:
        self.headers = {}
        if account is not None:
            secret = issue_api_token(account, "", scopes or ("requests:write",))
            self.headers["Authorization"] = f"Bearer {secret}"

    def call(self, name: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
        method, path = name.split()
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            "application/json",
            headers={**self.headers, **headers},
        )
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
        if answer.headers["Content-Type"] == "application/zip":
            return answer.status_code, {}
        found: dict[str, Any] = json.loads(answer.content)
        return answer.status_code, found

    def step(self, case: ServiceRequest, step: str, **body: Any) -> tuple[int, dict[str, Any]]:
        return self.call(f"POST /requests/{case.number}/{step}", body)


def times(*days: int) -> list[dict[str, str]]:
    return [
        {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
        for slot in map(a_slot, days)
    ]


def new_request(**changes: Any) -> dict[str, Any]:
    given = {name: value for name, value in values().items() if name != "letter_follows"}
    return {**given, "slots": times(14), **changes}


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_each_call_takes_its_scope_and_no_other(people: People, scope: str) -> None:
    case = a_request()
    program = Program(people["head"], scope)
    found = {}
    for name, wanted in CALLS.items():
        status, answer = program.call(name.format(number=case.number), {"x": 1})
        found[name] = answer.get("code") != "scope_missing"
        if not found[name]:
            assert (status, answer["scope"]) == (403, wanted)
    assert found == {name: grants([scope], wanted) for name, wanted in CALLS.items()}


def test_without_a_token_nothing_is_open_but_asking(people: People) -> None:
    case = a_request()
    stranger = Program(None)
    for name in CALLS:
        status, answer = stranger.call(name.format(number=case.number), {})
        assert (status, answer["code"]) == (401, "not_signed_in")
    status, sent = stranger.call("POST /requests", new_request())
    assert status == 201
    assert set(sent) == {"number", "tracking_code", "tracking_url", "state"}
    assert sent["state"] == "submitted"
    assert sent["tracking_url"].endswith(f"/lacak/{sent['tracking_code']}")
    status, shown = stranger.call(f"GET /public/requests/{sent['tracking_code']}")
    assert (status, shown["number"]) == (200, sent["number"])
    assert "contact_name" not in shown


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contact_whatsapp": "bukan nomor"}, "request_incomplete"),
        ({"organisation_name": " "}, "request_incomplete"),
        ({"people": 0}, "invalid"),
        ({"attendance": "hybrid"}, "invalid"),
        ({"slots": []}, "invalid"),
        ({"slots": [{"starts_at": "2027-01-01 02:00", "ends_at": "2027-01-01 03:00"}]}, "invalid"),
        ({"slots": times(14)[:1] * 32}, "invalid"),
        ({"contact_email": "bukan alamat"}, "invalid"),
    ],
)
def test_a_wrong_request_is_a_problem_and_takes_no_number(
    people: People, changes: dict[str, Any], code: str
) -> None:
    status, answer = Program(None).call("POST /requests", new_request(**changes))
    assert (status, answer["code"], answer["status"]) == (422, code, 422)
    assert not ServiceRequest.objects.exclude(number=None).exists()


def test_a_time_that_is_over_is_a_problem(people: People) -> None:
    status, answer = Program(None).call("POST /requests", new_request(slots=times(-3)))
    assert (status, answer["code"]) == (422, "slot_over")


def test_one_key_sends_one_request(people: People) -> None:
    answers = [
        Program(None).call("POST /requests", new_request(), **{"Idempotency-Key": "surat-1"})
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 201
    assert ServiceRequest.objects.count() == 1
    status, answer = Program(None).call(
        "POST /requests", new_request(people=41), **{"Idempotency-Key": "surat-1"}
    )
    assert (status, answer["code"]) == (422, "idempotency_key_reused")


STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "register": ("submitted", {"subject": "Permohonan"}),
    "dispose": ("registered", {"instructions": ["Untuk ditelaah"]}),
    "ask": ("registered", {"text": "Berapa titik?"}),
    "offer": ("registered", {}),
    "approve": ("registered", {}),
    "reject": ("registered", {"note": "Penuh"}),
    "cancel": ("registered", {"note": "Batal"}),
}
WHO = {"register": "secretary"}
BECOMES = {
    "register": "registered",
    "dispose": "disposed",
    "ask": "needs_completion",
    "offer": "alternative_offered",
    "approve": "approved",
    "reject": "rejected",
    "cancel": "cancelled",
}


def body_of(step: str, people: People) -> dict[str, Any]:
    more: dict[str, dict[str, Any]] = {
        "dispose": {"to": [{"account": str(people["coordinator"].pk)}]},
        "offer": {"slots": times(20, 21)},
    }
    return {**STEPS[step][1], **more.get(step, {})}


@pytest.mark.parametrize("step", list(STEPS))
def test_one_key_takes_a_step_once_and_answers_twice(people: People, step: str) -> None:
    case = a_request() if STEPS[step][0] == "submitted" else registered(people)
    program = Program(people[WHO.get(step, "head")])
    name, body = f"POST /requests/{case.number}/{step}", body_of(step, people)
    answers = [program.call(name, body, **{"Idempotency-Key": "langkah"}) for _ in range(2)]
    assert answers[0] == answers[1]
    status, shown = answers[0]
    assert (status, shown["state"]) == (200, BECOMES[step])
    assert case.transitions.filter(step=step).count() == 1
    assert Disposition.objects.count() == (step == "dispose")
    status, answer = program.call(name, {**body, "note": "lain"}, **{"Idempotency-Key": "langkah"})
    assert (status, answer["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("step", ["register", "offer", "approve", "ask", "dispose"])
def test_a_step_from_the_wrong_state_is_a_conflict(people: People, step: str) -> None:
    case = registered(people)
    decisions.reject(case, [], "Penuh", people["head"])
    status, answer = Program(people[WHO.get(step, "head")]).step(
        case, step, **body_of(step, people)
    )
    assert (status, answer["code"]) == (409, "step_not_possible")
    assert answer["title"] == "Conflict"
    assert answer["detail"]


@pytest.mark.parametrize(
    ("step", "body", "code"),
    [
        ("register", {}, "invalid"),
        ("register", {"subject": "  "}, "text_required"),
        ("dispose", {"to": []}, "recipient_required"),
        ("ask", {"text": " "}, "text_required"),
        ("offer", {"slots": []}, "invalid"),
        ("offer", {"slots": times(-2)}, "slot_over"),
        ("reject", {}, "reason_required"),
        ("reject", {"reasons": [999], "note": "Penuh"}, "reason_required"),
        ("cancel", {"note": ""}, "text_required"),
    ],
)
def test_what_is_missing_in_a_step_is_a_problem_and_moves_nothing(
    people: People, step: str, body: dict[str, Any], code: str
) -> None:
    case = a_request() if step == "register" else registered(people)
    status, answer = Program(people[WHO.get(step, "head")]).step(case, step, **body)
    assert (status, answer["code"]) == (422, code)
    was = case.state
    case.refresh_from_db()
    assert case.state == was


def test_a_letter_is_not_passed_on_to_some_only_when_one_is_unknown(people: People) -> None:
    case = registered(people)
    nobody = "01920000-0000-7000-8000-000000000000"
    to = [{"account": str(people["coordinator"].pk)}, {"account": nobody}]
    status, answer = Program(people["head"]).step(case, "dispose", to=to)
    assert (status, answer["code"], answer["people"]) == (422, "recipient_cannot_read", 1)
    assert not Disposition.objects.exists()


def test_a_number_nobody_gave_is_not_found(people: People) -> None:
    for name in ("GET /requests/2026-99999", "POST /requests/2026-99999/approve"):
        status, answer = Program(people["head"]).call(name, {})
        assert (status, answer["code"]) == (404, "request_not_found")


def test_the_register_keeps_what_a_program_leaves_out(people: People) -> None:
    day = timezone.localdate() - timedelta(days=4)
    case = a_request(letter_number="005/12/PKK", letter_date=day)
    status, shown = Program(people["secretary"]).step(case, "register", subject="Permohonan")
    assert (status, shown["agenda_number"]) == (200, "1")
    assert (shown["letter_number"], shown["letter_date"]) == ("005/12/PKK", f"{day}")


def test_the_register_empties_what_a_program_says_is_not_there(people: People) -> None:
    case = a_request(letter_number="005/12/PKK", letter_date=timezone.localdate())
    gone = {"letter_number": None, "letter_date": None}
    shown = Program(people["secretary"]).step(case, "register", subject="Permohonan", **gone)[1]
    assert (shown["letter_number"], shown["letter_date"]) == ("", None)
    assert IncomingLetter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_reply_is_signed_shown_and_opened_by_its_code(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = tmp_path / "files", tmp_path / "secrets"
    people = an_office()
    get_demo_certificate(people["head"], Passphrase(PASSPHRASE))
    case, head = registered(people), Program(people["head"])
    nothing = [{"code": "bcd-fghj-kmn", "revision": 1}]
    status, answer = head.step(case, "sign", passphrase=PASSPHRASE, letters=nothing)
    assert (status, answer["code"]) == (409, "reply_not_ready")
    assert head.step(case, "approve")[1]["event_id"]
    drafted = Document.objects.get()
    letters = [{"code": (code := drafted.code), "revision": drafted.revision}]
    wrong = "bukan-sandi-yang-benar"
    status, answer = head.step(case, "sign", passphrase=wrong, letters=letters)
    assert (status, answer["code"]) == (422, "passphrase_wrong")
    status, answer = head.step(case, "sign", passphrase=PASSPHRASE, letters=letters)
    assert (status, answer["letters"][0]["signed"]) == (200, True)
    stranger = Program(None)
    status, paper = stranger.call(f"GET /documents/{code}")
    assert (status, paper["state"], paper["signer_name"]) == (200, "genuine", "Budi Santoso")
    pdf = Client().get(f"/api/v1/documents/{code}/pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    status, answer = head.step(case, "sign", passphrase=PASSPHRASE, letters=letters)
    assert (status, answer["letters"][0]["refused"]["code"]) == (200, "document_signed_already")
    kinds = [each["kind"] for each in head.call("GET /news")[1]["items"]]
    assert {"request.approved", "document.signed"} <= set(kinds)
