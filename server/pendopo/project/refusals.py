"""Refusals about the installation itself."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "no_own_certificate": Refusal(
        404, _("This address needs no certificate of ours: your device trusts it already.")
    ),
    "first_run_link_invalid": Refusal(
        404,
        _(
            "This link is used up or wrong. Start Pendopo again and open the address that it "
            "prints, or sign in."
        ),
    ),
    "first_run_is_over": Refusal(
        409, _("The office is set up already. Change it in the settings.")
    ),
}
