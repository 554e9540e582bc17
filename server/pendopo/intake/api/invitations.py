"""``/api/v1/invitations``: what a pasted invitation says, for the form and for programs."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, model_validator

from pendopo.foundation import clock
from pendopo.foundation.addresses import AddressThrottle
from pendopo.intake.rules.invitations import LONGEST, Invitation, Platform, read_invitation

router = Router(tags=["invitations"])


class ParseThrottle(AddressThrottle):
    """Counts only this action: pasting takes nothing from other anonymous requests."""

    scope = "invitation"


class Pasted(Schema):
    """An invitation as text, or the content of an ``.ics`` file."""

    text: str | None = Field(None, max_length=LONGEST)
    ics: str | None = Field(None, max_length=LONGEST)

    @model_validator(mode="after")
    def _one_is_there(self) -> Self:
        if self.text is None and self.ics is None:
            raise ValueError("send text or ics")
        return self


class InvitationOut(Schema):
    """What was found; null where the invitation says nothing. Times carry their offset."""

    platform: Platform | None
    url: str | None
    meeting_id: str | None
    passcode: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str | None
    organiser: str | None
    title: str | None


@router.post("/parse", response=InvitationOut, throttle=ParseThrottle("60/m"))
def parse(request: HttpRequest, body: Pasted) -> Invitation:
    """Reads a pasted invitation of Zoom, Meet, Teams, Webex, Jitsi or BigBlueButton.

    Nothing is kept and no link is opened. Nothing recognised: every field is null.
    """
    today = timezone.localdate(clock.now())
    return read_invitation(body.ics or body.text or "", settings.TIME_ZONE, today)
