"""Words for what requests are made of."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.requests import (
    AttendanceMode,
    Channel,
    Register,
    RequesterClass,
)
from pendopo.intake.rules.states import RequestState, Step

STATES = {
    RequestState.DRAFT: _("Draft"),
    RequestState.SUBMITTED: _("Received"),
    RequestState.REGISTERED: _("Registered"),
    RequestState.DISPOSED: _("Passed on"),
    RequestState.UNDER_REVIEW: _("Under review"),
    RequestState.NEEDS_COMPLETION: _("Waiting for an answer"),
    RequestState.ALTERNATIVE_OFFERED: _("Another time offered"),
    RequestState.APPROVED: _("Approved"),
    RequestState.REJECTED: _("Rejected"),
    RequestState.CANCELLED: pgettext_lazy("request", "Cancelled"),
}
STEPS = {
    Step.SUBMIT: _("Sent"),
    Step.REGISTER: _("Taken into the register"),
    Step.DISPOSE: _("Passed on"),
    Step.RETURN: _("Returned"),
    Step.AUTHORISE: _("Let go ahead as urgent"),
    Step.REVIEW: _("Review began"),
    Step.ASK: _("Requester was asked"),
    Step.ANSWER: _("Requester answered"),
    Step.OFFER: _("Another time offered"),
    Step.ACCEPT_OFFER: _("Offer accepted"),
    Step.REFUSE_OFFER: _("Offer not accepted"),
    Step.APPROVE: _("Approved"),
    Step.BOOK: _("Booked by the unit itself"),
    Step.REJECT: _("Rejected"),
    Step.CANCEL: pgettext_lazy("request", "Cancelled"),
}
CHANNELS = {
    Channel.WEB: _("Form on this site"),
    Channel.PAPER: _("Paper"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.MAIL: _("E-mail"),
    Channel.SELF_SERVICE: _("Self-service of a unit"),
    Channel.API: _("Another program"),
}
CLASSES = {
    RequesterClass.GOVERNMENT: _("Government unit, village or school"),
    RequesterClass.COMMUNITY: _("Community organisation"),
}
ATTENDANCE = {
    AttendanceMode.ONLINE: _("Everybody online"),
    AttendanceMode.IN_ROOM: _("Together in one room"),
    AttendanceMode.MIXED: _("Some in a room, some online"),
}
REGISTERS = {
    Register.OWN: _("Own register"),
    Register.EXTERNAL: _("National letter system"),
}
ASSIGNMENT_STATES = {
    AssignmentState.WAITING: _("Waiting"),
    AssignmentState.PASSED_ON: _("Passed on"),
    AssignmentState.DONE: _("Done"),
    AssignmentState.RETURNED: _("Returned"),
}
# What the form calls its fields, for a sentence that says what is missing.
FIELDS = {
    "letter": _("letter"),
    "organisation_name": _("organisation"),
    "contact_name": _("your name"),
    "contact_whatsapp": _("WhatsApp number"),
    "event_title": _("name of the event"),
    "starts_at": _("day and time"),
    "ends_at": _("end"),
    "people": _("expected people"),
    "attendance": _("way of attending"),
}
