"""Single sign-on by OpenID Connect, stricter than django-allauth has it by default.

Beside state and PKCE we send a nonce, check the ID token's signature, issuer and audience even
though it comes over TLS, and link to an account only by an address that the provider vouches for.
"""

import logging
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pendopo.foundation.errors import Refused
from pendopo.people.actions.accounts import create_account
from pendopo.people.actions.invitations import use_up
from pendopo.people.actions.sign_in import note
from pendopo.people.models import Account, Invitation
from pendopo.people.queries import the_policy
from pendopo.people.rules import Duty, verified_email

log = logging.getLogger(__name__)
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
_CLOCKS_DIFFER = 60  # seconds
_KEPT = ("sub", "email", "email_verified", "name", "nonce")


class OpenIDConnect(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The protocol with our provider."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The person that the provider names; only the claims that we need are kept.

        Raises ``OAuth2Error``.
        """
        claims = self._signed_claims(app.client_id, kwargs["response"].get("id_token", ""))
        if not verified_email(claims) and "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            # OpenID Connect Core 1.0, 5.3.2: otherwise they are about somebody else.
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo is about another subject")
            claims = {**more, **claims}
        kept = {name: claims[name] for name in _KEPT if name in claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def _signed_claims(self, client_id: str, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        # OpenID Connect Discovery 1.0, 4.3
        if str(config["issuer"]).rstrip("/") != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("discovery names another issuer")
        try:
            return jwt.decode(
                id_token,
                _signing_key(config["jwks_uri"], id_token),
                algorithms=_SIGNATURES,
                audience=client_id,
                issuer=config["issuer"],
                leeway=_CLOCKS_DIFFER,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("ID token is not valid") from error


def _signing_key(address: str, id_token: str) -> jwt.PyJWK:
    """The provider's key for this token; without a name for it, the only one there is (OpenID
    Connect Core 1.0, 10.1). Raises ``PyJWTError``."""
    published = jwt.PyJWKClient(address, timeout=10)
    if "kid" in jwt.get_unverified_header(id_token):
        return published.get_signing_key_from_jwt(id_token)
    keys = published.get_jwk_set().keys
    if len(keys) != 1:
        raise jwt.InvalidKeyError("the ID token does not say which key signed it")
    return keys[0]


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the provider, and whether they may come in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds, links or makes the account.

        Raises ``Refused('sso_failed')`` for another request's answer, ``Refused(
        'sso_email_unverified')``, ``Refused('sso_person_unknown')``, ``Refused(
        'account_inactive')``.
        """
        claims = sociallogin.account.extra_data["id_token"]
        sent = (sociallogin.state.get("data") or {}).get("nonce")
        if not sent or claims.get("nonce") != sent:
            raise Refused("sso_failed")
        if not sociallogin.is_existing:
            _link(request, sociallogin, claims)
        if not sociallogin.user.is_active:
            raise Refused("account_inactive")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Back to the sign-in page for who pressed "cancel" there; else a sentence."""
        if error == AuthError.CANCELLED:
            messages.info(request, _("You left the single sign-on. Nobody was signed in."))
            raise ImmediateHttpResponse(redirect("account_login"))
        # The person can do nothing with the cause; whoever runs the installation can.
        cause = (
            getattr(exception, "__cause__", None) or exception or "another browser's or no state"
        )
        log.warning("single sign-on failed: %s", cause)
        raise Refused("sso_failed")


@transaction.atomic
def _link(request: HttpRequest, sociallogin: SocialLogin, claims: dict[str, Any]) -> None:
    email = verified_email(claims)
    if not email:
        raise Refused("sso_email_unverified")
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = _new_account(email, claims)
    sociallogin.connect(request, account)
    for invitation in Invitation.objects.filter(account=account, used_at=None, revoked_at=None):
        use_up(invitation)
    note("account.linked_to_oidc", account, provider=settings.SSO_ID)


def _new_account(email: str, claims: dict[str, Any]) -> Account:
    if not the_policy().oidc_creates_accounts:
        raise Refused("sso_person_unknown")
    name = str(claims.get("name") or email.partition("@")[0])[:100]
    return create_account(email, None, name, [Duty.REQUESTER])
