"""The sign-in page and the forgotten password, with what they must know of this installation."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetDoneView, PasswordResetView
from django.conf import settings


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """E-mail and password, a passkey, or the single sign-on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"sso_name": settings.SSO_NAME}


class ForgottenPassword(PasswordResetView):  # type: ignore[misc]
    """Asks for the address; without mail it says who can help instead."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"mail_is_set": bool(settings.EMAIL_HOST)}


class ForgottenPasswordSent(PasswordResetDoneView):  # type: ignore[misc]
    """The same for every address."""
