"""Refusals about times."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "title_required": Refusal(422, _("Give the meeting a title.")),
    "time_required": Refusal(422, _("Say when it begins and ends.")),
    "time_out_of_range": Refusal(422, _("Give a time between the years 2000 and 2099.")),
    "times_out_of_order": Refusal(422, _("The end must come after the start.")),
    "event_live": Refusal(
        409, _("The event is being held at this moment, so it can not be cancelled.")
    ),
    "event_over": Refusal(409, _("The event is over, so there is nothing left to cancel.")),
}
