"""Changes to events, sessions and rooms."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import AgencyUnit
from pendopo.office.queries import unit_of
from pendopo.people.models import Account
from pendopo.schedule.models import Event, OutsideMeeting, Room, Session
from pendopo.schedule.rules import (
    EventKind,
    EventRole,
    EventWish,
    Remainder,
    SessionState,
    is_out_of_range,
    is_to_come,
    order_of_times_is_wrong,
    remainder,
)


@transaction.atomic
def create_event(
    owner: Account,
    title: str,
    kind: EventKind = EventKind.MEETING,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Session:
    """An event with one session, for the owner's unit.

    Raises ``Refused`` with ``title_required``, ``time_out_of_range`` or ``times_out_of_order``.
    """
    title = _checked_title(title)
    _check_times(starts_at, ends_at)
    event = Event.objects.create(title=title, kind=kind, unit=unit_of(owner), owner=owner)
    session = Session.objects.create(event=event, starts_at=starts_at, ends_at=ends_at)
    record("event.created", event, owner, session=str(session.pk), event_kind=kind)
    return session


@transaction.atomic
def admit_event(
    wish: EventWish, owner: Account, actor: Subject, unit: AgencyUnit | None = None
) -> Event:
    """Puts an event and its sessions, which are then ASSIGNED, on the calendar.

    The one door by which an approved request gets there. ``owner`` answers for it in the office,
    ``unit`` is whom it is for. Raises ``Refused`` with ``title_required``, ``time_required``,
    ``time_out_of_range`` or ``times_out_of_order``.
    """
    title = _checked_title(wish.title)
    if not wish.slots:
        raise Refused("time_required")
    for slot in wish.slots:
        _check_times(slot.starts_at, slot.ends_at)
    event = Event.objects.create(
        title=title,
        kind=wish.kind,
        role=wish.role,
        is_open=wish.is_open,
        unit=unit,
        owner=owner,
    )
    if wish.role == EventRole.CLIENT:
        OutsideMeeting.objects.create(event=event, **asdict(wish.outside))
    sessions = [
        Session.objects.create(event=event, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in wish.slots
    ]
    record(
        "event.admitted",
        event,
        actor,
        sessions=[str(session.pk) for session in sessions],
        event_kind=wish.kind,
        role=wish.role,
    )
    return event


@transaction.atomic
def veil_event(event: Event, title: str, actor: Subject) -> None:
    """Another title, without its unit, and no longer open to the public: what it is about and whose
    it is, is not everybody's."""
    event.title, event.is_open, event.unit = _checked_title(title), False, None
    event.save(update_fields=["title", "is_open", "unit"])
    record("event.veiled", event, actor)


@transaction.atomic
def cancel_event(event: Event, actor: Subject) -> list[Session]:
    """ASSIGNED → CANCELLED for each session that is still to come; the sessions it moved.

    Raises ``Refused`` with ``event_live`` while one is held, ``event_over`` when none is to come.
    """
    now = clock.now()
    sessions = list(event.sessions.select_for_update().order_by("starts_at", "pk"))
    left = remainder(((each.state, each.ends_at) for each in sessions), now)
    if left is not Remainder.TO_COME:
        raise Refused("event_live" if left is Remainder.LIVE else "event_over")
    return [
        session
        for session in sessions
        if is_to_come(session.state, session.ends_at, now)
        and _move(session, SessionState.ASSIGNED, SessionState.CANCELLED, actor)
    ]


def _checked_title(title: str) -> str:
    title = " ".join(storable(title).split())
    if not title:
        raise Refused("title_required")
    return title[:160]


def _check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if is_out_of_range(starts_at, ends_at):
        raise Refused("time_out_of_range")
    if order_of_times_is_wrong(starts_at, ends_at):
        raise Refused("times_out_of_order")


def start_session(session: Session, actor: Subject) -> bool:
    """ASSIGNED → LIVE in the caller's transaction; ``False`` when it was not ASSIGNED."""
    return _move(session, SessionState.ASSIGNED, SessionState.LIVE, actor)


def end_session(session: Session, actor: Subject) -> bool:
    """LIVE → ENDED in the caller's transaction; one that never began ends as well.

    ``False`` when it had ended already.
    """
    return _move(session, SessionState.LIVE, SessionState.ENDED, actor) or _move(
        session, SessionState.ASSIGNED, SessionState.ENDED, actor
    )


def _move(session: Session, old: SessionState, new: SessionState, actor: Subject) -> bool:
    """Compare-and-set: of two who try, one moves the session and is in the journal."""
    moved = Session.objects.filter(pk=session.pk, state=old).update(state=new)
    if moved:
        session.state = new
        record(f"session.{new}", session, actor)
    return bool(moved)


@transaction.atomic
def save_room(room: Room, actor: Subject) -> None:
    """Keeps a new or changed room. Raises ``Refused('name_taken')``."""
    is_new = not Room.objects.filter(pk=room.pk).exists()
    with refused_when_taken("name_taken"):
        room.save()
    record(
        "room.created" if is_new else "room.changed",
        room,
        actor,
        room_kind=room.kind,
        people=room.people,
        in_use=room.is_active,
    )
