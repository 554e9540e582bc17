"""Codes and passkeys."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.people.forms.allauth_fields import code_input, word

_NAME_LENGTH = 60
_CODE_HINT = _("The six digits that your app shows, or one of your recovery codes.")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, code=_("Code"))
        self.fields["code"].help_text = _CODE_HINT
        code_input(self, autofocus=True)


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]
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


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, name=_("Name of the device"))
        self.fields["name"].max_length = _NAME_LENGTH
        self.fields["name"].widget.attrs["maxlength"] = _NAME_LENGTH
