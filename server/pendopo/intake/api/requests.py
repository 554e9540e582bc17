"""``/api/v1/requests``: sending a request, and what the office's programs do with it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field

from pendopo.documents.rules import Secrecy, Urgency
from pendopo.foundation import clock
from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import idempotent
from pendopo.foundation.pagination import newest_first
from pendopo.gateways.whatsapp.numbers import normalised
from pendopo.intake import links
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.register_file import export_letters
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.models import RejectionReason, ServiceRequest
from pendopo.intake.queries.requests import (
    request_numbered,
    requests_called,
    visible_requests,
)
from pendopo.intake.queries.wizard import privacy_version
from pendopo.intake.rules.requests import AttendanceMode, Channel, RequesterClass
from pendopo.intake.zip_response import zip_response
from pendopo.people.authentication import Scope, token_of
from pendopo.people.models import Account
from pendopo.schedule.rules import EventKind, EventRole, Slot

router = Router(tags=["requests"])
READ, WRITE = Scope("requests:read"), Scope("requests:write")


class SendThrottle(AddressThrottle):
    """Counts only this action."""

    scope = "request"


_SENDS = SendThrottle("20/h")


class SlotIn(Schema):
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class NewRequest(Schema):
    """A request; its letter follows by `POST /public/requests/{code}/letter`.

    ``privacy_version`` is the version of the notice about personal data that the sender was shown
    (`/privasi`): it is kept as proof, and without it nothing is said to have been read.
    """

    requester_class: RequesterClass = RequesterClass.COMMUNITY
    organisation_name: str = Field(max_length=160)
    contact_name: str = Field(max_length=100)
    contact_whatsapp: str = Field(max_length=30)
    contact_email: str = Field("", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")
    letter_number: str = Field("", max_length=80)
    letter_date: date | None = None
    event_title: str = Field(max_length=160)
    event_kind: EventKind = EventKind.MEETING
    purpose: str = Field("", max_length=2000)
    role: EventRole = EventRole.HOST
    people: int = Field(ge=1, le=100_000)
    attendance: AttendanceMode = AttendanceMode.ONLINE
    outside_platform: str = Field("", max_length=12)
    outside_url: str = Field("", max_length=500)
    outside_meeting_id: str = Field("", max_length=60)
    outside_passcode: str = Field("", max_length=60)
    outside_organiser: str = Field("", max_length=160)
    slots: list[SlotIn] = Field(min_length=1, max_length=31)
    privacy_version: int | None = Field(None, ge=1)


class SentOut(Schema):
    """``tracking_code`` opens the request for whoever has it: keep it like a key."""

    number: str
    tracking_code: str
    tracking_url: str
    state: str


class SlotOut(Schema):
    starts_at: datetime
    ends_at: datetime


class RequestOut(Schema):
    """A request as the office sees it; ``agenda_number`` is null until it is registered."""

    number: str
    state: str
    channel: str
    requester_class: str
    organisation_name: str
    event_title: str
    event_kind: str
    role: str
    people: int | None
    slots: list[SlotOut]
    letter_number: str
    letter_date: date | None
    agenda_number: str | None
    urgency: str | None
    secrecy: str | None
    submitted_at: datetime
    answer_due: date | None
    event_id: UUID | None


class RequestPage(Schema):
    items: list[RequestOut]
    next: str | None


class RegisterIn(Schema):
    """``agenda_number`` only where the national letter system gives it. A ``letter_number`` or
    ``letter_date`` that is left out stays as the requester wrote it; null empties it."""

    received_on: date | None = None
    subject: str
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.ORDINARY
    letter_number: str | None = None
    letter_date: date | None = None
    agenda_number: str = ""


class RecipientIn(Schema):
    account: UUID
    due_on: date | None = None


class DisposeIn(Schema):
    to: list[RecipientIn] = Field(max_length=20)
    instructions: list[str] = Field(default=[], max_length=20)
    note: str = Field("", max_length=2000)


class TextIn(Schema):
    text: str = Field(max_length=2000)


class NoteIn(Schema):
    note: str = Field("", max_length=2000)


class OfferedSlotIn(SlotIn):
    """Times with the same ``choice`` are the days of one alternative; without it a time is one."""

    choice: int | None = None


class OfferIn(Schema):
    slots: list[OfferedSlotIn] = Field(min_length=1, max_length=31)
    note: str = Field("", max_length=2000)


class RejectIn(Schema):
    """Ids of reasons of the office's list, a note, or both; they stand in the letter."""

    reasons: list[int] = []
    note: str = Field("", max_length=2000)


def request_out(request: ServiceRequest) -> dict[str, Any]:
    """A request for programs, without contacts."""
    letter = getattr(request, "incoming", None)
    return {
        "number": request.number,
        "state": request.state,
        "channel": request.channel,
        "requester_class": request.requester_class,
        "organisation_name": request.organisation_name,
        "event_title": request.event_title,
        "event_kind": request.event_kind,
        "role": request.role,
        "people": request.people,
        "slots": [{"starts_at": s.starts_at, "ends_at": s.ends_at} for s in request.slots.all()],
        "letter_number": request.letter_number,
        "letter_date": request.letter_date,
        "agenda_number": letter.shown_number if letter else None,
        "urgency": letter.urgency if letter else None,
        "secrecy": letter.secrecy if letter else None,
        "submitted_at": request.submitted_at,
        "answer_due": request.answer_due,
        "event_id": request.event_id,
    }


