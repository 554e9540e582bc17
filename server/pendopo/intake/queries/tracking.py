"""What the tracking code of a request opens, and nothing of other requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch

from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentState
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.intake.models import (
    Offer,
    OfferedSlot,
    Organiser,
    Preparation,
    Question,
    ServiceRequest,
)
from pendopo.intake.queries.requests import request_by_code, request_to_track
from pendopo.intake.rules.decisions import OfferState
from pendopo.intake.rules.preparation import Occasion
from pendopo.intake.rules.states import OPEN, RequestState, Step, may_follow
from pendopo.intake.rules.tracking import (
    Milestone,
    Standing,
    milestones,
    read_code,
    read_number,
)
from pendopo.meetings.models import Meeting
from pendopo.schedule.models import Session
from pendopo.schedule.rules import Remainder, SessionState, remainder


def subject_of_request(request: ServiceRequest) -> str:
    """The request as papers, messages and the journal refer to it."""
    return f"intake.servicerequest:{request.pk}"


def tracked(code: str) -> ServiceRequest:
    """The sent request that a code opens. Raises ``Refused('request_not_found')``."""
    return _sent(request_by_code(read_code(code)))


def found_by(number: str, code: str) -> ServiceRequest:
    """The same by number and code as typed; which of them was wrong nobody is told."""
    return _sent(request_to_track(read_number(number), read_code(code)))


def _sent(request: ServiceRequest) -> ServiceRequest:
    if request.state == RequestState.DRAFT:
        raise Refused("request_not_found")
    return request


@dataclass(frozen=True)
class Tracking:
    """Everything that the page shows of a request."""

    request: ServiceRequest
    standing: Standing
    steps: list[tuple[Milestone, datetime]]
    question: Question | None
    offer: Offer | None
    refusal: str  # why it was rejected or cancelled, in the office's words
    letters: list[Document]
    sessions: list[Session]


def tracking_of(request: ServiceRequest) -> Tracking:
    """What there is to see of a request. Seven queries, however long its story."""
    transitions = list(request.transitions.order_by("id"))
    offer = open_offer(request)
    sessions = sessions_of(request)
    standing = Standing(
        state=request.state,
        now=clock.now(),
        answer_due=request.answer_due,
        offer_until=offer.expires_at if offer else None,
        letter_is_missing=awaits_letter(request),
        ends_at=last_end(sessions),
        can_cancel=can_cancel(request, sessions),
    )
    last = transitions[-1] if transitions else None
    refused = request.state in {RequestState.REJECTED, RequestState.CANCELLED}
    return Tracking(
        request=request,
        standing=standing,
        steps=milestones((each.step, each.at) for each in transitions),
        question=open_question(request),
        offer=offer,
        refusal=last.note if last and refused else "",
        letters=sent_letters(request),
        sessions=sessions,
    )


def awaits_letter(request: ServiceRequest) -> bool:
    """Whether the letter was promised, has not come, and is still of use."""
    is_promised = request.letter_follows and request.letter_id is None
    return is_promised and request.state in OPEN | {RequestState.APPROVED}


def open_question(request: ServiceRequest) -> Question | None:
    """The question that waits for the requester; one that a cancelled request left without an
    answer waits no more. One query at most."""
    if request.state != RequestState.NEEDS_COMPLETION:
        return None
    return request.questions.filter(answered_at=None).first()


def open_offer(request: ServiceRequest) -> Offer | None:
    """The offer that waits for the requester, with its times. Two queries."""
    slots = Prefetch("slots", OfferedSlot.objects.order_by("choice", "starts_at"))
    found = request.offers.filter(state=OfferState.OPEN).prefetch_related(slots)
    return found.first()


def sent_letters(request: ServiceRequest) -> list[Document]:
    """The signed papers about a request that were sent, oldest first, with ``is_replaced``. One
    query."""
    corrections = Document.objects.filter(corrects=OuterRef("pk"), state=DocumentState.SENT)
    about = Document.objects.filter(
        about=subject_of_request(request), state=DocumentState.SENT, file__isnull=False
    ).annotate(is_replaced=Exists(corrections))
    return list(about.select_related("file").order_by("sent_at"))


def sent_letter(request: ServiceRequest, document_id: UUID) -> Document:
    """One of them. Raises ``Refused('not_found')``, also for a paper about another request."""
    for document in sent_letters(request):
        if document.pk == document_id:
            return document
    raise Refused("not_found")


def sessions_of(request: ServiceRequest) -> list[Session]:
    """The sessions that were not cancelled, with their meetings, in order. One query."""
    if request.event_id is None:
        return []
    rows = Session.objects.filter(event=request.event_id).exclude(state=SessionState.CANCELLED)
    return list(rows.select_related("event__unit", "meeting").order_by("starts_at", "pk"))


def can_cancel(request: ServiceRequest, sessions: Iterable[Session]) -> bool:
    """Whether a request may be cancelled as far as its event goes: while something is to come and
    nothing is being held. ``sessions``: :func:`sessions_of` it."""
    return not _refusal_of_event(request, sessions)


def refusal_to_cancel(request: ServiceRequest) -> str:
    """The code with which cancelling is refused where the request stands; empty when it is not.
    One query at most."""
    if not may_follow(Step.CANCEL, request.state):
        return "step_not_possible"
    return _refusal_of_event(request, sessions_of(request))


_REFUSALS = {
    Remainder.TO_COME: "",
    Remainder.LIVE: "event_live",
    Remainder.NOTHING: "event_over",
}


def _refusal_of_event(request: ServiceRequest, sessions: Iterable[Session]) -> str:
    if request.event_id is None:
        return ""
    states = ((session.state, session.ends_at) for session in sessions)
    return _REFUSALS[remainder(states, clock.now())]


def last_end(sessions: Iterable[Session]) -> datetime | None:
    """When the last session ends; ``None`` while one has no end."""
    ends = [session.ends_at for session in sessions]
    return max((end for end in ends if end), default=None) if all(ends) else None


def meeting_of_request(request: ServiceRequest, slug: str) -> Meeting:
    """A meeting of this request's event. Raises ``Refused('not_found')`` for any other."""
    rows = Meeting.objects.select_related("session__event__unit")
    meeting = rows.filter(slug=slug, session__event=request.event_id).first()
    if request.event_id is None or meeting is None:
        raise Refused("not_found")
    return meeting


