"""How django-allauth's accounts behave here."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.people.actions.sign_in import note, note_failure, note_lock_out
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

SIGNED_IN_AT = "signed_in_at"  # in the session, seconds since 1970
SIGN_IN_COUNTS_FOR = 300  # seconds, as allauth's own confirmations

# What allauth says after it has done something; what is not here goes without saying.
_DONE = {
    "account/messages/password_changed.txt": _(
        "Your new password holds. Other devices are signed out."
    ),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The app is set up. It is asked for at each sign-in."),
    "mfa/messages/totp_deactivated.txt": _("The app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added. You can sign in with it."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the office; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask the administrator."),
        "email_password_mismatch": _(
            "E-mail address or password is wrong. Check both, or press “Forgotten password?”."
        ),
        "incorrect_code": _("That code is wrong or was used already. Type the newest one."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your present password."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait five minutes, then try again. "
            "This protects the account from guessing."
        ),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody starts who came for no page: their meetings, or their account."""
        starts = permissions_for(request.user) & {
            Permission.HOST_MEETINGS,
            Permission.READ_ANY_MEETING,
        }
        return str(super().get_login_redirect_url(request)) if starts else reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our own words, or not at all."""
        words = message or _DONE.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Also tells the journal when an account is closed for a while."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            if account := _known(credentials):
                note_lock_out(account)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        if account := _known(credentials):
            note_failure(account, "password")

    def reauthenticate(self, user: Account, password: str) -> bool:
        """By the account's own address: we keep no list of addresses beside it."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again."""
        signed_in_at = context.request.session.get(SIGNED_IN_AT, 0)
        if time.time() - signed_in_at < SIGN_IN_COUNTS_FOR:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def sign_in_as(request: HttpRequest, account: Account, method: str) -> None:
    """Signs an account in without a password: in the demo, or after an invitation was accepted.

    The session gets a new key. ``method`` is for the journal. Asks for no second factor.
    """
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    note("account.signed_in", account, method=method)


def _known(credentials: dict[str, Any]) -> Account | None:
    email = str(credentials.get("email", "")).strip().lower()
    return Account.objects.filter(email=email).first()
