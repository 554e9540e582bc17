"""What a request is made of."""

from enum import StrEnum


class RequesterClass(StrEnum):
    """Who asks; the lead time follows from it. Government comes first."""

    GOVERNMENT = "government"
    COMMUNITY = "community"


class Channel(StrEnum):
    """How a request came."""

    WEB = "web"
    PAPER = "paper"
    WHATSAPP = "whatsapp"
    MAIL = "mail"
    SELF_SERVICE = "self_service"
    API = "api"


class AttendanceMode(StrEnum):
    """How people take part."""

    ONLINE = "online"
    IN_ROOM = "in_room"
    MIXED = "mixed"


class Register(StrEnum):
    """Who keeps the agenda: we, or the national letter system whose numbers we take over."""

    OWN = "own"
    EXTERNAL = "external"


# What must be filled in before a request can be sent; the letter may follow.
REQUIRED = (
    "organisation_name",
    "contact_name",
    "contact_whatsapp",
    "event_title",
    "starts_at",
    "ends_at",
    "people",
    "attendance",
)


# A stranger's contact is not proven when the request is sent, and it is written to at once: five a
# day are enough for a busy organisation, and no nuisance for somebody whose number was misused.
SENT_A_DAY = 5


def is_from_a_stranger(channel: str, *, has_account: bool, is_confirmed: bool) -> bool:
    """Whether nobody has vouched for the contact: no account, no staff and no code."""
    return channel in {Channel.WEB, Channel.API} and not has_account and not is_confirmed


def missing_fields(values: dict[str, object]) -> list[str]:
    """Which of :data:`REQUIRED` are empty or blank, in the order of the form."""
    return [name for name in REQUIRED if str(values.get(name) or "").strip() == ""]
