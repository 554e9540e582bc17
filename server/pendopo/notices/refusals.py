"""Refusals about messages."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "notice_not_by_hand": Refusal(
        409, _("Somebody else dealt with this message already. Open the list again.")
    ),
    "notice_not_failed": Refusal(
        409, _("This message is on its way or has arrived. Open the list again.")
    ),
    "notice_erased": Refusal(
        409,
        _(
            "Nobody knows any more to whom this message went: name and address were erased. "
            "Write a new one."
        ),
    ),
    "notice_code_gone": Refusal(
        409,
        _("A one-time code is sent once. Whoever needs one asks for a new one on the page."),
    ),
    "no_mail_server": Refusal(
        409,
        _("No mail can go out. Have the administrator set PENDOPO_MAIL_HOST, then try again."),
    ),
    "number_invalid": Refusal(
        422, _("This is no telephone number. Write it as in 0812-3456-7890.")
    ),
}