def organisers_of(request: ServiceRequest) -> list[Organiser]:
    """Who may open the organiser's page, the requester first. One query."""
    found = request.organisers.filter(removed_at=None).order_by("-is_requester", "added_at")
    rows = list(found)
    for row in rows:
        row.request = request
    return rows


def organiser_of(request: ServiceRequest, organiser_id: UUID | str) -> Organiser:
    """One of them. Raises ``Refused('not_found')`` for one of another request or removed."""
    for organiser in organisers_of(request):
        if str(organiser.pk) == str(organiser_id):
            return organiser
    raise Refused("not_found")


def organiser_with_key(key: str) -> Organiser:
    """Whose page an address is, with the request. Raises ``Refused('not_found')`` for one that
    was removed. One query."""
    rows = Organiser.objects.select_related("request__event", "request__account")
    found = rows.filter(key=storable(key), removed_at=None).first()
    if found is None:
        raise Refused("not_found")
    return found


def preparation_of(request: ServiceRequest) -> Preparation | None:
    """What organisers have told so far, with places and saved sections. Three queries."""
    found = Preparation.objects.filter(request=request).select_related("rundown_file")
    return found.prefetch_related("sites", "saved").first()


def told(request: ServiceRequest, preparation: Preparation | None) -> dict[str, object]:
    """The values on which completeness is judged."""
    values: dict[str, object] = {
        "signatory_name": request.signatory_name,
        "signatory_position": request.signatory_position,
    }
    if preparation is not None:
        names = ("technical_name", "technical_whatsapp", "rundown", "rundown_file", "rehearsal_at")
        values |= {name: getattr(preparation, name) for name in names}
        values["sites"] = list(preparation.sites.all())
    return values


def saved_sections(preparation: Preparation | None) -> set[str]:
    """Which sections somebody has saved."""
    return {row.section for row in preparation.saved.all()} if preparation else set()


def occasion_of(request: ServiceRequest, saved: Iterable[str] = ()) -> Occasion:
    """What decides which sections apply. Who signed stays open to correction once it was asked."""
    known = bool(request.signatory_name and request.signatory_position)
    return Occasion(
        kind=request.event_kind,
        role=request.role,
        attendance=request.attendance,
        signatory_is_known=known and "signatory" not in set(saved),
    )
