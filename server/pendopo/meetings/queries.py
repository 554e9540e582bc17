"""Reading meetings, participants and attendance."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import secret_hash
from pendopo.meetings.models import ChatMessage, Connection, Meeting, Opening, Participant
from pendopo.meetings.rules.admission import Role
from pendopo.meetings.rules.attendance import Stay, merged
from pendopo.meetings.rules.lifetime import Use
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

CHAT_PAGE = 200
ATTENDANCE_PAGE = 200
# A guest who was let in a moment ago is on the way and already takes a place.
_ON_THE_WAY = timedelta(seconds=30)


def meetings() -> QuerySet[Meeting]:
    """Meetings with what their pages need, in one query."""
    return Meeting.objects.select_related("session__event__unit", "session__event__owner")


def meeting_by_slug(slug: str) -> Meeting:
    """Raises ``Refused('meeting_not_found')``."""
    meeting = meetings().filter(slug=slug).first()
    if meeting is None:
        raise Refused("meeting_not_found")
    return meeting


def meetings_of(account: Account) -> QuerySet[Meeting]:
    """The meetings that an account sees: its own, and all for who may read any."""
    if Permission.READ_ANY_MEETING in permissions_for(account):
        return meetings()
    return meetings().filter(session__event__owner=account)


def meetings_called(account: Account, words: str) -> QuerySet[Meeting]:
    """Those of :func:`meetings_of` whose title holds these words, or whose code they are."""
    titled = Q(session__event__title__icontains=words) | Q(slug=words.lower())
    return meetings_of(account).filter(titled)


def newest_days_first(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Ordered for a list by day: by when a meeting is, or was made if it has no time."""
    return rows.order_by(Coalesce("session__starts_at", "created_at").desc(), "-pk")


def meeting_of(account: Account, **lookup: object) -> Meeting:
    """One meeting that this account sees, else ``Refused('meeting_not_found')``."""
    meeting = meetings_of(account).filter(**lookup).first()
    if meeting is None:
        raise Refused("meeting_not_found")
    return meeting


def may_lead(account: Account, meeting: Meeting) -> bool:
    """Whether this account hosts, opens and ends the meeting: its owner, and who moderates any."""
    return (
        meeting.session.event.owner_id == account.pk
        or Permission.MODERATE_ANY_MEETING in permissions_for(account)
    )


def meeting_led_by(account: Account, **lookup: object) -> Meeting:
    """A meeting this account may lead; ``Refused`` with ``meeting_not_found``, or ``not_allowed``
    when it may only read it."""
    meeting = meeting_of(account, **lookup)
    if not may_lead(account, meeting):
        raise Refused("not_allowed")
    return meeting


def role_of(meeting: Meeting, account: Account | None, host_key: str) -> Role:
    """Holders of the host link, and whoever may lead the meeting, are hosts."""
    if host_key and secrets.compare_digest(host_key.encode(), meeting.host_key.encode()):
        return Role.HOST
    if account and may_lead(account, meeting):
        return Role.HOST
    return Role.PARTICIPANT


def seated(seat: str, meeting: Meeting | None = None) -> Participant | None:
    """Whose seat this secret is, with person and account; nobody's when the account is closed."""
    usable = Q(account=None) | Q(account__is_active=True)
    found = Participant.objects.filter(usable, seat_hash=secret_hash(seat)).select_related(
        "person", "account__person", "meeting__session__event__unit"
    )
    if meeting is not None:
        found = found.filter(meeting=meeting)
    return found.first()


def participant_in(meeting_id: UUID, participant_id: str) -> Participant:
    """Raises ``Refused('participant_unknown')``."""
    try:
        wanted = UUID(participant_id)
    except ValueError as error:
        raise Refused("participant_unknown") from error
    found = Participant.objects.select_related("person", "account").filter(
        meeting_id=meeting_id, pk=wanted
    )
    participant = found.first()
    if participant is None:
        raise Refused("participant_unknown")
    return participant


def is_banned(meeting: Meeting, account: Account | None, device_hash: str) -> bool:
    """Whether someone with this account or device was removed from the meeting."""
    who = Q()
    if account:
        who |= Q(account=account)
    if device_hash:
        who |= Q(device_hash=device_hash)
    if not who:
        return False
    return Participant.objects.filter(who, meeting=meeting, removed_at__isnull=False).exists()


def in_meetings(account_id: str) -> QuerySet[Participant]:
    """Where an account takes part in meetings that have not ended, with event and account."""
    return Participant.objects.filter(
        account_id=account_id, removed_at=None, meeting__ended_at=None
    ).select_related("account", "meeting__session__event")


_PRESENT = """
SELECT (SELECT count(DISTINCT c.participant_id)
          FROM meetings_connection c JOIN meetings_opening o ON o.id = c.opening_id
         WHERE o.meeting_id = %(meeting)s AND c.left_at IS NULL)
     + (SELECT count(*) FROM meetings_participant p
         WHERE p.meeting_id = %(meeting)s AND p.admitted_at > %(since)s AND p.seat_hash IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM meetings_connection c WHERE c.participant_id = p.id))
"""


