"""Codes and passkeys."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pendopo.people.forms.allauth_fields import code_input, word
from pendopo.people.models import Account

_NAME_LENGTH = 60
_CODE_VALID_FOR = 90  # seconds: the period of 30, one before and one after
_PASSKEY_REFUSED = _("This passkey does not belong to an account here, or was removed.")
_CODE_HINT = _("The six digits that your app shows, or one of your recovery codes.")


class _UsedOnce:
    """A code of the app counts once as long as it is valid.

    allauth remembers it for one period, but with a tolerance it is valid for three.
    """

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        if self.authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(code.split())
            if not cache.add(f"people.totp:{self.user.pk}:{digits}", 1, _CODE_VALID_FOR):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_UsedOnce, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, code=_("Code"))
        self.fields["code"].help_text = _CODE_HINT
        code_input(self, autofocus=True)


class ConfirmCodeForm(_UsedOnce, ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, code=_("Code"))
        self.fields["code"].help_text = _CODE_HINT
        code_input(self, autofocus=True)


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code proves that the app has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, code=_("Six digits that the app shows now"))
        code_input(self, maxlength=7)

    @property
    def grouped_secret(self) -> str:
        """The key in groups of four, to be typed."""
        secret = str(self.secret)
        return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Each key becomes a passkey: it is kept on the device and unlocked by finger, face or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, name=_("Name of the device"))
        self.fields["name"].max_length = _NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = _NAME_LENGTH
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            values: dict[str, Any] = super().clean()
        except ValidationError as error:
            raise _about_passkeys(error) from error
        return values


class _KnownPasskey:
    """Says of a passkey what allauth says of a code."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form beside it
        except ValidationError as error:
            raise _about_passkeys(error) from error


class UsePasskeyForm(_KnownPasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in."""


class PasskeySignInForm(_KnownPasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey alone."""


class ConfirmPasskeyForm(_KnownPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""


def _about_passkeys(error: ValidationError) -> ValidationError:
    return ValidationError(_PASSKEY_REFUSED) if error.code == "incorrect_code" else error


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, name=_("Name of the device"))
        self.fields["name"].max_length = _NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = _NAME_LENGTH
