"""New passwords. They are typed once, with a button that shows them."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pendopo.people.actions.passwords import ask_password_reset
from pendopo.people.forms.allauth_fields import word


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks for the address; what happens then doesn't tell whether we know it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, email=_("E-mail address"))

    def save(self, request: HttpRequest, **_: Any) -> str:
        for account in self.users:
            ask_password_reset(account)
        return str(self.cleaned_data["email"])


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """After a link from a mail."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password1=_("New password"))


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old one, then the new one."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, oldpassword=_("Present password"), password1=_("New password"))


class FirstPasswordForm(allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """For an account that came by single sign-on and has none."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password1=_("New password"))