def present_count(meeting: Meeting) -> int:
    """How many are in the meeting, or on their way in with a seat. One query.

    In SQL: it is asked at every door, and building it costs Django more than running it.
    """
    facts: dict[str, Any] = {"meeting": meeting.pk, "since": clock.now() - _ON_THE_WAY}
    with connection.cursor() as sql:
        sql.execute(_PRESENT, facts)
        (count,) = sql.fetchone()
    return int(count)


@dataclass(frozen=True)
class LiveMeeting:
    """A row of the page "Now"."""

    title: str
    slug: str
    organiser: str
    opened_at: datetime
    present: int


def live_meetings() -> list[LiveMeeting]:
    """Meetings that someone is in now, oldest first, with how many. One query."""
    rows = (
        Opening.objects.filter(closed_at=None, meeting__ended_at=None)
        .annotate(
            present=Count(
                "connections__participant", filter=Q(connections__left_at=None), distinct=True
            ),
            title=F("meeting__session__event__title"),
            organiser=F("meeting__session__event__unit__name"),
            slug=F("meeting__slug"),
        )
        .filter(present__gt=0)
        .order_by("opened_at")
    )
    return [
        LiveMeeting(row.title, row.slug, row.organiser or "", row.opened_at, row.present)
        for row in rows
    ]


@dataclass(frozen=True)
class AttendanceRow:
    """One stay with the name to print."""

    name: str
    organisation: str
    joined_at: datetime
    left_at: datetime | None
    reason: str

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded; up to now while the stay lasts."""
        return round(((self.left_at or clock.now()) - self.joined_at).total_seconds() / 60)


def attendance_of(meeting: Meeting) -> list[AttendanceRow]:
    """Everyone's stays in the order of joining, merged by the rules. Two queries."""
    people = {
        str(p.pk): p.person
        for p in Participant.objects.filter(meeting=meeting).select_related("person")
    }
    connections = Connection.objects.filter(participant__meeting=meeting)
    stays = merged(
        Stay(str(c.participant_id), c.joined_at, c.left_at, c.reason) for c in connections
    )
    return [
        AttendanceRow(
            people[s.participant].name,
            people[s.participant].organisation,
            s.joined_at,
            s.left_at,
            s.reason,
        )
        for s in stays
    ]


def chat_after(meeting_id: UUID, number: int) -> list[ChatMessage]:
    """The next messages behind a number, at most :data:`CHAT_PAGE`."""
    return list(
        ChatMessage.objects.filter(meeting_id=meeting_id, number__gt=number)
        .select_related("participant__person")
        .order_by("number")[:CHAT_PAGE]
    )


def open_openings() -> list[tuple[Opening, datetime | None]]:
    """Rooms that should exist in LiveKit, and when someone last left each. One query."""
    openings = (
        Opening.objects.filter(closed_at=None)
        .select_related("meeting__session")
        .annotate(last_left=Max("connections__left_at"))
    )
    return [(opening, opening.last_left) for opening in openings]


def unended_meetings() -> list[tuple[Meeting, Use]]:
    """Meetings that nobody has ended, with their use. One query."""
    rows = (
        meetings()
        .filter(ended_at=None)
        .annotate(
            last_left=Max("participants__connections__left_at"),
            present=Count(
                "participants__connections", filter=Q(participants__connections__left_at=None)
            ),
        )
    )
    return [
        (
            row,
            Use(
                created_at=row.created_at,
                starts_at=row.session.starts_at,
                ends_at=row.session.ends_at,
                last_left_at=row.last_left,
                present=row.present,
            ),
        )
        for row in rows
    ]


def meeting_at_unit(unit_slug: str) -> Meeting | None:
    """What a unit's permanent address leads to: the meeting open now, else the next one."""
    upcoming = meetings().filter(session__event__unit__slug=unit_slug, ended_at=None)
    now_open = upcoming.filter(Q(opened_at__isnull=False) | Q(session__starts_at=None)).order_by(
        "-created_at"
    )
    later = upcoming.filter(session__starts_at__gt=clock.now() - timedelta(hours=4))
    return now_open.first() or later.order_by("session__starts_at").first()


def attendance_page(meeting: Meeting, cursor: str | None) -> tuple[list[AttendanceRow], str | None]:
    """A page of :func:`attendance_of`. The cursor counts rows: merging decides what a row is.

    Raises ``Refused('cursor_invalid')``.
    """
    try:
        start = int(cursor or 0)
    except ValueError as error:
        raise Refused("cursor_invalid") from error
    if start < 0:
        raise Refused("cursor_invalid")
    rows = attendance_of(meeting)
    end = start + ATTENDANCE_PAGE
    return rows[start:end], str(end) if len(rows) > end else None
