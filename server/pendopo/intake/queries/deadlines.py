"""By when something is due, in working days over the office's holidays."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.models import Offer, ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.requests import RequesterClass
from pendopo.office.queries import holidays_between, office_or_default
from pendopo.office.rules.working_days import (
    add_working_days,
    response_due,
    working_days_between,
)
from pendopo.schedule.rules import Slot

# No deadline of ours lies further ahead, holidays included.
_HORIZON = timedelta(days=180)


def _holidays_after(day: date) -> Collection[date]:
    return holidays_between(day, day + _HORIZON)


def lead_days(requester_class: str) -> int:
    """Working days before the event by which a request of this class should be there."""
    office = office_or_default()
    if requester_class == RequesterClass.GOVERNMENT:
        return office.lead_days_government
    return office.lead_days_community


def days_ahead(request: ServiceRequest) -> int | None:
    """Working days from the sending (before it: from today) to the first day of the event."""
    first = request.slots.first()
    if first is None:
        return None
    start = timezone.localdate(request.submitted_at or clock.now())
    last = timezone.localdate(first.starts_at)
    return working_days_between(start, last, holidays_between(start, last))


def answer_due(submitted_at: datetime, days: int) -> date:
    """The day by which a request that was never asked about is answered."""
    local = timezone.localtime(submitted_at)
    due = response_due(local, days, _holidays_after(local.date()))
    assert due is not None  # nothing paused it
    return due


def answer_due_after(request: ServiceRequest) -> date | None:
    """The day of the answer, the clock standing while the requester was asked or had other times
    to choose from.

    ``None`` while a question or an offer is open. Three queries, and one for each year of holidays.
    """
    if request.submitted_at is None:
        return None
    asked = [(each.asked_at, each.answered_at) for each in request.questions.all()]
    asked += [(each.offered_at, _ended_at(each)) for each in request.offers.all()]
    pauses = [
        (timezone.localtime(since), timezone.localtime(until) if until else None)
        for since, until in asked
    ]
    local = timezone.localtime(request.submitted_at)
    return response_due(local, the_policy().answer_days, _holidays_after(local.date()), pauses)


def _ended_at(offer: Offer) -> datetime | None:
    """When an offer stopped to wait; one that nobody answered when its time was over, not when the
    clock's task came to see it."""
    return min(offer.answered_at, offer.expires_at) if offer.answered_at else None


def offer_expiry(now: datetime, days: int, slots: Sequence[Slot]) -> datetime:
    """Until when an offer may be accepted: the end of a working day, before the offered times."""
    today = timezone.localdate(now)
    last = add_working_days(today, days, _holidays_after(today))
    # People read "by 23.59" as that day; "by 00.00" of the next they don't.
    end = timezone.make_aware(datetime.combine(last, time(23, 59)))
    return min(end, *(slot.starts_at for slot in slots))
