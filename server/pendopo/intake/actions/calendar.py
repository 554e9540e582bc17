"""From a decision to the calendar: the one call into `schedule`."""

from collections.abc import Sequence

from pendopo.foundation import clock
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.rules.requests import is_restricted
from pendopo.journal.models import Subject
from pendopo.meetings.actions.meetings import add_meeting, close_meetings_of, hold_meetings_of
from pendopo.people.models import Account
from pendopo.schedule.actions import admit_event, cancel_event, veil_event
from pendopo.schedule.models import Event
from pendopo.schedule.rules import EventKind, EventRole, EventWish, OutsideCall, Slot


def put_on_calendar(request: ServiceRequest, slots: Sequence[Slot], account: Account) -> Event:
    """Makes the event, its sessions, and where we are host their meetings, in the caller's
    transaction. Raises what ``schedule`` refuses."""
    is_secret = _is_secret(request)
    wish = EventWish(
        title=_veiled_title(request) if is_secret else request.event_title,
        kind=EventKind(request.event_kind),
        role=EventRole(request.role),
        slots=tuple(slots),
        is_open=request.is_open and not is_secret,
        outside=OutsideCall(
            request.outside_platform,
            request.outside_url,
            request.outside_meeting_id,
            request.outside_passcode,
            request.outside_organiser,
        ),
    )
    unit = None if is_secret else request.unit
    event = admit_event(wish, request.account or account, account, unit)
    if wish.role == EventRole.HOST:
        for session in event.sessions.order_by("starts_at"):
            add_meeting(session, account)
    request.event, request.decided_at = event, clock.now()
    request.save(update_fields=["event", "decided_at"])
    return event


def veil_on_calendar(request: ServiceRequest, actor: Subject) -> None:
    """What already stands on the calendar when its letter turns out to be secret tells nobody more
    than when it is; in the caller's transaction."""
    if request.event is not None and _is_secret(request):
        veil_event(request.event, _veiled_title(request), actor)


def _is_secret(request: ServiceRequest) -> bool:
    letter = IncomingLetter.objects.filter(request=request).first()
    return letter is not None and is_restricted(letter.secrecy)


def _veiled_title(request: ServiceRequest) -> str:
    # In the office's language, as all that is stored. Whoever may know more opens the dossier.
    return f"Kegiatan {request.number}"


def take_off_calendar(request: ServiceRequest, actor: Subject) -> None:
    """Cancels what has not begun and closes its meetings, in the caller's transaction. Raises
    ``Refused`` with ``event_live`` or ``event_over``."""
    if request.event is not None:
        hold_meetings_of(request.event)
        close_meetings_of(cancel_event(request.event, actor), actor)
