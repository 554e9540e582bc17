"""How the API and the pages ask who is there and whether they may."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.security import HttpBearer

from pendopo.foundation.errors import Refused
from pendopo.people.actions.tokens import note_use
from pendopo.people.models import Account, ApiToken
from pendopo.people.queries import permissions_for, valid_api_token
from pendopo.people.rules import Permission, grants

View = Callable[..., HttpResponseBase]


class Scope(HttpBearer):
    """Bearer authentication that also asks for a scope; runs before path and body are read.

    Raises ``Refused('not_signed_in')`` (401) or ``Refused('scope_missing')`` (403).
    """

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = super().__call__(request)
        if token is None:
            raise Refused("not_signed_in")
        return token  # type: ignore[no-any-return]

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        found = valid_api_token(token)
        if found is None:
            raise Refused("not_signed_in")
        if not grants(found.scopes, self.scope):
            raise Refused("scope_missing", scope=self.scope)
        note_use(found)
        return found


def token_of(request: HttpRequest) -> ApiToken:
    """The token that :class:`Scope` let in."""
    return request.auth  # type: ignore[attr-defined,no-any-return]


def account_of(request: HttpRequest) -> Account | None:
    """Who is signed in on this page, if anyone."""
    return request.user if isinstance(request.user, Account) else None


def signed_in(request: HttpRequest) -> Account:
    """Who is signed in, on a page that lets nobody else in."""
    account = account_of(request)
    assert account is not None
    return account


def may(request: HttpRequest, *any_of: Permission) -> bool:
    """Whether who asks has one of these permissions; a stranger has none."""
    return not permissions_for(request.user).isdisjoint(any_of)


def confirmed(view: View) -> View:
    """Asks for password, code or passkey once more, unless that was within five minutes; then goes
    on with what was sent."""
    checked: View = reauthentication_required(app="pendopo.people")(view)
    return checked


def permission_required(*any_of: Permission) -> Callable[[View], View]:
    """Sends strangers to the sign-in page; ``Refused('not_allowed')`` for who has none of these."""

    def decorate(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request, *any_of):
                raise Refused("not_allowed")
            return view(request, *args, **kwargs)

        return checked

    return decorate
