"""LiveKit's webhooks: verified, and turned into plain values."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from google.protobuf.json_format import MessageToDict, ParseDict
from livekit import api

from pendopo.gateways.livekit.rooms import Present, present


class NotFromLiveKit(Exception):
    """The request was not signed with our key, or its body was changed."""


@dataclass(frozen=True)
class Event:
    """One event. ``participant`` and ``left_because`` are set where the event has them."""

    id: str
    kind: str
    room: str
    at: datetime
    participant: Present | None
    left_because: str


def receive(body: str, authorization: str) -> dict[str, Any]:
    """The verified event as JSON values, to be stored: without the name of its participant, so
    that nothing is left to erase there. Raises :class:`NotFromLiveKit`."""
    verifier = api.TokenVerifier(settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
    try:
        event = api.WebhookReceiver(verifier).receive(body, authorization)
    except Exception as error:  # the SDK raises bare Exception for a wrong hash
        raise NotFromLiveKit(str(error)) from error
    if event.HasField("participant"):
        for personal in ("name", "metadata", "attributes"):
            event.participant.ClearField(personal)
    return MessageToDict(event)


def read(stored: dict[str, Any]) -> Event:
    """The stored event in our words."""
    event = ParseDict(stored, api.WebhookEvent(), ignore_unknown_fields=True)
    at = datetime.fromtimestamp(event.created_at, UTC)
    has_participant = event.HasField("participant")
    reason = event.participant.disconnect_reason
    return Event(
        id=event.id,
        kind=event.event,
        room=event.room.name,
        at=at,
        participant=present(event.participant, at) if has_participant else None,
        left_because=api.DisconnectReason.Name(reason).lower() if has_participant else "",
    )
