"""Refusals when the outside world does not answer."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "media_unavailable": Refusal(
        503, _("The video service is not answering. Try again in a few seconds.")
    ),
}
