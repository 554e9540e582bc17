"""What allauth reports, told to the journal: never an address, never a name."""

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from pendopo.people.actions.sign_in import note, note_failure
from pendopo.people.models import Account
from pendopo.people.sign_in import SIGNED_IN_AT

_STEPS = "sign_in_steps"  # in the session, until somebody is in
_METHODS = {"webauthn": "passkey", "recovery_codes": "recovery_code", "socialaccount": "oidc"}
_TOTP, _PASSKEY, _CODES = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
_ADDED = {_TOTP: "totp_added", _PASSKEY: "passkey_added", _CODES: "recovery_codes_made"}
_REMOVED = {_TOTP: "totp_removed", _PASSKEY: "passkey_removed"}


@receiver(account_signals.authentication_step_completed)
def on_step(request: HttpRequest, method: str, **more: Any) -> None:
    """Keeps by what somebody is signing in; a second factor follows the first."""
    if more.get("reauthenticated"):
        return
    is_second = method == "mfa" and not more.get("passwordless")
    name = str(more["type"]) if method == "mfa" else method
    first = request.session.get(_STEPS, []) if is_second else []
    request.session[_STEPS] = [*first, _METHODS.get(name, name)]


@receiver(account_signals.user_logged_in)
def on_signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    note("account.signed_in", user, method="+".join(request.session.pop(_STEPS, [])))


@receiver(user_logged_in)
def on_session_began(request: HttpRequest, **_: Any) -> None:
    """However it began: a confirmation asked for within minutes is not asked twice."""
    request.session[SIGNED_IN_AT] = time.time()


@receiver(user_logged_out)
def on_signed_out(user: Account | None, **_: Any) -> None:
    if isinstance(user, Account):
        note("account.signed_out", user)


@receiver([account_signals.password_changed, account_signals.password_set])
def on_password_changed(user: Account, **_: Any) -> None:
    note("account.password_changed", user)


@receiver(account_signals.password_reset)
def on_password_reset(user: Account, **_: Any) -> None:
    note("account.password_changed", user, by_link=True)


@receiver(mfa_signals.authenticator_added)
def on_added(user: Account, authenticator: Authenticator, **_: Any) -> None:
    note(f"account.{_ADDED[authenticator.type]}", user)


@receiver(mfa_signals.authenticator_reset)
def on_codes_renewed(user: Account, **_: Any) -> None:
    note("account.recovery_codes_made", user)


@receiver(mfa_signals.authenticator_removed)
def on_removed(user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes that go with the last factor go without saying."""
    if authenticator.type in _REMOVED:
        note(f"account.{_REMOVED[authenticator.type]}", user)


@receiver(mfa_signals.authenticator_used)
def on_used(user: Account, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == _CODES:
        left = len(authenticator.wrap().get_unused_codes())
        note("account.recovery_code_used", user, left=left)


@receiver(mfa_signals.authentication_failed)
def on_code_refused(user: Account, authenticator: Authenticator, **_: Any) -> None:
    note_failure(user, _METHODS.get(authenticator.type, str(authenticator.type)))
