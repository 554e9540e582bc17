"""What a pasted invitation says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """Whose meeting it is."""

    ZOOM = "zoom"
    MEET = "meet"
    TEAMS = "teams"
    WEBEX = "webex"
    JITSI = "jitsi"
    BBB = "bbb"


@dataclass(frozen=True)
class Invitation:
    """An invitation to somebody else's meeting; ``None`` where it says nothing.

    Times are aware, in the zone that ``time_zone`` names (IANA). ``meeting_id`` has no spaces.
    ``passcode`` is what a person types; the one that hides in a link is not.
    """

    platform: Platform | None = None
    url: str | None = None
    meeting_id: str | None = None
    passcode: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str | None = None
    organiser: str | None = None
    title: str | None = None