def choices_in(slots: list[OfferedSlotIn]) -> list[list[Slot]]:
    """The alternatives a program offers, in the order of their first times."""
    found: dict[object, list[Slot]] = {}
    for nth, slot in enumerate(slots):
        key = ("own", nth) if slot.choice is None else slot.choice
        found.setdefault(key, []).append(Slot(slot.starts_at, slot.ends_at))
    return list(found.values())


def slots_in(slots: list[SlotIn]) -> list[Slot]:
    """The times a program sent."""
    return [Slot(slot.starts_at, slot.ends_at) for slot in slots]


def account_of_token(request: HttpRequest) -> Account:
    """Whose token it is."""
    return token_of(request).account


def caller_by_token(request: HttpRequest) -> str:
    """Who asks, for repeated keys."""
    return f"token:{token_of(request).pk}"


def _stranger(request: HttpRequest) -> str:
    return f"address:{_SENDS.get_ident(request)}"


@router.post(
    "/requests",
    response={201: SentOut},
    throttle=_SENDS,
    summary="Send a request; public",
)
@idempotent(_stranger)
def send(request: HttpRequest, body: NewRequest) -> Status[Any]:
    values = body.dict(exclude={"slots"})
    values["contact_whatsapp"] = normalised(body.contact_whatsapp)
    values |= _proof_of_reading(values.pop("privacy_version"))
    with transaction.atomic():
        made = start_draft(Channel.API)
        save_draft(made, {**values, "letter_follows": True}, slots_in(body.slots))
        number = submit_request(made)
    return Status(
        201,
        SentOut(
            number=number,
            tracking_code=made.tracking_code,
            tracking_url=links.tracking_url(made),
            state=made.state,
        ),
    )


def _proof_of_reading(version: int | None) -> dict[str, Any]:
    if version is None:
        return {}
    if version > (holds := privacy_version()):
        raise Refused("privacy_version_unknown", holds=holds)
    return {"privacy_version": version, "privacy_read_at": clock.now()}


@router.get("/requests", auth=READ, response=RequestPage, summary="List requests, newest first")
def list_requests(
    request: HttpRequest, q: str = "", state: str = "", cursor: str | None = None
) -> dict[str, Any]:
    account = account_of_token(request)
    rows = requests_called(account, q) if q else visible_requests(account)
    if state:
        rows = rows.filter(state=state)
    items, after = newest_first(rows.prefetch_related("slots"), cursor)
    return {"items": [request_out(each) for each in items], "next": after}


@router.get("/requests/{number}", auth=READ, response=RequestOut, summary="Show a request")
def show(request: HttpRequest, number: str) -> dict[str, Any]:
    return request_out(request_numbered(account_of_token(request), number))


@router.get(
    "/requests/{number}/letters.zip",
    auth=READ,
    summary="The letters with their data, for the national letter system",
    openapi_extra={"responses": {200: {"content": {"application/zip": {}}}}},
)
def letters(request: HttpRequest, number: str) -> HttpResponse:
    account = account_of_token(request)
    return zip_response(export_letters(request_numbered(account, number), account), number)


def take_step(
    request: HttpRequest, number: str, act: Callable[[ServiceRequest, Account], object]
) -> Status[Any]:
    """Takes one step with a request the token's account sees, and shows where it stands then."""
    account = account_of_token(request)
    act(request_numbered(account, number), account)
    shown = RequestOut.model_validate(request_out(request_numbered(account, number)))
    return Status(200, shown)


@router.post("/requests/{number}/register", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def register(request: HttpRequest, number: str, body: RegisterIn) -> Any:
    entry = Registration(
        received_on=body.received_on or timezone.localdate(clock.now()),
        subject=body.subject,
        urgency=body.urgency,
        secrecy=body.secrecy,
        letter_number=body.letter_number or "",
        letter_date=body.letter_date,
        clears=frozenset(body.model_fields_set),
        external_number=body.agenda_number,
    )
    return take_step(request, number, lambda found, by: register_letter(found, entry, by))


@router.post("/requests/{number}/dispose", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def pass_on(request: HttpRequest, number: str, body: DisposeIn) -> Any:
    due = {each.account: each.due_on for each in body.to}
    accounts = list(Account.objects.filter(pk__in=due).select_related("person"))
    if unknown := len(due) - len(accounts):
        raise Refused("recipient_cannot_read", people=unknown)
    order = DispositionOrder(
        {account: due[account.pk] for account in accounts}, tuple(body.instructions), body.note
    )
    return take_step(request, number, lambda found, by: dispose(found, order, by))


@router.post("/requests/{number}/ask", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def ask(request: HttpRequest, number: str, body: TextIn) -> Any:
    return take_step(request, number, lambda found, by: decisions.ask(found, body.text, by))


@router.post("/requests/{number}/offer", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def offer(request: HttpRequest, number: str, body: OfferIn) -> Any:
    choices = choices_in(body.slots)
    return take_step(
        request, number, lambda found, by: decisions.offer(found, choices, body.note, by)
    )


@router.post("/requests/{number}/approve", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def approve(request: HttpRequest, number: str, body: NoteIn) -> Any:
    return take_step(request, number, lambda found, by: decisions.approve(found, by, body.note))


@router.post("/requests/{number}/reject", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def reject(request: HttpRequest, number: str, body: RejectIn) -> Any:
    reasons = list(RejectionReason.objects.filter(pk__in=body.reasons, is_active=True))
    if len(reasons) < len(set(body.reasons)):
        raise Refused("reason_required")
    return take_step(
        request, number, lambda found, by: decisions.reject(found, reasons, body.note, by)
    )


@router.post("/requests/{number}/cancel", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def cancel(request: HttpRequest, number: str, body: NoteIn) -> Any:
    return take_step(request, number, lambda found, by: decisions.cancel(found, body.note, by))
