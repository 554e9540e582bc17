"""What entries about events and sessions are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names
from pendopo.schedule.models import Event, Session
from pendopo.schedule.rules import SessionState

describe(
    "event",
    _("Events"),
    {"created": _("Event made")},
    {"session": Fact(_("Id of the session")), "event_kind": Fact(_("Kind of event"))},
)
describe(
    "session",
    _("Sessions"),
    {
        SessionState.LIVE: _("Session began"),
        SessionState.ENDED: _("Session ended"),
    },
)


@names("schedule.event")
def _events(ids: list[str]) -> dict[str, Name]:
    return {str(event.pk): Name(event.title) for event in Event.objects.filter(pk__in=ids)}


@names("schedule.session")
def _sessions(ids: list[str]) -> dict[str, Name]:
    found = Session.objects.filter(pk__in=ids).select_related("event")
    return {str(session.pk): Name(session.event.title) for session in found}
