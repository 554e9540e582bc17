"""``/api/v1/meetings``: what the office's own programs do with meetings."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime

from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import idempotent
from pendopo.foundation.pagination import newest_first
from pendopo.meetings import links, queries
from pendopo.meetings.actions.admission import issue_token
from pendopo.meetings.actions.meetings import create_meeting, end_meeting
from pendopo.meetings.models import Meeting
from pendopo.meetings.news import meeting_item
from pendopo.meetings.rules.admission import Role
from pendopo.people.authentication import Scope, token_of
from pendopo.people.rules import grants
from pendopo.schedule.rules import EventKind

router = Router(tags=["meetings"])
READ, WRITE = Scope("meetings:read"), Scope("meetings:write")


class NewMeeting(Schema):
    """Without ``starts_at`` the meeting is open to guests at once."""

    title: str
    kind: str = EventKind.MEETING
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class MeetingOut(Schema):
    """A meeting. ``host_url`` makes whoever opens it a host; tokens that only read get null."""

    id: UUID
    slug: str
    title: str
    state: str
    locked: bool
    organiser: str
    starts_at: datetime | None
    ends_at: datetime | None
    join_url: str
    host_url: str | None


class MeetingPage(Schema):
    items: list[MeetingOut]
    next: str | None


class NewToken(Schema):
    name: str
    role: Literal["host", "participant", "viewer"] = "participant"


class TokenOut(Schema):
    """Connect within a minute; the connection itself lives on."""

    livekit_url: str
    token: str
    expires_at: datetime


class StayOut(Schema):
    """``left_at`` is null and ``reason`` empty while the stay lasts."""

    name: str
    joined_at: datetime
    left_at: datetime | None
    reason: str


class AttendancePage(Schema):
    items: list[StayOut]
    next: str | None


def _caller(request: HttpRequest) -> str:
    return f"token:{token_of(request).pk}"


def _out(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    token = token_of(request)
    leads = grants(token.scopes, "meetings:write") and queries.may_lead(token.account, meeting)
    return {
        **meeting_item(meeting),
        "id": meeting.pk,
        "join_url": links.join_url(request, meeting),
        "host_url": links.host_url(request, meeting) if leads else None,
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused("meeting_not_found") from error


def _meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    """The meeting if the token's account sees it, else ``Refused('meeting_not_found')``."""
    return queries.meeting_of(token_of(request).account, pk=_id(meeting_id))


def _led(request: HttpRequest, meeting_id: str) -> Meeting:
    """The meeting if the token's account may lead it, else ``Refused``."""
    return queries.meeting_led_by(token_of(request).account, pk=_id(meeting_id))


@router.post("/meetings", auth=WRITE, response={201: MeetingOut}, summary="Create a meeting")
@idempotent(_caller)
def create(request: HttpRequest, body: NewMeeting) -> Status[Any]:
    owner = token_of(request).account
    meeting = create_meeting(owner, body.title, body.kind, body.starts_at, body.ends_at)
    return Status(201, MeetingOut(**_out(request, meeting)))


@router.get("/meetings", auth=READ, response=MeetingPage, summary="List meetings, newest first")
def list_meetings(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    items, after = newest_first(queries.meetings_of(token_of(request).account), cursor)
    return {"items": [_out(request, meeting) for meeting in items], "next": after}


@router.get("/meetings/{meeting_id}", auth=READ, response=MeetingOut, summary="Show a meeting")
def show(request: HttpRequest, meeting_id: str) -> dict[str, Any]:
    return _out(request, _meeting(request, meeting_id))


@router.post(
    "/meetings/{meeting_id}/tokens",
    auth=WRITE,
    response={201: TokenOut},
    summary="Let a new participant in",
)
@idempotent(_caller)
def create_token(request: HttpRequest, meeting_id: str, body: NewToken) -> Status[Any]:
    meeting = _led(request, meeting_id)
    _, entry = issue_token(meeting, token_of(request).account, body.name, Role(body.role))
    url = links.livekit_url(request)
    return Status(201, TokenOut(livekit_url=url, token=entry.token, expires_at=entry.expires_at))


@router.get(
    "/meetings/{meeting_id}/attendance",
    auth=READ,
    response=AttendancePage,
    summary="Who was there, from when to when",
)
def attendance(request: HttpRequest, meeting_id: str, cursor: str | None = None) -> dict[str, Any]:
    rows, after = queries.attendance_page(_meeting(request, meeting_id), cursor)
    items = [
        {"name": r.name, "joined_at": r.joined_at, "left_at": r.left_at, "reason": r.reason}
        for r in rows
    ]
    return {"items": items, "next": after}


@router.post("/meetings/{meeting_id}/end", auth=WRITE, response=MeetingOut, summary="End for all")
def end(request: HttpRequest, meeting_id: str) -> dict[str, Any]:
    meeting = _led(request, meeting_id)
    end_meeting(meeting, token_of(request).account)
    return _out(request, meeting)
