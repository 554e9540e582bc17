"""How django-allauth's second factors behave here."""

import base64
from hashlib import sha256
from io import BytesIO

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refused
from pendopo.people.models import Account


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets are stored encrypted: a copy of the database alone makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is wrong or was used already. Type the newest one."),
        "cannot_generate_recovery_codes": _("Set up the app or a passkey first."),
    }

    def get_totp_issuer(self) -> str:
        """What the app shows above the codes."""
        return f"Pendopo ({context.request.get_host().partition(':')[0]})"

    def build_totp_svg(self, url: str) -> str:
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=4, border=4, light="#ffffff")
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``Refused('second_factor_unreadable')`` when the installation's key is another."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise Refused("second_factor_unreadable") from error

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002
        return gettext("My device")

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        """What the browser shows when it offers passkeys."""
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.person.name}


def _cipher() -> Fernet:
    key = sha256(b"pendopo.people.second_factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
