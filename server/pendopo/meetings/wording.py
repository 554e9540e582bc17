"""Words for what the rules say in codes."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.meetings.rules.attendance import Reason

_REASONS = {
    Reason.LEFT: _("left"),
    Reason.LOST: _("connection lost"),
    Reason.REMOVED: _("removed by the host"),
    Reason.ENDED: _("meeting ended"),
    Reason.REPLACED: _("went on in another window"),
}


def reason_label(reason: str) -> str:
    """Why a stay ended, in the reader's language; "still here" while it lasts."""
    return str(_REASONS[Reason(reason)]) if reason else gettext("still here")
