"""Refusals when the outside world does not answer."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "media_unavailable": Refusal(
        503, _("The video service is not answering. Try again in a few seconds.")
    ),
    "character_unprintable": Refusal(
        422,
        _(
            "The paper can not be printed with the character “%(character)s”: our letter faces do "
            "not have it. Remove it from the text, then try again."
        ),
    ),
}
