"""What an organiser has to tell before the event, and what is still missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pendopo.intake.rules.requests import AttendanceMode
from pendopo.schedule.rules import EventKind, EventRole

# "Due H-3" (issue): three days before the first session.
DAYS_BEFORE = 3


class Section(StrEnum):
    """A part of the technical preparation that is saved by itself."""

    CONTACT = "contact"
    SIGNATORY = "signatory"
    RUNDOWN = "rundown"
    PEOPLE = "people"
    BROADCAST = "broadcast"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    SITES = "sites"
    ACCESS = "access"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True)
class Occasion:
    """What decides which sections apply."""

    kind: str
    role: str
    attendance: str
    signatory_is_known: bool = True


# What must be filled in; sections without a row are complete once somebody has saved them.
NEEDED: dict[Section, tuple[str, ...]] = {
    Section.CONTACT: ("technical_name", "technical_whatsapp"),
    Section.SIGNATORY: ("signatory_name", "signatory_position"),
    Section.SITES: ("sites",),
    Section.REHEARSAL: ("rehearsal_at",),
}
# One of these is enough.
ONE_OF: dict[Section, tuple[str, ...]] = {Section.RUNDOWN: ("rundown", "rundown_file")}


def sections_for(occasion: Occasion) -> list[Section]:
    """Only what applies, in the order of the page."""
    hosted = occasion.role == EventRole.HOST
    has_rooms = occasion.attendance != AttendanceMode.ONLINE
    applies = {
        Section.SIGNATORY: not occasion.signatory_is_known,
        Section.RUNDOWN: hosted,
        Section.BROADCAST: hosted,
        Section.TRAINING: hosted and occasion.kind == EventKind.TRAINING,
        Section.EQUIPMENT: has_rooms,
        Section.SITES: has_rooms,
        Section.REHEARSAL: hosted,
    }
    return [section for section in Section if applies.get(section, True)]


def is_complete(section: Section, values: Mapping[str, object], saved: Collection[str]) -> bool:
    """Whether somebody has saved the section and nothing that is needed is empty."""
    needed, one_of = NEEDED.get(section, ()), ONE_OF.get(section, ())
    return (
        section in saved
        and all(values.get(name) for name in needed)
        and (not one_of or any(values.get(name) for name in one_of))
    )


def missing_sections(
    occasion: Occasion, values: Mapping[str, object], saved: Collection[str]
) -> list[Section]:
    """What applies and is not complete, in the order of the page."""
    return [each for each in sections_for(occasion) if not is_complete(each, values, saved)]


def due_on(first_day: date) -> date:
    """The day by which everything should be told."""
    return first_day - timedelta(days=DAYS_BEFORE)


def is_late(first_day: date | None, today: date) -> bool:
    """Whether that day is over; without a day nothing is late."""
    return first_day is not None and today > due_on(first_day)
