"""Keeps staff at the set-up of a second factor while the office asks for one."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pendopo.people.authentication import account_of
from pendopo.people.queries import must_set_second_factor

# Where somebody without a second factor may go: to set one up, and out.
OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "first-run-factor",
        "preferences",
        "healthz",
        "readyz",
    }
)


class SecondFactorMiddleware:
    """Leads to the set-up page from every page but those in :data:`OPEN`; also from event streams.

    The API is left out: a token has no second factor. Sync on purpose, as what follows it is.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Asked once the address is known."""
        match = request.resolver_match
        if match is None or match.url_name in OPEN or request.path.startswith("/api/"):
            return None
        account = account_of(request)
        if account is None or not must_set_second_factor(account):
            return None
        way_back = urlencode({"next": request.get_full_path()} if request.method == "GET" else {})
        return redirect(f"{reverse('mfa_index')}?{way_back}")
