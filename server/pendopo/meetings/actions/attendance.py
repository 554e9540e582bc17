"""Noting who is in a room: from webhooks, LiveKit's own list, and the clients' reports."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pendopo.foundation import clock
from pendopo.gateways.livekit import rooms
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM
from pendopo.meetings.models import Connection, Opening, Participant
from pendopo.meetings.rules.attendance import SILENT_AFTER, Reason, latest, leave_time

# LiveKit may tell of a joining before its list shows it, and its clock may be another.
_LIST_LAG = timedelta(seconds=5)


def note_joined(opening: Opening, seen: rooms.Present) -> Connection | None:
    """Notes a connection; noting it again does nothing. ``None`` for someone we did not admit.

    Who was removed is put out again, at each connection.
    """
    participant = _participant(opening, seen.identity)
    if participant is None:
        return None
    if participant.removed_at is not None:
        rooms.remove_participant(opening.room, seen.identity)
    with transaction.atomic():
        connection, is_new = Connection.objects.get_or_create(
            sid=seen.connection,
            defaults={"participant": participant, "opening": opening, "joined_at": seen.joined_at},
        )
        if is_new:
            record("participant.joined", participant, SYSTEM, connection=seen.connection)
    return connection


def note_left(connection: Connection, reason: Reason, noticed_at: datetime) -> None:
    """LiveKit told us that a connection is over. A second telling changes nothing.

    A loss that we had assumed ourselves gets LiveKit's reason, and its time for a goodbye.
    """
    with transaction.atomic():
        locked = Connection.objects.select_for_update().get(pk=connection.pk)
        if locked.is_over:
            return
        was_open = locked.left_at is None
        if was_open or reason is not Reason.LOST:
            sign_of_life = locked.last_report_at
            locked.left_at = leave_time(reason, noticed_at, locked.joined_at, sign_of_life)
            locked.reason = reason
        locked.is_over = True
        locked.save(update_fields=["left_at", "reason", "is_over"])
        if was_open:
            record("participant.left", locked.participant, SYSTEM, reason=reason)


def note_list(opening: Opening, present: Collection[rooms.Present], asked_at: datetime) -> None:
    """Makes our picture agree with LiveKit's list: who came, who is here, who is gone."""
    sids = {seen.connection: seen for seen in present}
    known = set(Connection.objects.filter(sid__in=sids).values_list("sid", flat=True))
    for sid in sids.keys() - known:
        note_joined(opening, sids[sid])
    for participant in Participant.objects.filter(
        meeting=opening.meeting_id, removed_at__isnull=False, connections__sid__in=sids
    ):
        rooms.remove_participant(opening.room, str(participant.pk))
    here = Connection.objects.filter(opening=opening, left_at=None)
    here.filter(sid__in=sids).update(last_listed_at=asked_at)
    for connection in here.exclude(sid__in=sids).filter(joined_at__lt=asked_at - _LIST_LAG):
        _note_lost(connection, is_over=True)


def note_alive(participant: Participant) -> None:
    """A client reports that it still hears us. Kept out of the journal: it is no news.

    A connection that we had given up too early is open again.
    """
    now = clock.now()
    connections = Connection.objects.filter(participant=participant)
    if connections.filter(left_at=None).update(last_report_at=now):
        return
    connections.filter(is_over=False).update(left_at=None, reason="", last_report_at=now)


def close_silent() -> int:
    """Gives up connections whose client has fallen silent; returns how many."""
    silent_since = clock.now() - SILENT_AFTER
    silent = Connection.objects.filter(left_at=None, last_report_at__lt=silent_since)
    return sum(_note_lost(connection, is_over=False) for connection in silent)


def _note_lost(connection: Connection, is_over: bool) -> bool:
    """Ends a connection at its last sign of life, unless it has ended or reported meanwhile."""
    sign_of_life = latest(connection.last_report_at, connection.last_listed_at)
    if not is_over:
        sign_of_life = connection.last_report_at  # LiveKit lists the dead for 20 s
    with transaction.atomic():
        ended = Connection.objects.filter(
            pk=connection.pk, left_at=None, last_report_at=connection.last_report_at
        ).update(
            left_at=max(sign_of_life or connection.joined_at, connection.joined_at),
            reason=Reason.LOST,
            is_over=is_over,
        )
        if ended:
            record("participant.left", connection.participant, SYSTEM, reason=Reason.LOST)
    return bool(ended)


def _participant(opening: Opening, identity: str) -> Participant | None:
    """Identities of participants are our ids; others (a recorder's) are not."""
    try:
        wanted = UUID(identity)
    except ValueError:
        return None
    return Participant.objects.filter(pk=wanted, meeting=opening.meeting_id).first()
