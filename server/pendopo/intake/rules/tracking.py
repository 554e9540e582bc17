"""What a requester is told by the code: where the request stands, what comes next, by when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pendopo.intake.rules.states import OPEN, RequestState, Step, may_follow

CODE_LENGTH = 16


class Stage(StrEnum):
    """Where a request stands, in the words of who asked, not of the office."""

    RECEIVED = "received"
    IN_WORK = "in_work"
    QUESTION = "question"
    OFFER = "offer"
    OFFER_EXPIRED = "offer_expired"
    APPROVED = "approved"
    OVER = "over"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Door(StrEnum):
    """What the page by the code lets a requester do now."""

    ANSWER = "answer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    SEND_LETTER = "send_letter"
    CANCEL = "cancel"
    ORGANISE = "organise"


@dataclass(frozen=True)
class Standing:
    """What decides about the page: the state, and the days and files that go with it."""

    state: str
    now: datetime
    answer_due: date | None = None
    offer_until: datetime | None = None  # of the open offer
    letter_is_missing: bool = False
    ends_at: datetime | None = None  # of the last session
    can_cancel: bool = True  # as far as the event goes


@dataclass(frozen=True)
class Outlook:
    """The stage, and by when: ``office_until`` is our day, ``yours_until`` the requester's."""

    stage: Stage
    office_until: date | None = None
    yours_until: datetime | None = None


_STAGES = {
    RequestState.SUBMITTED: Stage.RECEIVED,
    RequestState.REGISTERED: Stage.IN_WORK,
    RequestState.DISPOSED: Stage.IN_WORK,
    RequestState.UNDER_REVIEW: Stage.IN_WORK,
    RequestState.NEEDS_COMPLETION: Stage.QUESTION,
    RequestState.ALTERNATIVE_OFFERED: Stage.OFFER,
    RequestState.APPROVED: Stage.APPROVED,
    RequestState.REJECTED: Stage.REJECTED,
    RequestState.CANCELLED: Stage.CANCELLED,
}


def is_over(standing: Standing) -> bool:
    """Whether the last session has ended."""
    return standing.ends_at is not None and standing.ends_at <= standing.now


def has_expired(offer_until: datetime | None, now: datetime) -> bool:
    """Whether an offer may no longer be accepted; without an offer there is nothing to accept."""
    return offer_until is None or offer_until <= now


def outlook(standing: Standing) -> Outlook:
    """What a requester is told. A draft has no stage: raises ``KeyError``.

    The office's day is told only while the office has the request: with a question or an offer the
    clock stands still.
    """
    stage = _STAGES[RequestState(standing.state)]
    if stage in {Stage.RECEIVED, Stage.IN_WORK}:
        return Outlook(stage, office_until=standing.answer_due)
    if stage is Stage.OFFER:
        if has_expired(standing.offer_until, standing.now):
            return Outlook(Stage.OFFER_EXPIRED)
        return Outlook(stage, yours_until=standing.offer_until)
    if stage is Stage.APPROVED and is_over(standing):
        return Outlook(Stage.OVER)
    return Outlook(stage)


def doors(standing: Standing) -> frozenset[Door]:
    """What the requester may do now."""
    state = standing.state
    found = set()
    if may_follow(Step.ANSWER, state):
        found.add(Door.ANSWER)
    if may_follow(Step.REFUSE_OFFER, state):
        found.add(Door.REFUSE)
        if not has_expired(standing.offer_until, standing.now):
            found.add(Door.ACCEPT)
    if state == RequestState.APPROVED:
        found.add(Door.ORGANISE)
    if standing.letter_is_missing and state in OPEN | {RequestState.APPROVED}:
        found.add(Door.SEND_LETTER)
    if may_follow(Step.CANCEL, state) and standing.can_cancel:
        found.add(Door.CANCEL)
    return frozenset(found)


class Milestone(StrEnum):
    """A step as the requester knows it; steps between desks of the office have none."""

    SENT = "sent"
    RECORDED = "recorded"
    IN_HANDS = "in_hands"
    ASKED = "asked"
    ANSWERED = "answered"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


MILESTONES = {
    Step.SUBMIT: Milestone.SENT,
    Step.REGISTER: Milestone.RECORDED,
    Step.DISPOSE: Milestone.IN_HANDS,
    Step.AUTHORISE: Milestone.IN_HANDS,
    Step.ASK: Milestone.ASKED,
    Step.ANSWER: Milestone.ANSWERED,
    Step.OFFER: Milestone.OFFERED,
    Step.ACCEPT_OFFER: Milestone.ACCEPTED,
    Step.REFUSE_OFFER: Milestone.REFUSED,
    Step.APPROVE: Milestone.APPROVED,
    Step.REJECT: Milestone.REJECTED,
    Step.CANCEL: Milestone.CANCELLED,
}
# However often a letter wanders from desk to desk, it is in the office's hands once.
_TOLD_ONCE = {Milestone.RECORDED, Milestone.IN_HANDS}


def milestones(steps: Iterable[tuple[str, datetime]]) -> list[tuple[Milestone, datetime]]:
    """The steps that a requester is told of, in their order."""
    told: list[tuple[Milestone, datetime]] = []
    seen: set[Milestone] = set()
    for step, at in steps:
        milestone = MILESTONES.get(Step(step)) if step in set(Step) else None
        if milestone is None or (milestone in _TOLD_ONCE and milestone in seen):
            continue
        seen.add(milestone)
        told.append((milestone, at))
    return told


def read_code(typed: str) -> str:
    """A tracking code as it is stored, from what somebody typed; empty when it can't be one.

    Case, spaces and dashes do not matter; from a pasted link the code is taken out.
    """
    last = re.split(r"/lacak/", typed.strip(), flags=re.IGNORECASE)[-1].partition("/")[0]
    letters = re.sub(r"[^a-z0-9]", "", last.lower())
    if len(letters) != CODE_LENGTH:
        return ""
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def read_number(typed: str) -> str:
    """A request's number as it is stored, such as ``2026-00017`` from ``2026 17``; else empty."""
    groups = re.findall(r"[0-9]+", typed)
    if len(groups) == 1 and len(groups[0]) > 4:
        groups = [groups[0][:4], groups[0][4:]]
    if len(groups) != 2 or len(groups[0]) != 4 or len(groups[1]) > 9:
        return ""
    return f"{groups[0]}-{int(groups[1]):05d}"
