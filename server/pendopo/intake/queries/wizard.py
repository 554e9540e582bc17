"""What the screens of a request need to know besides the request."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.deadlines import lead_days
from pendopo.intake.queries.privacy import current_notice
from pendopo.intake.rules.requests import RequesterClass
from pendopo.intake.rules.wizard import Screen, first_unfinished
from pendopo.office.queries import holidays_between
from pendopo.office.rules.working_days import add_working_days


@dataclass(frozen=True)
class LeadTime:
    """By when a class of requesters should ask, and the first day that is still in time."""

    requester_class: str
    days: int
    earliest: date


def lead_times() -> list[LeadTime]:
    """For each class, if the request is sent today. Three queries."""
    today = timezone.localdate(clock.now())
    off = holidays_between(today, today + timedelta(days=180))
    found = []
    for each in RequesterClass:
        days = lead_days(each)
        found.append(LeadTime(each.value, days, add_working_days(today, days, off)))
    return found


def unfinished_screen(request: ServiceRequest) -> Screen:
    """Where to go on with a draft: the first screen with something missing."""
    return first_unfinished(
        {
            Screen.LETTER: bool(request.letter_id or request.letter_follows),
            Screen.WHO: bool(
                request.organisation_name and request.contact_name and request.contact_whatsapp
            ),
            Screen.EVENT: bool(
                request.event_title
                and request.people
                and request.attendance
                and request.slots.exists()
            ),
        }
    )


def privacy_version() -> int:
    """The version of the notice about personal data that holds now. One query."""
    return current_notice().version


def version_read(shown: str) -> int:
    """The version that stood on the page which was sent: of an older page the older one; the one
    that holds now where the page says nothing of use. One query."""
    holds = privacy_version()
    if shown.isdecimal() and len(shown) < 9 and 1 <= int(shown) <= holds:
        return int(shown)
    return holds
