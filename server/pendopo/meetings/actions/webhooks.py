"""Keeping what LiveKit tells us until the queue has handled it."""

from typing import Any

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.queue import enqueue
from pendopo.meetings.models import ReceivedWebhook

HANDLE_TASK = "pendopo.meetings.tasks.handle_webhook"
_URGENT = 10


@transaction.atomic
def store_webhook(body: dict[str, Any]) -> None:
    """Stores a verified event once by its id and enqueues its handling; again does nothing."""
    _, is_new = ReceivedWebhook.objects.get_or_create(
        event_id=body["id"], defaults={"body": body, "received_at": clock.now()}
    )
    if is_new:
        enqueue(HANDLE_TASK, {"event_id": body["id"]}, priority=_URGENT)
