"""Work for the queue: webhooks handled, and LiveKit asked what is really there."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.gateways.livekit import rooms, webhooks
from pendopo.journal.models import SYSTEM
from pendopo.meetings import queries
from pendopo.meetings.actions.attendance import (
    close_silent,
    note_joined,
    note_left,
    note_list,
)
from pendopo.meetings.actions.meetings import close_opening, end_meeting
from pendopo.meetings.models import Opening, ReceivedWebhook
from pendopo.meetings.rules.attendance import event_time, latest, reason_for
from pendopo.meetings.rules.lifetime import is_abandoned

log = logging.getLogger(__name__)
# A room in which nobody is costs little; it goes when nobody has come for so long.
IDLE_ROOM_KEPT = timedelta(hours=1)


@app.task(retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def handle_webhook(event_id: str) -> None:
    """Handles one stored webhook; a second run does nothing."""
    stored = ReceivedWebhook.objects.get(pk=event_id)
    if stored.handled_at is not None:
        return
    event = webhooks.read(stored.body)
    opening = Opening.objects.filter(room=event.room).first()
    if opening and event.participant:
        connection = note_joined(opening, event.participant)
        if connection and event.kind in ("participant_left", "participant_connection_aborted"):
            at = event_time(event.at, stored.received_at)
            note_left(connection, reason_for(event.left_because), at)
    ReceivedWebhook.objects.filter(pk=event_id).update(handled_at=clock.now())


# Procrastinate reads a sixth field as seconds.
@app.periodic(cron="* * * * * */12")
@app.task(queueing_lock="reconcile")
def reconcile(timestamp: int = 0) -> None:
    """Makes our picture and LiveKit's agree: rooms it lost, people it has or no longer has."""
    existing = rooms.room_names()
    for opening, last_left in queries.open_openings():
        if opening.meeting.ended_at is not None:
            _put_away(opening)
            continue
        if opening.room not in existing:
            log.warning("%s: LiveKit lost the room, made again", opening.room)
            rooms.create_room(opening.room)
        _reconcile_people(opening, last_left)


def _reconcile_people(opening: Opening, last_left: datetime | None) -> None:
    asked_at = clock.now()
    present = rooms.present_in(opening.room)
    note_list(opening, present, asked_at)
    last_use = latest(opening.opened_at, last_left)
    if not present and last_use and last_use < asked_at - IDLE_ROOM_KEPT:
        _put_away(opening)


def _put_away(opening: Opening) -> None:
    rooms.delete_room(opening.room)
    close_opening(opening)


@app.periodic(cron="* * * * * */4")
@app.task(queueing_lock="note_silent")
def note_silent(timestamp: int = 0) -> None:
    """Closes the stays of clients that fell silent, so that a crash shows within 20 s."""
    close_silent()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="end_abandoned")
def end_abandoned(timestamp: int = 0) -> None:
    """Ends meetings that everyone has left and nobody has ended."""
    for meeting, use in queries.unended_meetings():
        if is_abandoned(use, clock.now()):
            end_meeting(meeting, SYSTEM)


@app.periodic(cron="41 20 * * *")  # UTC: 03.41 WIB
@app.task(queueing_lock="forget_webhooks")
def forget_webhooks(timestamp: int = 0) -> None:
    """Deletes webhooks that were handled more than a week ago."""
    week_ago = clock.now() - timedelta(days=7)
    with transaction.atomic():
        ReceivedWebhook.objects.filter(handled_at__lt=week_ago).delete()
