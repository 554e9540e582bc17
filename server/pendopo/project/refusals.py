"""Refusals about the installation itself."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "no_own_certificate": Refusal(
        404, _("This address needs no certificate of ours: your device trusts it already.")
    ),
}
