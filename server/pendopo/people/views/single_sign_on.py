"""The way to the identity provider and back."""

import secrets

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.foundation.errors import Refused
from pendopo.people.single_sign_on import OpenIDConnect


@never_cache
@require_safe
def sso_start(request: HttpRequest) -> HttpResponse:
    """Sends the browser to the provider with a state, a nonce and a PKCE challenge.

    A link and not a form: under our policy a form may lead nowhere but to us. Raises
    ``Refused('sso_off')`` or ``Refused('sso_unreachable')``.
    """
    if not settings.SSO_NAME:
        raise Refused("sso_off")
    nonce = secrets.token_urlsafe(16)
    provider = get_adapter().get_provider(request, settings.SSO_ID)
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            data={"nonce": nonce},
            auth_params={"nonce": nonce},
        )
    except requests.RequestException as error:
        raise Refused("sso_unreachable") from error
    return answer


@never_cache
@require_safe
def sso_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider answers; signs in, or refuses with a sentence."""
    if not settings.SSO_NAME:
        raise Refused("sso_off")
    view = OAuth2CallbackView.adapter_view(OpenIDConnect(request, provider_id))
    answer: HttpResponse = view(request)
    return answer
