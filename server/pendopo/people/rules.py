"""Who may do what: one table."""

from collections.abc import Iterable
from enum import StrEnum


class Duty(StrEnum):
    """What an account does for the office. One account may hold several."""

    ADMINISTRATOR = "administrator"
    HOST = "host"
    SECRETARIAT = "secretariat"
    HEAD_OF_OFFICE = "head_of_office"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    COMMAND_CENTRE = "command_centre"
    REQUESTER = "requester"


class Permission(StrEnum):
    """What a page or an API action asks for."""

    HOST_MEETINGS = "host_meetings"
    SEE_LIVE_MEETINGS = "see_live_meetings"
    MODERATE_ANY_MEETING = "moderate_any_meeting"


ALLOWS: dict[Duty, frozenset[Permission]] = {
    # The administrator holds every duty, also those that later versions add.
    Duty.ADMINISTRATOR: frozenset(Permission),
    Duty.HOST: frozenset({Permission.HOST_MEETINGS}),
    Duty.SECRETARIAT: frozenset({Permission.SEE_LIVE_MEETINGS}),
    Duty.HEAD_OF_OFFICE: frozenset({Permission.SEE_LIVE_MEETINGS}),
    Duty.COORDINATOR: frozenset({Permission.SEE_LIVE_MEETINGS}),
    Duty.OPERATOR: frozenset({Permission.SEE_LIVE_MEETINGS, Permission.MODERATE_ANY_MEETING}),
    Duty.COMMAND_CENTRE: frozenset({Permission.SEE_LIVE_MEETINGS}),
    Duty.REQUESTER: frozenset(),
}

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


def grants(held: Iterable[str], wanted: str) -> bool:
    """Whether scopes such as ``meetings:write`` cover the wanted one; write includes read."""
    area, _, access = wanted.partition(":")
    held = set(held)
    return wanted in held or (access == "read" and f"{area}:write" in held)
