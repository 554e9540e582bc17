"""Who may do what: one table."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum


class Duty(StrEnum):
    """What an account does for the office. One account may hold several."""

    ADMINISTRATOR = "administrator"
    HOST = "host"
    SECRETARIAT = "secretariat"
    HEAD_OF_OFFICE = "head_of_office"
    DIVISION_HEAD = "division_head"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    COMMAND_CENTRE = "command_centre"
    AUDITOR = "auditor"
    REQUESTER = "requester"


class Permission(StrEnum):
    """What a page or an API action asks for."""

    HOST_MEETINGS = "host_meetings"
    SEE_LIVE_MEETINGS = "see_live_meetings"
    READ_ANY_MEETING = "read_any_meeting"
    MODERATE_ANY_MEETING = "moderate_any_meeting"
    READ_UNITS = "read_units"
    CHANGE_UNITS = "change_units"
    CHANGE_OFFICE = "change_office"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_JOURNAL = "read_journal"
    MANAGE_QUEUE = "manage_queue"
    ERASE_PERSONS = "erase_persons"
    READ_REQUESTS = "read_requests"
    REGISTER_LETTERS = "register_letters"
    DISPOSE_LETTERS = "dispose_letters"
    DECIDE_REQUESTS = "decide_requests"
    AUTHORISE_URGENT = "authorise_urgent"
    BOOK_MEETINGS = "book_meetings"
    READ_DOCUMENTS = "read_documents"
    DRAFT_DOCUMENTS = "draft_documents"
    SIGN_DOCUMENTS = "sign_documents"
    READ_NOTICES = "read_notices"
    SEND_NOTICES = "send_notices"
    CHANGE_SERVICE = "change_service"


_P = Permission
_STAFF = frozenset({_P.SEE_LIVE_MEETINGS, _P.READ_UNITS})
_READS_LETTERS = frozenset({_P.READ_REQUESTS, _P.READ_DOCUMENTS})
# Who may write a draft may also initial it.
_WORKS_ON_LETTERS = _READS_LETTERS | {_P.DISPOSE_LETTERS, _P.DRAFT_DOCUMENTS}

ALLOWS: dict[Duty, frozenset[Permission]] = {
    # The administrator holds every duty, also those that later versions add.
    Duty.ADMINISTRATOR: frozenset(Permission),
    Duty.HOST: frozenset({_P.HOST_MEETINGS, _P.BOOK_MEETINGS}),
    Duty.SECRETARIAT: _STAFF
    | _WORKS_ON_LETTERS
    | {
        _P.CHANGE_UNITS,
        _P.REGISTER_LETTERS,
        _P.CHANGE_SERVICE,
        _P.READ_NOTICES,
        _P.SEND_NOTICES,
    },
    Duty.HEAD_OF_OFFICE: _STAFF
    | _WORKS_ON_LETTERS
    | {
        _P.READ_ANY_MEETING,
        _P.READ_JOURNAL,
        _P.DECIDE_REQUESTS,
        _P.AUTHORISE_URGENT,
        _P.SIGN_DOCUMENTS,
    },
    Duty.DIVISION_HEAD: _STAFF
    | _WORKS_ON_LETTERS
    | {_P.READ_ANY_MEETING, _P.DECIDE_REQUESTS, _P.SIGN_DOCUMENTS},
    Duty.COORDINATOR: _STAFF
    | _WORKS_ON_LETTERS
    | {_P.READ_ANY_MEETING, _P.DECIDE_REQUESTS, _P.READ_NOTICES, _P.SEND_NOTICES},
    Duty.OPERATOR: _STAFF | {_P.READ_ANY_MEETING, _P.MODERATE_ANY_MEETING},
    Duty.COMMAND_CENTRE: _STAFF | {_P.READ_ANY_MEETING, _P.MANAGE_QUEUE, _P.READ_NOTICES},
    # Reads everything, changes nothing.
    Duty.AUDITOR: _STAFF | _READS_LETTERS | {_P.READ_ANY_MEETING, _P.READ_JOURNAL, _P.READ_NOTICES},
    Duty.REQUESTER: frozenset(),
}

# Who sees or decides what is not one's own; the office may ask these for a second factor.
STAFF: frozenset[Duty] = frozenset(Duty) - {Duty.HOST, Duty.REQUESTER}

AREAS = (
    "meetings",
    "requests",
    "schedule",
    "recordings",
    "plenaries",
    "inaugurations",
    "trainings",
)
SCOPES = frozenset(f"{area}:{access}" for area in AREAS for access in ("read", "write"))


def permissions_of(duties: Iterable[str]) -> frozenset[Permission]:
    """What someone with these duties may do. A duty this version does not know allows nothing."""
    known = [Duty(duty) for duty in duties if duty in set(Duty)]
    return frozenset().union(*(ALLOWS[duty] for duty in known))


def is_staff(duties: Iterable[str]) -> bool:
    """Whether one of these duties is a staff duty."""
    return not STAFF.isdisjoint(duties)


def grants(held: Iterable[str], wanted: str) -> bool:
    """Whether scopes such as ``meetings:write`` cover the wanted one; write includes read."""
    area, _, access = wanted.partition(":")
    held = set(held)
    return wanted in held or (access == "read" and f"{area}:write" in held)


def refusal_of_invitation(
    used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> str:
    """The code of the refusal that this invitation deserves; empty while it may be used."""
    if used_at:
        return "invitation_used"
    if revoked_at:
        return "invitation_revoked"
    return "invitation_expired" if expires_at <= now else ""


def verified_email(claims: Mapping[str, object]) -> str:
    """The address that an identity provider vouches for, in lower case; else empty.

    Some providers write the claim ``email_verified`` as a string (OpenID Connect Core 1.0, 5.1,
    wants a boolean).
    """
    email = claims.get("email")
    vouched = claims.get("email_verified") in (True, "true")
    return email.strip().lower() if vouched and isinstance(email, str) and "@" in email else ""
