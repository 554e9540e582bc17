"""Refusals about the journal and the queue."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "retention_too_short": Refusal(
        422, _("The journal must be kept for %(years)s years at least. Choose a longer time.")
    ),
    "journal_held": Refusal(
        409, _("The journal is held, so nothing of it is dropped. Lift the hold first.")
    ),
    "hold_reason_required": Refusal(422, _("Say why the journal must be held.")),
    "job_not_failed": Refusal(
        409, _("This job is no longer among the failed ones. Look at the list again.")
    ),
    "job_waits_already": Refusal(
        409, _("Another job that does the same is waiting already, so this one is not needed.")
    ),
}
