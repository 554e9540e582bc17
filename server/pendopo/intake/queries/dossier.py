"""Everything the office knows of one request, for its page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise

from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentState
from pendopo.documents.wording import STATES as PAPER_STATES
from pendopo.foundation import clock
from pendopo.intake.models import (
    Assignment,
    Disposition,
    Offer,
    Question,
    RequestedSlot,
    ServiceRequest,
)
from pendopo.intake.queries.deadlines import days_ahead, lead_days
from pendopo.intake.queries.requests import suspected_duplicates, visible_requests
from pendopo.intake.rules.states import AT_THE_OFFICE, Step
from pendopo.intake.wording import STEPS
from pendopo.journal.models import subject_of
from pendopo.journal.trails import names_of
from pendopo.notices.models import Notice
from pendopo.notices.queries import about_request
from pendopo.notices.rules import Channel, NoticeState
from pendopo.notices.wording import CHANNELS, error_words
from pendopo.notices.wording import STATES as NOTICE_STATES
from pendopo.people.models import Account


@dataclass(frozen=True)
class PastStep:
    """One line of the time line."""

    words: str | Promise
    who: str
    position: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Paper:
    """A letter about the request, and how far it is."""

    document: Document
    state: str | Promise

    @property
    def is_to_hand_over(self) -> bool:
        """Whether it is signed and nobody was told: the requester wants no messages, or has
        neither number nor address."""
        return self.document.state == DocumentState.SIGNED and self.document.revoked_at is None


@dataclass(frozen=True)
class Told:
    """A message to the requester's side: by which way, and how far it is."""

    notice: Notice
    way: str | Promise
    state: str | Promise
    error: str


@dataclass(frozen=True)
class Dossier:
    """What the page of a request shows."""

    slots: list[RequestedSlot]
    steps: list[PastStep]
    dispositions: list[Disposition]
    questions: list[Question]
    offers: list[Offer]
    papers: list[Paper]
    told: list[Told]
    duplicates: list[ServiceRequest]
    ahead: int | None  # working days between the sending and the event
    wanted: int  # working days that the office asks for
    is_late: bool  # the answer was due before today

    @property
    def is_short(self) -> bool:
        """Whether the request came later than the office asks for."""
        return self.ahead is not None and self.ahead < self.wanted


def dossier_of(request: ServiceRequest, account: Account) -> Dossier:
    """What there is to see of a request; the number of queries doesn't grow with its story."""
    assigned = Prefetch("assignments", Assignment.objects.select_related("account__person"))
    dispositions = request.dispositions.select_related("sender__person", "in_place_of__person")
    questions = request.questions.select_related("asked_by__person")
    offers = request.offers.select_related("offered_by__person").prefetch_related("slots")
    papers = Document.objects.filter(about=subject_of(request)).order_by("created_at")
    return Dossier(
        slots=list(request.slots.all()),
        steps=past_steps(request),
        dispositions=list(dispositions.prefetch_related(assigned)),
        questions=list(questions),
        offers=list(offers),
        papers=[Paper(each, PAPER_STATES[DocumentState(each.state)]) for each in papers],
        told=messages_to_requester(request),
        duplicates=duplicates_seen(request, account),
        ahead=days_ahead(request),
        wanted=lead_days(request.requester_class),
        is_late=is_late(request.state, request.answer_due),
    )


def messages_to_requester(request: ServiceRequest) -> list[Told]:
    """What was written to the requester and the organisers, oldest first. One query."""
    return [
        Told(
            each,
            CHANNELS[Channel(each.channel)],
            NOTICE_STATES[NoticeState(each.state)],
            error_words(each.error) if each.error else "",
        )
        for each in about_request(subject_of(request))
        if each.account_id in {None, request.account_id}
    ]


def duplicates_seen(request: ServiceRequest, account: Account) -> list[ServiceRequest]:
    """Requests with the same letter, as far as the account may see them; five at most."""
    same = suspected_duplicates(request).order_by().values("pk")
    return list(visible_requests(account).filter(pk__in=same).order_by("submitted_at")[:5])


def past_steps(request: ServiceRequest) -> list[PastStep]:
    """The steps so far, oldest first, with the names of today. One query, and one a kind of
    actor."""
    rows = list(request.transitions.all())
    names = names_of(row.actor for row in rows)
    return [
        PastStep(STEPS[Step(row.step)], names[row.actor].text, row.position, row.at, row.note)
        for row in rows
    ]


def is_late(state: str, due: date | None) -> bool:
    """Whether the office should have answered before today."""
    return state in AT_THE_OFFICE and due is not None and due < timezone.localdate(clock.now())
