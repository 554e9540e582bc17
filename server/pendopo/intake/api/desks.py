"""Further steps of the office's staff with a request, and bookings of units, for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field, SecretStr

from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.drawing import disposition_sheet_pdf
from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import idempotent
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import finish_assignment, return_letter
from pendopo.intake.actions.replies import open_replies
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.api.requests import (
    READ,
    WRITE,
    NoteIn,
    RequestOut,
    TextIn,
    account_of_token,
    caller_by_token,
    request_out,
    take_step,
)
from pendopo.intake.queries.desks import waiting_assignment
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.sheet import sheet_of
from pendopo.intake.rules.requests import AttendanceMode
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission
from pendopo.schedule.rules import Slot

router = Router(tags=["requests"])


class BookingIn(Schema):
    """A standard meeting of the account's unit, within the limits of self-service."""

    event_title: str = Field(max_length=160)
    people: int = Field(ge=1, le=100_000)
    attendance: AttendanceMode = AttendanceMode.ONLINE
    needs_operator: bool = False
    starts_at: AwareDatetime
    ends_at: AwareDatetime


@router.post("/requests/{number}/authorise", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def authorise(request: HttpRequest, number: str, body: TextIn) -> Any:
    """The urgent path, with the reason."""
    return take_step(request, number, lambda found, by: decisions.authorise(found, body.text, by))


@router.post("/requests/{number}/review", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def review(request: HttpRequest, number: str) -> Any:
    """Somebody has begun to work on it."""
    return take_step(request, number, decisions.start_review)


@router.post("/requests/{number}/return", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def send_back(request: HttpRequest, number: str, body: TextIn) -> Any:
    """The letter goes back to whoever passed it on, with a note that says why."""
    return take_step(
        request,
        number,
        lambda found, by: return_letter(waiting_assignment(found, by), body.text, by),
    )


@router.post("/requests/{number}/finish", auth=WRITE, response=RequestOut)
@idempotent(caller_by_token)
def finish(request: HttpRequest, number: str, body: NoteIn) -> Any:
    """The letter leaves the desk without going on."""
    return take_step(
        request,
        number,
        lambda found, by: finish_assignment(waiting_assignment(found, by), body.note, by),
    )


@router.get(
    "/requests/{number}/disposition.pdf",
    auth=READ,
    summary="The disposition sheet of a registered letter",
    openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}},
)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    found = request_numbered(account_of_token(request), number)
    return HttpResponse(disposition_sheet_pdf(sheet_of(found)), content_type="application/pdf")


@router.post("/bookings", auth=WRITE, response={201: RequestOut}, summary="Book for one's unit")
@idempotent(caller_by_token)
def book(request: HttpRequest, body: BookingIn) -> Status[Any]:
    account = account_of_token(request)
    made = book_meeting(
        account,
        body.dict(exclude={"starts_at", "ends_at"}),
        Slot(body.starts_at, body.ends_at),
    )
    shown = request_out(request_numbered(account, str(made.number)))
    return Status(201, RequestOut.model_validate(shown))


class SignIn(Schema):
    """The passphrase of the token's account; it is used once and kept nowhere."""

    passphrase: SecretStr


class SignedOut(Schema):
    """The letters that were signed now; their codes open them at `/documents/{code}`."""

    documents: list[str]


@router.post("/requests/{number}/sign", auth=WRITE, response=SignedOut)
def sign(request: HttpRequest, number: str, body: SignIn) -> dict[str, Any]:
    """Signs the drafted letters about a request, oldest first.

    Takes no `Idempotency-Key`: a letter is signed once, whoever asks again is told so.
    """
    account = account_of_token(request)
    found = request_numbered(account, number)
    if Permission.SIGN_DOCUMENTS not in permissions_for(account):
        raise Refused("not_allowed")
    drafts = list(open_replies(found))
    if not drafts:
        raise Refused("reply_not_ready")
    outcomes = sign_documents(drafts, account, Passphrase(body.passphrase.get_secret_value()))
    for outcome in outcomes:
        if outcome.refused:
            raise outcome.refused
    return {"documents": [outcome.document.code for outcome in outcomes]}
