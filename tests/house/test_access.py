"""Duty × page and duty × action: every cell of `access.py` is tried, and none may be missing."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pendopo.documents.tests.papers import a_draft, a_signed_letter
from pendopo.foundation import clock
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.models import Instruction, RejectionReason, ServiceRequest
from pendopo.intake.rules.requests import Channel
from pendopo.journal.models import SYSTEM
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.models import Meeting
from pendopo.office.actions.decisions import create_office
from pendopo.office.actions.organisations import save_organisation
from pendopo.office.actions.units import create_unit, save_position
from pendopo.office.models import CommunityOrganization, LegalBasis, Position
from pendopo.office.rules import UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.actions.invitations import invitation_link, invite_account
from pendopo.people.actions.tokens import create_api_token
from pendopo.people.models import Account, ApiToken
from pendopo.people.rules import SCOPES
from pendopo.project.api import api
from pendopo.project.deployment import deployment
from pendopo.schedule.actions import save_room
from pendopo.schedule.models import Room
from pendopo.schedule.rules import Slot
from tests.house.access import ACTIONS, BY_SEAT, COLUMNS, OPEN, PAGES, cells

POSTED = {
    "preferences", "try-as", "livekit-webhook", "account_logout", "meeting-start",
    "meeting-schedule", "journal-job-retry", "journal-job-cancel", "journal-hold", "journal-lift",
    "staff-password", "journal-person-erase", "staff-act", "first-run-mail", "first-run-meeting",
    "first-run-finish", "token-revoke", "mfa_deactivate_totp", "mfa_remove_webauthn",
    "request-code", "request-answer", "request-choose", "request-letter-follows",
    "request-confirm-contact", "request-letter-add", "absence-end",
    "request-restrict", "request-erasure", "organiser-add", "organiser-remove",
    "organiser-code-for", "personal-data-hold", "personal-data-lift", "personal-data-grant",
    "personal-data-deny",
    "meeting-end", "unit-use", "unit-delete", "position-delete",
    "notice-way", "notice-read-all", "notice-open", "notice-retry", "notice-sent", "notice-skip",
    "holiday-take", "holiday-remove", "holiday-restore", "standard-reset", "legal-delete",
    "document-initial", "document-withdraw", "document-correct", "document-handed-over",
    "template-restore",
}  # fmt: skip
QUERIES = {"first-run": {"kunci": deployment().first_run_key}}
DRAFT_PAGES = (
    "request-resume", "request-letter", "request-who", "request-event", "request-check",
    "request-sent", "request-code",
)  # fmt: skip
# Pages of a request that nobody sent, by its number.
NO_REQUEST: dict[str, list[Any]] = {
    "desk-letter": ["2026-00000"],
    "request-letter-pdf": ["2026-00000"],
    "request-register-file": ["2026-00000"],
    "disposition-sheet": ["2026-00000"],
    "request-scan": ["2026-00000", 1],
}
CODE_PAGES = (
    "tracking", "answer", "choose", "letter-follows", "cancel", "data", "data-file", "restrict",
    "erasure",
)  # fmt: skip
PER_ACCOUNT = ("account", "password")
NAMES_OF_THE_API = {"api-v1"}


def by_code(other: object) -> dict[str, list[Any]]:
    """The arguments of the pages that a tracking code or an organiser's key opens."""
    return {
        # No request has this code.
        **{f"request-{page}": ["bbbb-bbbb-bbbb-bbbb"] for page in CODE_PAGES},
        **{
            f"organiser-{page}": ["bbbb-bbbb-bbbb-bbbb"]
            for page in ("own-page", "page", "code", "ics", "add", "rundown")
        },
        "organiser-remove": ["bbbb-bbbb-bbbb-bbbb", other],
        "organiser-section": ["bbbb-bbbb-bbbb-bbbb", "contact"],
        "organiser-code-for": ["2026-99999"],
        "privacy-version": [1],
        **{f"personal-data-{act}": [0] for act in ("lift", "grant", "deny")},
        "request-paper": ["bbbb-bbbb-bbbb-bbbb", other],
    }


