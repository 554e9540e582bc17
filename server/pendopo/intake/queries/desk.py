"""What waits for somebody: one list, whatever it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.models import Assignment, ServiceRequest, Transition
from pendopo.intake.queries.desk_papers import PaperItem, desk_papers, paper_items
from pendopo.intake.queries.desks import Desk, desks_of
from pendopo.intake.queries.requests import visible_requests
from pendopo.intake.rules.desk import (
    AFTER_PASSING_ON,
    WAITING_STATES,
    Work,
    days_over,
    days_waiting,
    work_of,
)
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import AHEAD, RequestState, Step, may_register_late
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

SHOWN_AT_MOST = 200
# Every page of the office's people counts; beyond this the menu says "99+".
COUNTED_AT_MOST = 100


@dataclass(frozen=True)
class DeskItem:
    """A letter that waits. ``holder`` is the absent one on whose desk it lies, else ``None``."""

    request: ServiceRequest
    work: Work
    since: datetime
    due_on: date | None
    holder: Account | None
    assignment_id: str | None
    was_answered: bool
    days: int
    days_over: int

    @property
    def sender(self) -> str:
        """Who asks, as the list shows it."""
        return self.request.organisation_name or self.request.contact_name

    @property
    def subject(self) -> str:
        """What it is about: as registered, before that as asked."""
        letter = getattr(self.request, "incoming", None)
        return letter.subject if letter else self.request.event_title


@dataclass(frozen=True)
class Tally:
    """How much waits, and how much of it too long."""

    waiting: int
    overdue: int


def desk_requests(account: Account, desks: Sequence[Desk]) -> QuerySet[ServiceRequest]:
    """What lies on these desks of an account, oldest first, each once, as far as it may see it.

    Rows have ``my_assignment``, ``my_holder``, ``lies_somewhere``, ``since``, ``due_on`` and
    ``last_step``.
    """
    mine = (
        _waiting_at(desks)
        .annotate(is_own=Case(When(account=account, then=Value(0)), default=Value(1)))
        .order_by("is_own", "due_on", "pk")
    )
    last_step = Transition.objects.filter(request=OuterRef("pk")).order_by("-pk")
    rows = _lying_on(desks).annotate(
        my_assignment=Subquery(mine.values("pk")[:1]),
        my_holder=Subquery(mine.values("account")[:1]),
        lies_somewhere=Exists(_waiting_here()),
        last_step=Subquery(last_step.values("step")[:1]),
        since=Coalesce(
            Subquery(mine.values("disposition__at")[:1]),
            F("incoming__registered_at"),
            F("submitted_at"),
            output_field=DateTimeField(),
        ),
        due_on=Coalesce(
            Subquery(mine.values("due_on")[:1]),
            Case(When(state__in=WAITING_STATES, then=F("answer_due"))),
            output_field=DateField(),
        ),
    )
    return rows.order_by("since", "pk")


def _waiting_here() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        disposition__request=OuterRef("pk"), state=AssignmentState.WAITING
    )


def _waiting_at(desks: Sequence[Desk]) -> QuerySet[Assignment]:
    return _waiting_here().filter(account__in=[desk.holder for desk in desks])


def _lying_on(desks: Sequence[Desk]) -> QuerySet[ServiceRequest]:
    """The same as :func:`work_of`, for the database."""
    came_back = Q(state__in=AFTER_PASSING_ON) & ~Q(Exists(_waiting_here()))
    mine = Q(Exists(_waiting_at(desks)))
    may_register = any(desk.reach.registers for desk in desks)
    here = ~Q(state=RequestState.SUBMITTED) & mine
    if may_register:
        here |= Q(state__in=[RequestState.SUBMITTED, RequestState.REGISTERED])
    if any(desk.reach.is_first for desk in desks):
        here |= Q(state=RequestState.REGISTERED) | came_back
    waiting = Q(state__in=WAITING_STATES)
    found = waiting & here
    if may_register:
        authorised = Q(state__in=AHEAD, authorised_at__isnull=False)
        found |= authorised & Q(letter__isnull=False, incoming=None)
    return visible_requests(desks[0].holder, desks).filter(
        found,
        # The same once more, in the words of the two indexes by which the few are found.
        waiting | Q(authorised_at__isnull=False),
    )


def desk_of(account: Account, desks: Sequence[Desk]) -> list[DeskItem]:
    """The letters that wait, oldest first, at most :data:`SHOWN_AT_MOST`. One query."""
    today = timezone.localdate(clock.now())
    rows = desk_requests(account, desks)[:SHOWN_AT_MOST]
    return [item for row in rows if (item := _item(row, desks, today)) is not None]


def queue_of(account: Account, letters: Sequence[DeskItem]) -> list[DeskItem | PaperItem]:
    """These letters and the office's own that wait for signature or initial, oldest first, at most
    :data:`SHOWN_AT_MOST`. One query."""
    today = timezone.localdate(clock.now())
    papers = paper_items(account, today, SHOWN_AT_MOST)
    found: list[DeskItem | PaperItem] = [*letters, *papers]
    return sorted(found, key=lambda item: item.since)[:SHOWN_AT_MOST]


def desk_item(account: Account, desks: Sequence[Desk], number: str) -> DeskItem | None:
    """One of the things that wait; ``None`` when it does not lie on these desks."""
    row = desk_requests(account, desks).filter(number=number).first()
    return _item(row, desks, timezone.localdate(clock.now())) if row is not None else None


def _item(row: ServiceRequest, desks: Sequence[Desk], today: date) -> DeskItem | None:
    assigned = row.my_assignment  # type: ignore[attr-defined]
    for desk in desks:
        is_here = assigned is not None and desk.holder.pk == row.my_holder  # type: ignore[attr-defined]
        lies_somewhere = row.lies_somewhere  # type: ignore[attr-defined]
        work = work_of(row.state, desk.reach, is_here, lies_somewhere, came_late=_came_late(row))
        if work is None or (assigned is not None and not is_here):
            continue
        return DeskItem(
            request=row,
            work=work,
            since=row.since,  # type: ignore[attr-defined]
            due_on=row.due_on,  # type: ignore[attr-defined]
            holder=desk.holder if desk is not desks[0] else None,
            assignment_id=str(assigned) if is_here else None,
            was_answered=row.last_step == Step.ANSWER,  # type: ignore[attr-defined]
            days=days_waiting(timezone.localdate(row.since), today),  # type: ignore[attr-defined]
            days_over=days_over(row.due_on, today),  # type: ignore[attr-defined]
        )
    return None


def _came_late(row: ServiceRequest) -> bool:
    return row.letter_id is not None and may_register_late(
        row.state,
        is_authorised=row.authorised_at is not None,
        is_registered=hasattr(row, "incoming"),
    )


def desk_tally(account: Account, desks: Sequence[Desk]) -> Tally:
    """How much waits on the desks of an account, the office's own letters included. Two queries."""
    today = timezone.localdate(clock.now())
    wanted = {"waiting": Count("pk"), "overdue": Count("pk", filter=Q(due_on__lt=today))}
    letters = desk_requests(account, desks).aggregate(**wanted)
    papers = desk_papers(account).aggregate(**wanted)
    return Tally(letters["waiting"] + papers["waiting"], letters["overdue"] + papers["overdue"])


def waiting_count(account: Account) -> int:
    """How much waits for this account, for the menu, as far as :data:`COUNTED_AT_MOST`; 0 for who
    reads no letters. Three queries, four with somebody away.
    """
    if Permission.READ_REQUESTS not in permissions_for(account):
        return 0
    letters = _lying_on(desks_of(account)).values("pk")[:COUNTED_AT_MOST]
    papers = desk_papers(account).order_by().values("pk")[:COUNTED_AT_MOST]
    return min(letters.union(papers, all=True).count(), COUNTED_AT_MOST)
