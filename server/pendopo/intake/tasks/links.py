"""The link goes out some days before the event, at the latest."""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.foundation.templatetags.times import local_date, local_span
from pendopo.intake import telling
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.states import RequestState
from pendopo.meetings.links import public_join_url
from pendopo.notices.actions.sending import morning_after
from pendopo.notices.queries import the_policy
from pendopo.office.queries import office_or_default
from pendopo.schedule.models import Session
from pendopo.schedule.rules import SessionState

IN_TIME = timedelta(hours=1)  # how long before the start a link is of use


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="send_links")
def send_links(timestamp: int) -> None:
    """Sends each requester the links of the sessions of the next days, once for each session."""
    now = clock.now()
    until = now + timedelta(days=office_or_default().link_days_before)
    rows = (
        Session.objects.filter(
            state=SessionState.ASSIGNED,
            starts_at__gt=now,
            starts_at__lte=until,
            event__request__state=RequestState.APPROVED,
        )
        .select_related("meeting", "event__request__account")
        .order_by("starts_at")
    )
    for session in rows:
        _send(session, session.event.request)


@transaction.atomic
def _send(session: Session, request: ServiceRequest) -> None:
    meeting = getattr(session, "meeting", None)
    link = public_join_url(meeting) if meeting else request.outside_url
    if not link:
        return
    with translation.override(telling.LANGUAGE):
        when = f"{local_date(session.starts_at)}, {local_span(session.starts_at, session.ends_at)}"
        words = telling.link_of(request, [when, link])
        way = telling.Way(urgent=_may_not_wait(session, request))
        telling.tell_requester(request, "request.link", _key(session), words, way)


def _key(session: Session) -> str:
    """Another one after a change of times, so that the link goes out again with the new ones."""
    times = [f"{each:%y%m%d%H%M}" if each else "" for each in (session.starts_at, session.ends_at)]
    return f"link-{session.pk}-{'-'.join(times)}"


def _may_not_wait(session: Session, request: ServiceRequest) -> bool:
    """Whether quiet hours would hold it until it is of no use. No digest is asked to carry a link:
    on a Friday it would come on Monday."""
    now = clock.now()
    comes_at = morning_after(now, the_policy()) or now
    assert session.starts_at is not None  # chosen by it
    return request.account_id is not None or comes_at > session.starts_at - IN_TIME
