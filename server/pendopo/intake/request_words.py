"""How states look, and what the buttons of steps say."""

from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.states import RequestState, Step

# State → icon and tone of its pill.
STATE_LOOKS = {
    RequestState.DRAFT: ("pencil", "done"),
    RequestState.SUBMITTED: ("mail", "planned"),
    RequestState.REGISTERED: ("stamp", "planned"),
    RequestState.DISPOSED: ("send", "planned"),
    RequestState.UNDER_REVIEW: ("eye", "planned"),
    RequestState.NEEDS_COMPLETION: ("message-circle", "warn"),
    RequestState.ALTERNATIVE_OFFERED: ("calendar-clock", "warn"),
    RequestState.APPROVED: ("circle-check", "ok"),
    RequestState.REJECTED: ("x", "live"),
    RequestState.CANCELLED: ("ban", "done"),
}
# Step → icon and words of the button that leads to it and that takes it, in their order.
STEP_BUTTONS = {
    Step.APPROVE: ("circle-check", _("Approve")),
    Step.OFFER: ("calendar-clock", _("Offer another time")),
    Step.ASK: ("message-circle", _("Ask the requester")),
    Step.REVIEW: ("eye", _("Begin the review")),
    Step.AUTHORISE: ("shield-check", _("Let go ahead as urgent")),
    Step.REJECT: ("x", _("Reject")),
    Step.CANCEL: ("ban", _("Cancel the request")),
}
# What happens when the button is pressed.
STEP_CONSEQUENCES = {
    Step.AUTHORISE: _("The review begins at once, even before the letter has gone its way."),
    Step.REVIEW: _("The requester sees that somebody works on it."),
    Step.ASK: _("The question goes to the requester. Until the answer, the clock stands still."),
    Step.OFFER: _("The requester chooses one of the times. A letter is drafted for signing."),
    Step.APPROVE: _("The times below go on the calendar, and the reply is drafted for signing."),
    Step.REJECT: _("The reasons stand in the letter, which is drafted for signing."),
    Step.CANCEL: _("What stands on the calendar and has not begun is cancelled with it."),
}
