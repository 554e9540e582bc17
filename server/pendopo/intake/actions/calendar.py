"""From a decision to the calendar: the one call into `schedule`."""

from collections.abc import Sequence

from pendopo.foundation import clock
from pendopo.intake.models import ServiceRequest
from pendopo.journal.models import Subject
from pendopo.meetings.actions.meetings import add_meeting, close_meetings_of
from pendopo.people.models import Account
from pendopo.schedule.actions import admit_event, cancel_event
from pendopo.schedule.models import Event
from pendopo.schedule.rules import EventKind, EventRole, EventWish, OutsideCall, Slot


def put_on_calendar(request: ServiceRequest, slots: Sequence[Slot], account: Account) -> Event:
    """Makes the event, its sessions, and where we are host their meetings, in the caller's
    transaction. Raises what ``schedule`` refuses."""
    wish = EventWish(
        title=request.event_title,
        kind=EventKind(request.event_kind),
        role=EventRole(request.role),
        slots=tuple(slots),
        is_open=request.is_open,
        outside=OutsideCall(
            request.outside_platform,
            request.outside_url,
            request.outside_meeting_id,
            request.outside_passcode,
            request.outside_organiser,
        ),
    )
    event = admit_event(wish, request.account or account, account, request.unit)
    if wish.role == EventRole.HOST:
        for session in event.sessions.order_by("starts_at"):
            add_meeting(session, account)
    request.event, request.decided_at = event, clock.now()
    request.save(update_fields=["event", "decided_at"])
    return event


def take_off_calendar(request: ServiceRequest, actor: Subject) -> None:
    """Cancels what has not begun and closes its meetings, in the caller's transaction."""
    if request.event is not None:
        close_meetings_of(cancel_event(request.event, actor), actor)
