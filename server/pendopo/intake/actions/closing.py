"""The end of requests that nobody takes further: without one, their names would stay forever."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake import telling
from pendopo.intake.actions.decisions import cancel
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.privacy import idle_requests
from pendopo.intake.rules.retention import CLOSED_AFTER, TOLD_BEFORE, closes_at, is_closed_now
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM


def close_idle_requests() -> int:
    """Tells whose request will be closed, and closes what was told in time; how many were closed.

    Each in a transaction of its own; a second run does nothing more.
    """
    closed = 0
    for row in idle_requests(clock.now() - CLOSED_AFTER + TOLD_BEFORE):
        if row.closing_told_at is None or row.closing_told_at < row.idle_since:
            _tell(row, row.idle_since)
        elif is_closed_now(row.idle_since, row.closing_told_at, clock.now()):
            closed += _close(row)
    return closed


@transaction.atomic
def _tell(request: ServiceRequest, idle_since: datetime) -> None:
    now = clock.now()
    known = ServiceRequest.objects.filter(
        pk=request.pk, state=request.state, closing_told_at=request.closing_told_at
    )
    if not known.update(closing_told_at=now):
        return
    closes_on = localdate(closes_at(idle_since, now))
    record("request.closing_told", request, SYSTEM, at=closes_on.isoformat())
    with translation.override(telling.LANGUAGE):
        words = telling.closing(request, date_format(closes_on, "l, j F Y"))
        telling.tell_requester(request, "request.closing", f"closing-{now.isoformat()}", words)


@transaction.atomic
def _close(request: ServiceRequest) -> bool:
    with translation.override(telling.LANGUAGE):
        reason = _("The request was closed because there was no answer.")
        if request.state != "needs_completion":
            reason = _("The request was closed because its time has passed.")
    try:
        cancel(request, reason, SYSTEM)
    except Refused as refused:
        # The answer came in the same moment.
        if refused.code not in {"request_moved_on", "step_not_possible"}:
            raise
        return False
    return True
