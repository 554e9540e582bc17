"""By when something is due, over the office's holidays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.requests import RequesterClass
from pendopo.office.queries import office_or_default
from pendopo.schedule.rules import Slot


def lead_days(requester_class: str) -> int:
    """Working days before the event by which a request of this class should be there."""
    office = office_or_default()
    if requester_class == RequesterClass.GOVERNMENT:
        return office.lead_days_government
    return office.lead_days_community


def answer_due(submitted_at: datetime, days: int) -> date:
    """The day by which a request is answered."""
    day = timezone.localdate(submitted_at)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def answer_due_after(request: ServiceRequest) -> date | None:
    """The day of the answer, moved by the days on which the requester was asked."""
    return request.answer_due


def offer_expiry(now: datetime, days: int, slots: Sequence[Slot]) -> datetime:
    """Until when an offer may be accepted: some working days, but never into the offered time."""
    end = timezone.make_aware(
        datetime.combine(answer_due(now, days) + timedelta(days=1), datetime.min.time())
    )
    return min(end, *(slot.starts_at for slot in slots))
