"""Tokens that let one person into one LiveKit room for the next minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from livekit import api

from pendopo.foundation import clock

# The token only has to outlive the click; LiveKit keeps a connected client's token fresh itself.
LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Grant:
    """What the holder of a token may do in the room."""

    publish: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class Pass:
    """A signed token and the moment it stops letting in."""

    token: str
    expires_at: datetime


def sign(
    room: str, identity: str, name: str, grant: Grant, attributes: dict[str, str] | None = None
) -> Pass:
    """A token for one room and identity. Data and own metadata are off: news comes from us."""
    expires_at = clock.now() + LIFETIME
    token = (
        api.AccessToken(settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
        .with_identity(identity)
        .with_name(name)
        .with_ttl(LIFETIME)
        .with_attributes(attributes or {})
        .with_grants(
            api.VideoGrants(
                room_join=True,
                room=room,
                can_publish=grant.publish,
                can_subscribe=True,
                can_publish_data=False,
                can_update_own_metadata=False,
                hidden=grant.hidden,
            )
        )
    )
    return Pass(token.to_jwt(), expires_at)
