"""LiveKit's rooms, spoken to through its own SDK and in plain values.

Every function asks the server once and raises ``Refused('media_unavailable')`` when it does not
answer. What is gone already (a room, a participant, a track) is no error: the wish is fulfilled.
"""

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import aiohttp
from asgiref.sync import async_to_sync
from django.conf import settings
from livekit import api

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused

TOPIC = "pendopo"
# We close rooms ourselves (meetings.tasks.reconcile); LiveKit only cleans up behind a dead office.
EMPTY_ROOM_SECONDS = 4 * 3600
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=5)
Result = TypeVar("Result")
SOURCES = {
    "camera": api.TrackSource.CAMERA,
    "microphone": api.TrackSource.MICROPHONE,
    "screen_share": api.TrackSource.SCREEN_SHARE,
}


@dataclass(frozen=True)
class Present:
    """Someone who is in a room now. ``connection`` is new at each joining."""

    identity: str
    connection: str
    joined_at: datetime


def create_room(name: str, max_participants: int = 0, empty_seconds: int | None = None) -> None:
    """Makes the room, or leaves it as it is when it exists. ``0`` participants: no limit."""
    wish = api.CreateRoomRequest(
        name=name,
        empty_timeout=empty_seconds or EMPTY_ROOM_SECONDS,
        departure_timeout=empty_seconds or EMPTY_ROOM_SECONDS,
        max_participants=max_participants,
    )
    _ask(lambda livekit: livekit.room.create_room(wish))


def delete_room(name: str) -> None:
    """Ends the room for everyone in it."""
    _ask(lambda livekit: livekit.room.delete_room(api.DeleteRoomRequest(room=name)))


def room_names() -> set[str]:
    """The rooms that exist now."""
    answer = _ask(lambda livekit: livekit.room.list_rooms(api.ListRoomsRequest()))
    return {room.name for room in answer.rooms} if answer else set()


def present_in(room: str) -> list[Present]:
    """Everyone in the room now, hidden ones too; empty when there is no such room."""
    answer = _ask(
        lambda livekit: livekit.room.list_participants(api.ListParticipantsRequest(room=room))
    )
    asked_at = clock.now()
    return [present(info, asked_at) for info in answer.participants] if answer else []


def present(info: api.ParticipantInfo, seen_at: datetime) -> Present:
    """A participant as LiveKit describes it, in our words.

    Someone whose connection is not complete has no time of joining yet; then it is ``seen_at``.
    """
    joined_ms = info.joined_at_ms or info.joined_at * 1000
    joined_at = datetime.fromtimestamp(joined_ms / 1000, UTC) if joined_ms else seen_at
    return Present(info.identity, info.sid, joined_at)


def remove_participant(room: str, identity: str) -> None:
    """Disconnects someone. It is no lock: a token that is still valid lets them in again."""
    wish = api.RoomParticipantIdentity(room=room, identity=identity)
    _ask(lambda livekit: livekit.room.remove_participant(wish))


def mute(room: str, identity: str, source: str) -> None:
    """Mutes the tracks of this source (a key of :data:`SOURCES`). They may be unmuted again."""

    async def wish(livekit: api.LiveKitAPI) -> None:
        who = api.RoomParticipantIdentity(room=room, identity=identity)
        for track in (await livekit.room.get_participant(who)).tracks:
            if track.source == SOURCES[source] and not track.muted:
                await livekit.room.mute_published_track(
                    api.MuteRoomTrackRequest(
                        room=room, identity=identity, track_sid=track.sid, muted=True
                    )
                )

    _ask(wish)


def rename(room: str, identity: str, name: str) -> None:
    """Changes the name that the others see."""
    wish = api.UpdateParticipantRequest(room=room, identity=identity, name=name)
    _ask(lambda livekit: livekit.room.update_participant(wish))


def tell(room: str, news: dict[str, Any]) -> None:
    """Sends news to everyone in the room, reliably, on the topic :data:`TOPIC`."""
    wish = api.SendDataRequest(
        room=room,
        data=json.dumps(news).encode(),
        kind=api.DataPacket.Kind.RELIABLE,
        topic=TOPIC,
    )
    _ask(lambda livekit: livekit.room.send_data(wish))


def _ask(wish: Callable[[api.LiveKitAPI], Coroutine[Any, Any, Result]]) -> Result | None:
    """The answer, or ``None`` when what was asked for is not there."""

    async def ask() -> Result | None:
        async with api.LiveKitAPI(
            settings.LIVEKIT_URL,
            settings.LIVEKIT_API_KEY,
            settings.LIVEKIT_API_SECRET,
            timeout=_ANSWER_WITHIN,
            failover=False,
        ) as livekit:
            try:
                return await wish(livekit)
            except api.ServerError as error:
                if error.code == api.ServerErrorCode.NOT_FOUND:
                    return None
                raise Refused("media_unavailable") from error
            except (TimeoutError, aiohttp.ClientError, OSError) as error:
                raise Refused("media_unavailable") from error

    return async_to_sync(ask)()
