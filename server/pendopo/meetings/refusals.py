"""Refusals about meetings."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "organisation_required": Refusal(
        422, _("Write which organisation you come from, then enter again.")
    ),
    "meeting_not_found": Refusal(
        404, _("There is no meeting at this link. Check the link with whoever invited you.")
    ),
    "meeting_not_open": Refusal(
        409, _("The meeting has not been opened yet. This page opens by itself when it starts.")
    ),
    "meeting_ended": Refusal(410, _("The meeting has ended. Ask the organiser for the record.")),
    "meeting_full": Refusal(
        409, _("The meeting is full (%(limit)s people). Try again later or tell the organiser.")
    ),
    "meeting_locked": Refusal(
        409, _("The host has locked the meeting. Ask the organiser to open it for you.")
    ),
    "participant_removed": Refusal(
        403, _("The host removed you from this meeting. Contact the organiser if this is wrong.")
    ),
    "participant_unknown": Refusal(404, _("This person is not in the meeting any more.")),
    "name_required": Refusal(422, _("Type your name so that the others know who you are.")),
    "not_host": Refusal(403, _("Only the host may do this.")),
    "seat_unknown": Refusal(401, _("Your place in this meeting is not known. Enter again.")),
    "message_empty": Refusal(422, _("Type a message first.")),
    "message_too_long": Refusal(422, _("The message is longer than %(limit)s characters.")),
    "kind_unknown": Refusal(422, _("There is no kind of event called %(kind)s.")),
    "unit_unknown": Refusal(404, _("There is no unit at this address.")),
}