class Things:
    """What the addresses of the tables point to."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        create_office("Kantor", "Layanan", SYSTEM)
        for name, duty in COLUMNS.items():
            if duty:
                self.accounts[name] = create_account(f"{name}@t.example", "x", name, [duty])
        self.meeting: Meeting = create_meeting(self.accounts["host"], "Rapat")
        unit = create_unit("Unit", UnitKind.AGENCY, None, SYSTEM, "unit")
        self.position = Position(
            title="Kepala", unit=create_unit("Dua", UnitKind.AGENCY, None, SYSTEM)
        )
        save_position(self.position, SYSTEM)
        self.organisation = CommunityOrganization(name="PKK")
        save_organisation(self.organisation, SYSTEM)
        self.room = Room(name="Aula", people=10)
        save_room(self.room, SYSTEM)
        host = self.accounts["host"]
        create_api_token(host.email, ["meetings:read"])
        self.token = ApiToken.objects.get(account=host)
        self.invitation = invite_account("baru@t.example", "Baru", [], "", SYSTEM)
        self.case = sent_request()
        self.words: dict[str, Any] = {
            "join": [self.meeting.slug],
            "join-events": [self.meeting.slug],
            "unit": [unit.slug],
            **self._of_requests(host),
            "guide": ["peserta"],
            "try-as": ["kepala"],
            "office-emblem": ["tidak-ada.png"],
            "office-section": ["jalur"],
            "position-change": [self.position.pk],
            "position-delete": [self.position.pk],
            "organisation-change": [self.organisation.pk],
            "room-change": [self.room.pk],
            **{f"holiday-{page}": ["2026-12-25"] for page in ("change", "remove", "restore")},
            **{f"standard-{page}": ["cost"] for page in ("change", "reset")},
            **self._of_letters(unit),
            **{f"legal-{page}": [LegalBasis.objects.all()[0].pk] for page in ("change", "delete")},
            **{f"staff-{page}": [self.accounts["audi"].pk] for page in PER_ACCOUNT},
            "staff-act": [self.accounts["audi"].pk, "undang"],
            "mfa_edit_webauthn": [0],
            "mfa_remove_webauthn": [0],
            "token-revoke": [self.token.pk],
            "account_reset_password_from_key": ["0", "x-y"],
            "account-invitation": [invitation_link(self.invitation).rstrip("/").rpartition("/")[2]],
            "journal-person-erase": [self.accounts["host"].person_id],
            "journal-person": [self.accounts["host"].person_id],
            "journal-person-csv": [self.accounts["host"].person_id],
            **{f"journal-{page}": [0] for page in ("job-retry", "job-cancel", "lift")},
            **{f"meeting-{page}": [self.meeting.slug] for page in ("detail", "end", "ics", "qr")},
            **{f"unit-{page}": [unit.slug] for page in ("change", "use", "delete")},
            "attendance-csv": [self.meeting.slug],
        }

    def _of_requests(self, host: Account) -> dict[str, Any]:
        draft = start_draft().tracking_code
        return {
            **{name: [draft] for name in DRAFT_PAGES},
            # No paper has this id or code.
            "document-verify": ["bcd-fghj-kmn"],
            "signing-preview-page": [host.pk, 1],
            "signing-preview": [host.pk],
            **{f"document-{page}": [host.pk] for page in ("revoke", "signed-copy")},
            "signature-delete": ["local"],
            # No message has this id.
            **{f"notice-{page}": [host.pk] for page in ("open", "retry", "sent", "skip")},
            **NO_REQUEST,
            **by_code(host.pk),
            "request-detail": [self.case.number],
            "request-confirm-contact": [self.case.number],
            "request-letter-add": [self.case.number],
            "request-register": [self.case.number],
            "request-step": [self.case.number, "ask"],
            "absence-end": [1],
            "instruction-change": [Instruction.objects.all()[0].pk],
            "reason-change": [RejectionReason.objects.all()[0].pk],
        }

    def _of_letters(self, unit: Any) -> dict[str, Any]:
        head = Position(title="Kepala Dinas", unit=unit, account=self.accounts["head"])
        save_position(head, SYSTEM)
        draft, self.signed = a_draft(), a_signed_letter()
        on_drafts = ("detail", "pdf", "change", "initial", "withdraw")
        return {
            **{f"document-{page}": [draft.pk] for page in on_drafts},
            "document-correct": [self.signed.pk],
            "document-handed-over": [self.signed.pk],
            "document-page": [draft.pk, 1],
            "template": ["approval"],
            "template-restore": ["approval", 1],
        }


def sent_request() -> ServiceRequest:
    """A request that came on paper and lies at the office."""
    request = start_draft(Channel.PAPER)
    values = {
        "organisation_name": "PKK",
        "contact_name": "Siti",
        "contact_whatsapp": "+6281234567890",
        "event_title": "Pelatihan",
        "people": 40,
        "attendance": "online",
        "letter_follows": True,
    }
    starts = clock.now() + timedelta(days=14)
    save_draft(request, values, [Slot(starts, starts + timedelta(hours=2))])
    submit_request(request)
    return request


@pytest.fixture
def things(db: None, monkeypatch: pytest.MonkeyPatch) -> Things:
    # Event streams give their connection back; here it is the one that undoes everything.
    monkeypatch.setattr(connections, "close_all", lambda: None)
    return Things()


@contextmanager
def undone() -> Iterator[None]:
    """What one cell changes is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def page_names(
    patterns: list[URLPattern | URLResolver], namespaces: tuple[str, ...] = ()
) -> Iterator[str]:
    """The names of all addresses but those of the API."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            if not NAMES_OF_THE_API.intersection(inner):
                yield from page_names(pattern.url_patterns, inner)
        else:
            yield ":".join([*namespaces, pattern.name or str(pattern.pattern)])


def operations() -> set[str]:
    """Every action of the API: method and path."""
    schema = api.get_openapi_schema()
    beginning = "/api/v1"
    return {
        f"{method.upper()} {path.removeprefix(beginning)}"
        for path, methods in schema["paths"].items()
        for method in methods
    }


def answer_of(response: HttpResponseBase) -> str:
    """The letter of the table for what came back."""
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith("/akun/login/?next="):
        return "s"
    return {401: "-", 403: "x", 404: "n"}.get(response.status_code, "o")


def test_every_page_stands_in_the_table() -> None:
    assert set(page_names(get_resolver().url_patterns)) == set(cells(PAGES))


def test_every_action_stands_in_the_table() -> None:
    assert operations() == set(cells(ACTIONS)) | BY_SEAT | OPEN


@pytest.mark.parametrize("column", COLUMNS)
def test_pages(things: Things, column: str) -> None:
    client = Client(raise_request_exception=True)
    found, wanted = {}, {name: row[column] for name, row in cells(PAGES).items()}
    for name in wanted:
        with undone():
            if column != "none":
                client.force_login(things.accounts[column])
            ask = client.post if name in POSTED else client.get
            address = reverse(name, args=things.words.get(name, []), query=QUERIES.get(name))
            found[name] = answer_of(ask(address))
    assert found == wanted


@pytest.mark.parametrize("column", COLUMNS)
def test_actions(things: Things, column: str) -> None:
    headers = {}
    if column != "none":
        secret = create_api_token(things.accounts[column].email, SCOPES)
        headers["Authorization"] = f"Bearer {secret}"
    found, wanted = {}, {name: row[column] for name, row in cells(ACTIONS).items()}
    for name in wanted:
        with undone():
            found[name] = answer_of(_call(things, name, headers))
    assert found == wanted


def _call(things: Things, name: str, headers: dict[str, str]) -> HttpResponseBase:
    method, path = name.split()
    path = path.replace("{meeting_id}", str(things.meeting.pk)).replace(
        "{slug}", things.meeting.slug
    )
    is_request = path.startswith("/public/requests/")
    code = things.case.tracking_code if is_request else things.signed.code
    path = path.replace("{code}", code)
    path = path.replace("{participant_id}", str(things.meeting.pk))
    path = path.replace("{number}", str(things.case.number))
    if path.endswith("/signed-copy"):
        file = SimpleUploadedFile("surat.pdf", b"%PDF-1.7", "application/pdf")
        return Client().post(f"/api/v1{path}", {"file": file}, headers=headers)
    ask: Callable[..., HttpResponseBase] = Client().generic
    body = json.dumps(
        {"title": "Rapat", "name": "Siti", "text": "Halo", "locked": True, "source": "camera"}
        | {"letters": [{"code": code, "revision": 1}]}
        | {"passphrase": "frasa sandi", "reason": "Salah alamat", "event_title": "Rapat"}
        | {"people": 5, "starts_at": "2100-01-05T09:00:00Z", "ends_at": "2100-01-05T10:00:00Z"}
        | {"subject": "Surat", "to": [{"account": str(things.accounts["coor"].pk)}], "note": "Ya"}
        | {"slots": [{"starts_at": "2100-01-05T09:00:00Z", "ends_at": "2100-01-05T10:00:00Z"}]}
    )
    return ask(method, f"/api/v1{path}", body, "application/json", headers=headers)


@pytest.mark.parametrize("name", sorted(BY_SEAT))
def test_what_needs_a_seat_is_closed_without_one(things: Things, name: str) -> None:
    assert answer_of(_call(things, name, {})) == "-"


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_is_open(things: Things, name: str) -> None:
    assert answer_of(_call(things, name, {})) == "o"
