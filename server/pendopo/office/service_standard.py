"""The service standard and the legal bases as the public reads them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from pendopo.office.models import LegalBasis, Office, StandardText
from pendopo.office.queries import legal_bases, office_or_default, standard_texts
from pendopo.office.rules.service_standard import LegalStatus, StandardPart
from pendopo.office.wording import (
    COMPLAINTS_LINK,
    LEGAL_STATUSES,
    STANDARD_TEXTS,
    STANDARD_TITLES,
)


@dataclass(frozen=True)
class Fact:
    """One part of the standard, in the reader's language."""

    part: StandardPart
    title: str
    text: str
    link: str
    is_own: bool


def service_standard() -> list[Fact]:
    """All parts in their order, the pledge last. Two queries."""
    office, own = office_or_default(), standard_texts()
    return [_fact(part, own.get(part), office) for part in StandardPart]


def _fact(part: StandardPart, own: StandardText | None, office: Office) -> Fact:
    title = str(STANDARD_TITLES[part])
    if own is None:
        link = COMPLAINTS_LINK if part is StandardPart.COMPLAINTS else ""
        return Fact(part, title, beginning_text(part, office), link, is_own=False)
    in_english = (get_language() or "").startswith("en") and own.text_english
    return Fact(part, title, own.text_english if in_english else own.text, own.link, is_own=True)


def beginning_text(part: StandardPart, office: Office) -> str:
    """What stands there before the office has written anything."""
    return str(STANDARD_TEXTS[part]) % {
        "government": office.lead_days_government,
        "community": office.lead_days_community,
    }


def legal_rows() -> list[dict[str, LegalBasis | str]]:
    """Legal bases, each with the words of its status. One query."""
    return [
        {"basis": basis, "status": str(LEGAL_STATUSES[LegalStatus(basis.status)])}
        for basis in legal_bases()
    ]
