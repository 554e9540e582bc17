"""Creating, opening, locking and ending meetings."""

from datetime import datetime

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_secret
from pendopo.gateways.livekit import rooms
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.meetings.models import Meeting, Opening
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission
from pendopo.schedule.actions import create_event, end_session, start_session
from pendopo.schedule.models import Event, Session
from pendopo.schedule.rules import EventKind


@transaction.atomic
def create_meeting(
    owner: Account,
    title: str,
    kind: str = EventKind.MEETING,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Meeting:
    """A meeting, its event and its session. Without ``starts_at`` it is open at once.

    Raises ``Refused`` with ``not_allowed``, ``title_required``, ``time_out_of_range``,
    ``times_out_of_order`` or ``kind_unknown``.
    """
    if Permission.HOST_MEETINGS not in permissions_for(owner):
        raise Refused("not_allowed")
    if kind not in set(EventKind):
        raise Refused("kind_unknown", kind=kind)
    session = create_event(owner, title, EventKind(kind), starts_at, ends_at)
    return add_meeting(session, owner)


def add_meeting(session: Session, actor: Subject) -> Meeting:
    """The meeting of a session on our platform, in the caller's transaction."""
    office = office_or_default()
    meeting = Meeting.objects.create(
        session=session,
        host_key=new_secret(),
        limit=office.meeting_people,
        organisation_field=office.organisation_field,
    )
    record("meeting.created", meeting, actor)
    return meeting


def hold_meetings_of(event: Event) -> None:
    """Locks the meetings of an event until the caller's transaction ends, as whoever opens one does
    before it touches the session."""
    rows = Meeting.objects.select_for_update().filter(session__event=event)
    list(rows.order_by("pk").values_list("pk"))


def close_meetings_of(sessions: list[Session], actor: Subject) -> None:
    """Nobody gets into the meetings of cancelled sessions any more, in the caller's transaction."""
    for meeting in Meeting.objects.filter(session__in=sessions, ended_at=None):
        end_meeting(meeting, actor)


def open_room(meeting: Meeting, actor: Subject) -> Opening:
    """The LiveKit room that carries the meeting now, made when there is none.

    Makes sure that LiveKit really has the room when it is new. Raises ``Refused`` with
    ``media_unavailable`` (nothing is then opened) or ``meeting_ended``.
    """
    opening = Opening.objects.filter(meeting=meeting, closed_at=None).first()
    if opening is not None:
        return opening
    with transaction.atomic():
        # The lock makes one of many who enter at once open the room, and all share it.
        locked = Meeting.objects.select_for_update().select_related("session").get(pk=meeting.pk)
        if locked.ended_at is not None:
            raise Refused("meeting_ended")
        opening = Opening.objects.filter(meeting=locked, closed_at=None).first()
        if opening is None:
            opening = _open(locked, actor)
    meeting.opened_at = locked.opened_at
    return opening


def _open(meeting: Meeting, actor: Subject) -> Opening:
    now = clock.now()
    turn = meeting.openings.count() + 1
    opening = Opening.objects.create(meeting=meeting, room=f"{meeting.slug}.{turn}", opened_at=now)
    if meeting.opened_at is None:
        meeting.opened_at = now
        meeting.save(update_fields=["opened_at"])
        start_session(meeting.session, actor)
    rooms.create_room(opening.room)
    record("meeting.opened", meeting, actor, room=opening.room)
    return opening


@transaction.atomic
def set_locked(meeting: Meeting, locked: bool, actor: Subject) -> None:
    """Locks the meeting for newcomers, or unlocks it. Who is in stays in and may come back."""
    changed = Meeting.objects.filter(pk=meeting.pk, is_locked=not locked).update(is_locked=locked)
    if changed:
        record("meeting.locked" if locked else "meeting.unlocked", meeting, actor)


@transaction.atomic
def end_meeting(meeting: Meeting, actor: Subject) -> None:
    """Ends the meeting for everyone; ending it again does nothing.

    The rooms are deleted by a reaction, so that a LiveKit that is away does not keep it open.
    """
    if not Meeting.objects.filter(pk=meeting.pk, ended_at=None).update(ended_at=clock.now()):
        return
    meeting.refresh_from_db(fields=["ended_at"])
    end_session(meeting.session, actor)
    record("meeting.ended", meeting, actor)


@transaction.atomic
def note_attendance_download(meeting: Meeting, actor: Subject) -> None:
    """Notes that somebody took the list of names as a file."""
    record("meeting.attendance_downloaded", meeting, actor)


@transaction.atomic
def close_opening(opening: Opening) -> None:
    """Notes that a room is no longer needed; the meeting may be opened again in a new one."""
    now = clock.now()
    if Opening.objects.filter(pk=opening.pk, closed_at=None).update(closed_at=now):
        record("meeting.room_closed", opening.meeting, SYSTEM, room=opening.room)
