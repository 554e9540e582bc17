"""``/api/v1/public/requests/{code}``: what a requester does by the code."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from pendopo.foundation import clock
from pendopo.foundation.addresses import AddressThrottle
from pendopo.intake.actions import decisions
from pendopo.intake.actions.drafts import attach_letter
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.limits import count_upload
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.requests import request_by_code
from pendopo.intake.queries.tracking import can_cancel, open_offer, open_question, sessions_of
from pendopo.intake.rules.states import steps_of_requester
from pendopo.intake.rules.tracking import has_expired

router = Router(tags=["requests"])


class CodeThrottle(AddressThrottle):
    """Counts what strangers try by code, from one address."""

    scope = "tracking"


class ChoiceOut(Schema):
    """A day of an alternative; days of the same ``choice`` are taken together."""

    id: int
    choice: int
    starts_at: datetime
    ends_at: datetime


class TrackedOut(Schema):
    """``question`` and ``offer`` are null unless they wait for an answer; ``steps`` says what the
    requester may do now."""

    number: str | None
    state: str
    event_title: str
    answer_due: date | None
    question: str | None
    offer: list[ChoiceOut] | None
    steps: list[str]


class AcceptIn(Schema):
    slot: int


class ReasonIn(Schema):
    note: str = ""


def tracked(request: ServiceRequest) -> dict[str, Any]:
    """A request as whoever has the code sees it."""
    question = open_question(request)
    offer = open_offer(request)
    steps = steps_of_requester(
        request.state,
        can_cancel=can_cancel(request, sessions_of(request)),
        can_accept=not has_expired(offer.expires_at if offer else None, clock.now()),
    )
    slots = list(offer.slots.values("id", "choice", "starts_at", "ends_at")) if offer else None
    return {
        "number": request.number,
        "state": request.state,
        "event_title": request.event_title,
        "answer_due": request.answer_due,
        "question": question.text if question else None,
        "offer": slots,
        "steps": [step.value for step in steps],
    }


_THROTTLE = CodeThrottle("60/m")


@router.get("/requests/{code}", response=TrackedOut, throttle=_THROTTLE, summary="Track a request")
def track(request: HttpRequest, code: str) -> dict[str, Any]:
    return tracked(request_by_code(code))


@router.post("/requests/{code}/letter", response=TrackedOut, throttle=_THROTTLE)
def send_letter(request: HttpRequest, code: str, files: File[list[UploadedFile]]) -> Any:
    """The letter that was to follow, or a draft's: photos in order, or a PDF."""
    found = request_by_code(code)
    count_upload(request, found)
    attach_letter(found, files, requester_of(found))
    return tracked(request_by_code(code))


@router.post("/requests/{code}/answer", response=TrackedOut, throttle=_THROTTLE)
def answer(
    request: HttpRequest,
    code: str,
    text: Form[str],
    files: File[list[UploadedFile]] = [],  # noqa: B006
) -> Any:
    """Answers the open question, with files if there are any."""
    found = request_by_code(code)
    if files:
        count_upload(request, found)
    decisions.answer(found, text, files)
    return tracked(request_by_code(code))


@router.post("/requests/{code}/accept", response=TrackedOut, throttle=_THROTTLE)
def accept(request: HttpRequest, code: str, body: AcceptIn) -> Any:
    """Takes one of the offered alternatives, by any of its days, with all of them."""
    decisions.accept_offer(request_by_code(code), body.slot)
    return tracked(request_by_code(code))


@router.post("/requests/{code}/refuse", response=TrackedOut, throttle=_THROTTLE)
def refuse(request: HttpRequest, code: str, body: ReasonIn) -> Any:
    """Takes none of the offered times."""
    decisions.refuse_offer(request_by_code(code), body.note)
    return tracked(request_by_code(code))


@router.post("/requests/{code}/cancel", response=TrackedOut, throttle=_THROTTLE)
def cancel(request: HttpRequest, code: str, body: ReasonIn) -> Any:
    """Wants nothing any more."""
    found = request_by_code(code)
    decisions.cancel(found, body.note, requester_of(found))
    return tracked(request_by_code(code))
