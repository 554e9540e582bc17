"""Refusals about accounts."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "account_unknown": Refusal(404, _("There is no account with the address %(email)s.")),
    "name_not_confirmed": Refusal(422, _("The name did not match, so nothing was erased.")),
    "email_taken": Refusal(
        409, _("There is an account with this address already. Look for it among the accounts.")
    ),
    "last_administrator": Refusal(
        409,
        _(
            "This is the last administrator. Give the duty to somebody else first, "
            "so that the office can still be administered."
        ),
    ),
    "person_erased": Refusal(409, _("This person was erased. Invite them anew, as a new account.")),
    "scope_unknown": Refusal(
        422, _("There is no scope %(scope)s. A scope is AREA:read or AREA:write.")
    ),
    "token_unknown": Refusal(404, _("There is no such token among yours.")),
    "invitation_invalid": Refusal(
        404, _("This link is not complete. Open it again from the mail, or copy all of it.")
    ),
    "invitation_used": Refusal(
        410, _("This invitation was used already. Sign in with your e-mail address and password.")
    ),
    "invitation_revoked": Refusal(
        410,
        _("This invitation was replaced or withdrawn. Use the newest mail, or ask the office."),
    ),
    "invitation_expired": Refusal(
        410, _("This invitation has expired. Ask whoever invited you for a new one.")
    ),
    "invitation_not_needed": Refusal(
        409, _("This account is in use already, so it needs no invitation.")
    ),
    "account_inactive": Refusal(
        403, _("This account is switched off. Ask the administrator of the office.")
    ),
    "second_factor_unreadable": Refusal(
        500,
        _(
            "Your second factor can't be read any more: the key of this installation has changed. "
            "Ask the administrator to reset your second factor."
        ),
    ),
    "sso_off": Refusal(404, _("Single sign-on is not set up here. Use e-mail and password.")),
    "sso_unreachable": Refusal(
        503,
        _("The single sign-on does not answer. Try again soon, or use e-mail and password."),
    ),
    "sso_failed": Refusal(
        401,
        _("The single sign-on's answer was not valid, or came too late. Sign in once more."),
    ),
    "sso_email_unverified": Refusal(
        403,
        _(
            "The single sign-on does not confirm your e-mail address. "
            "Confirm it there, or ask the administrator of the office."
        ),
    ),
    "sso_person_unknown": Refusal(
        403,
        _(
            "There is no account with your address here. The office invites people: "
            "ask the administrator of the office for an account."
        ),
    ),
}
