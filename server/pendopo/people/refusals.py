"""Refusals about accounts."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "account_unknown": Refusal(404, _("There is no account with the address %(email)s.")),
    "scope_unknown": Refusal(
        422, _("There is no scope %(scope)s. A scope is AREA:read or AREA:write.")
    ),
}
