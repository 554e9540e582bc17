"""``/api/v1/public``: what the guest page does. A seat's secret says who asks."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.responses import Status
from ninja.throttling import SimpleRateThrottle

from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import idempotent
from pendopo.foundation.ids import secret_hash
from pendopo.meetings import links, queries
from pendopo.meetings.actions import admission, chat
from pendopo.meetings.actions.attendance import note_alive
from pendopo.meetings.actions.connection_check import open_check_room
from pendopo.meetings.actions.meetings import end_meeting, set_locked
from pendopo.meetings.actions.moderation import mute_participant
from pendopo.meetings.device import device_of, remember_device
from pendopo.meetings.models import Participant
from pendopo.meetings.news import chat_item, meeting_item
from pendopo.meetings.rules.admission import Role
from pendopo.people.authentication import account_of

router = Router(tags=["guest page"])
# How often a client reports that it is still there, in seconds: the most that a crash can hide.
ALIVE_EVERY = 5


class Entering(Schema):
    name: str = ""
    organisation: str = ""
    host_key: str = ""


class MeetingState(Schema):
    slug: str
    title: str
    organiser: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    state: str
    locked: bool
    organisation_field: str


class SeatOut(Schema):
    seat: str
    participant_id: UUID
    name: str
    organisation: str
    role: str
    livekit_url: str
    token: str
    expires_at: datetime
    alive_every: int
    last_chat_number: int
    meeting: MeetingState


class Alive(Schema):
    """What a client may have missed."""

    last_chat_number: int


class Text(Schema):
    text: str


class ChatItem(Schema):
    number: int
    at: datetime
    participant_id: UUID
    name: str
    text: str


class ChatPage(Schema):
    items: list[ChatItem]
    next: int | None


class Name(Schema):
    name: str


class Source(Schema):
    source: Literal["microphone", "camera", "screen_share"]


class Lock(Schema):
    locked: bool


class CheckOut(Schema):
    livekit_url: str
    token: str


class SeatThrottle(SimpleRateThrottle):
    """Limits a seat, not an address: a whole village office shares one."""

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"seat-throttle:{secret_hash(_seat_secret(request))}"


class DoorThrottle(AddressThrottle):
    """Limits an address at the door: many of a school enter in a minute, but not without end."""

    scope = "door"


def _seat_secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "seat" else ""


def _seated(request: HttpRequest) -> Participant:
    """Who asks. Raises ``Refused`` with ``seat_unknown`` or ``participant_removed``."""
    secret = _seat_secret(request)
    participant = queries.seated(secret) if secret else None
    if participant is None:
        raise Refused("seat_unknown")
    if participant.removed_at is not None:
        raise Refused("participant_removed")
    return participant


def _host(request: HttpRequest) -> Participant:
    """The host who asks, else ``Refused('not_host')``."""
    participant = _seated(request)
    if participant.role != Role.HOST:
        raise Refused("not_host")
    return participant


def _caller(request: HttpRequest) -> str:
    return f"seat:{_seated(request).pk}"


@router.get("/meetings/{slug:slug}", response=MeetingState)
def meeting_state(request: HttpRequest, slug: str) -> dict[str, Any]:
    return meeting_item(queries.meeting_by_slug(slug))


@router.post("/meetings/{slug:slug}/seats", response={201: SeatOut}, throttle=DoorThrottle("300/m"))
def take_seat(
    request: HttpRequest, response: HttpResponse, slug: str, body: Entering
) -> Status[Any]:
    meeting = queries.meeting_by_slug(slug)
    visitor = admission.Visitor(
        name=body.name,
        organisation=body.organisation,
        account=account_of(request),
        host_key=body.host_key,
        seat=_seat_secret(request),
        device=device_of(request),
    )
    admitted = admission.take_seat(meeting, visitor)
    remember_device(response, visitor.device)
    person = admitted.participant.person
    return Status(
        201,
        {
            "seat": admitted.seat,
            "participant_id": admitted.participant.pk,
            "name": person.name,
            "organisation": person.organisation,
            "role": admitted.participant.role,
            "livekit_url": links.livekit_url(request),
            "token": admitted.entry.token,
            "expires_at": admitted.entry.expires_at,
            "alive_every": ALIVE_EVERY,
            "last_chat_number": meeting.last_chat_number,
            "meeting": meeting_item(meeting),
        },
    )


@router.post("/seats/alive", response=Alive)
def alive(request: HttpRequest) -> dict[str, int]:
    participant = _seated(request)
    note_alive(participant)
    return {"last_chat_number": participant.meeting.last_chat_number}


@router.get("/seats/chat", response=ChatPage)
def read_chat(request: HttpRequest, after: int = 0) -> dict[str, Any]:
    messages = queries.chat_after(_seated(request).meeting_id, after)
    is_full = len(messages) == queries.CHAT_PAGE
    return {
        "items": [chat_item(message) for message in messages],
        "next": messages[-1].number if is_full else None,
    }


@router.post("/seats/chat", response={201: ChatItem}, throttle=SeatThrottle("30/m"))
@idempotent(_caller)
def say(request: HttpRequest, body: Text) -> Status[Any]:
    return Status(201, ChatItem(**chat_item(chat.say(_seated(request), body.text))))


@router.patch("/seats/me", response=Name)
def rename_myself(request: HttpRequest, body: Name) -> dict[str, str]:
    participant = _seated(request)
    return {"name": admission.rename_participant(participant, body.name, participant)}


@router.patch("/seats/participants/{participant_id}", response=Name)
def rename_other(request: HttpRequest, participant_id: str, body: Name) -> dict[str, str]:
    host = _host(request)
    other = queries.participant_in(host.meeting_id, participant_id)
    return {"name": admission.rename_participant(other, body.name, host)}


@router.post("/seats/participants/{participant_id}/mute", response={204: None})
def mute(request: HttpRequest, participant_id: str, body: Source) -> Status[Any]:
    host = _host(request)
    mute_participant(queries.participant_in(host.meeting_id, participant_id), body.source, host)
    return Status(204, None)


@router.post("/seats/participants/{participant_id}/remove", response={204: None})
def remove(request: HttpRequest, participant_id: str) -> Status[Any]:
    host = _host(request)
    admission.remove_participant(queries.participant_in(host.meeting_id, participant_id), host)
    return Status(204, None)


@router.post("/seats/lock", response={204: None})
def lock(request: HttpRequest, body: Lock) -> Status[Any]:
    host = _host(request)
    set_locked(host.meeting, body.locked, host)
    return Status(204, None)


@router.post("/seats/end", response={204: None})
def end(request: HttpRequest) -> Status[Any]:
    host = _host(request)
    end_meeting(host.meeting, host)
    return Status(204, None)


@router.post("/connection-check", response=CheckOut, throttle=AddressThrottle("60/m"))
def connection_check(request: HttpRequest) -> dict[str, str]:
    return {"livekit_url": links.livekit_url(request), "token": open_check_room().token}
