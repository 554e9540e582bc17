"""Further steps of the office's staff with a request, and bookings of units, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime, Field, SecretStr, field_validator

from pendopo.documents.actions.signing import Outcome, sign_documents
from pendopo.documents.api.papers import PaperOut, paper_out
from pendopo.documents.drawing import disposition_sheet_pdf
from pendopo.documents.models import Document
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.queries.signing import MOST_AT_ONCE, named_letters, waiting_for
from pendopo.documents.rules import LETTERS
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
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.desks import waiting_assignment
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.sheet import sheet_of
from pendopo.intake.rules.requests import AttendanceMode
from pendopo.journal.models import subject_of
from pendopo.people.models import Account
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


class ReadLetter(Schema):
    """A letter to be signed, and its revision when it was read: both as `…/papers` shows them."""

    code: str = Field(max_length=40)
    revision: int


class SignIn(Schema):
    """The letters to sign, in this order, and the passphrase of the token's account, which is used
    once and kept nowhere. Without letters: all of the request that wait for this account, as they
    stand when they are signed; the caller vouches for having read them."""

    passphrase: SecretStr
    letters: list[ReadLetter] = Field(default=[], max_length=MOST_AT_ONCE)

    @field_validator("letters")
    @classmethod
    def _each_once(cls, letters: list[ReadLetter]) -> list[ReadLetter]:
        if len({each.code for each in letters}) < len(letters):
            raise ValueError("a letter is named twice")
        return letters


class WhyNot(Schema):
    """Why a letter is not signed, as a problem says it."""

    code: str
    detail: str


class SigningOutcome(Schema):
    """What became of a letter: its number when it is signed, else why it is not."""

    code: str
    signed: bool
    number: str
    refused: WhyNot | None


class SignedOut(Schema):
    """One outcome for each letter, in the order in which they were named. `documents` are the codes
    of the signed ones; each opens its letter at `/documents/{code}`."""

    letters: list[SigningOutcome]
    documents: list[str]


@router.get("/requests/{number}/papers", auth=READ, response=list[PaperOut])
def papers(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """The office's letters about a request that the account may read, oldest first."""
    account = account_of_token(request)
    about = subject_of(request_numbered(account, number))
    return [paper_out(each) for each in documents_for(account).filter(about=about).order_by("pk")]


@router.post("/requests/{number}/sign", auth=WRITE, response=SignedOut)
def sign(request: HttpRequest, number: str, body: SignIn) -> dict[str, Any]:
    """Signs letters about a request as they were read; one that was changed since is refused.

    What is refused leaves the others signed, and the answer says which are. A problem, such as
    `passphrase_wrong`, means that none is. Takes no `Idempotency-Key`: a letter is signed once,
    whoever asks again is told so.
    """
    account = account_of_token(request)
    found = request_numbered(account, number)
    if Permission.SIGN_DOCUMENTS not in permissions_for(account):
        raise Refused("not_allowed")
    asked = body.letters or _waiting(found, account)
    named = named_letters(account, subject_of(found), [each.code for each in asked])
    if not named and not open_replies(found).exists():
        raise Refused("reply_not_ready")
    outcomes = _signed(asked, named, body.passphrase, account) if named else {}
    letters = [_outcome_out(each.code, outcomes.get(each.code)) for each in asked]
    return {
        "letters": letters,
        "documents": [each["code"] for each in letters if each["signed"]],
    }


def _waiting(request: ServiceRequest, account: Account) -> list[ReadLetter]:
    """The letters about a request that wait for this account, oldest first, as they stand now.

    Raises ``Refused`` with ``reply_not_ready`` when none waits for anybody, ``not_its_signatory``
    when none waits for this account.
    """
    about = subject_of(request)
    mine = waiting_for(account).filter(about=about, kind__in=LETTERS)[:MOST_AT_ONCE]
    found = [ReadLetter(code=each.code, revision=each.revision) for each in mine]
    if not found:
        raise Refused("not_its_signatory" if open_replies(request).exists() else "reply_not_ready")
    return found


def _signed(
    letters: Sequence[ReadLetter],
    named: Mapping[str, Document],
    passphrase: SecretStr,
    account: Account,
) -> dict[str, Outcome]:
    """Code → what became of it. What ended the round before any was signed is raised."""
    asked = [each for each in letters if each.code in named]
    outcomes = sign_documents(
        [named[each.code] for each in asked],
        account,
        Passphrase(passphrase.get_secret_value()),
        {named[each.code].pk: each.revision for each in asked},
    )
    if not any(each.is_signed for each in outcomes):
        for outcome in outcomes:
            if outcome.refused and outcome.ends_the_round:
                raise outcome.refused
    return {each.document.code: each for each in outcomes}


def _outcome_out(code: str, outcome: Outcome | None) -> dict[str, Any]:
    refused = outcome.refused if outcome else Refused("document_not_found")
    return {
        "code": code,
        "signed": refused is None,
        "number": outcome.document.number if outcome and outcome.is_signed else "",
        "refused": {"code": refused.code, "detail": refused.sentence} if refused else None,
    }
