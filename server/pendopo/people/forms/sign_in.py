"""Signing in, and confirming that it is still you."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django.utils.translation import gettext_lazy as _

from pendopo.people.forms.allauth_fields import word


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign-in by e-mail and password. The labels say it all, so there are no placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, login=_("E-mail address"), password=_("Password"))


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password=_("Your password"))
        self.fields["password"].widget.attrs["autofocus"] = True
