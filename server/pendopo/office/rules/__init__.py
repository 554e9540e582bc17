"""What an office decides, as plain values: its letter numbers, its chain, its tree of units."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pendopo.people.rules import Duty


class UnitKind(StrEnum):
    """What a government unit is."""

    AGENCY = "agency"
    DIVISION = "division"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"
    SCHOOL = "school"
    COUNCIL = "council"


class Tenure(StrEnum):
    """How somebody holds a position. Source: the signing forms of official letters
    (definitive, Plt. for a vacant position, Plh. while its holder is away)."""

    DEFINITIVE = "definitive"
    ACTING = "plt"
    DAILY_ACTING = "plh"


class OrganisationField(StrEnum):
    """Whether a guest is asked for an organisation."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    HIDDEN = "hidden"


class Paper(StrEnum):
    """The size of letters: A4, or F4 (215 × 330 mm)."""

    A4 = "A4"
    F4 = "F4"


# What a letter's number may be made of: `{code}/{number}/Diskominfo/{roman_month}/{year}`.
NUMBER_PARTS = ("code", "number", "unit", "month", "roman_month", "year")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

# Who may stand in the chain through which a letter is passed on, highest first.
CHAIN_DUTIES = (
    Duty.HEAD_OF_OFFICE,
    Duty.SECRETARIAT,
    Duty.DIVISION_HEAD,
    Duty.COORDINATOR,
)


def unknown_number_parts(template: str) -> list[str]:
    """The placeholders of a number template that do not exist; stray braces count too."""
    names = _PLACEHOLDER.findall(template)
    stray = [brace for brace in "{}" if brace in _PLACEHOLDER.sub("", template)]
    return [name for name in names if name not in NUMBER_PARTS] + stray


def is_number_template(template: str) -> bool:
    """Whether a template has the running number once and nothing unknown."""
    return template.count("{number}") == 1 and not unknown_number_parts(template)


def letter_number(template: str, number: int, code: str, unit: str, day: date) -> str:
    """A letter's number such as ``555/467/Diskominfo``, by a valid template."""
    parts = {
        "code": code,
        "number": number,
        "unit": unit,
        "month": f"{day.month:02}",
        "roman_month": _ROMAN[day.month - 1],
        "year": day.year,
    }
    return template.format(**parts)


def is_chain(steps: list[str]) -> bool:
    """Whether a chain has a step, none twice, and only duties that pass letters on."""
    return 0 < len(steps) == len(set(steps)) and set(steps) <= set(CHAIN_DUTIES)


def makes_a_circle(parents: Mapping[str, str | None], unit: str, new_parent: str | None) -> bool:
    """Whether a unit would stand below itself. ``parents``: each unit's id → its parent's id."""
    above = new_parent
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def usable_uplink(mbps: int, headroom_percent: int) -> int:
    """Mbps that may be planned: the line without the share that stays free, rounded down."""
    return mbps * (100 - headroom_percent) // 100
