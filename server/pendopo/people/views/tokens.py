"""API tokens of one's own."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.people.actions.tokens import issue_api_token, revoke_api_token
from pendopo.people.authentication import signed_in
from pendopo.people.forms.tokens import TokenForm
from pendopo.people.queries import own_tokens
from pendopo.people.wording import SCOPE_LABELS


@never_cache
@login_required
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens that work."""
    tokens = [
        {"token": each, "scopes": [SCOPE_LABELS.get(scope, scope) for scope in each.scopes]}
        for each in own_tokens(signed_in(request))
    ]
    return render(request, "people/token_list.html", {"tokens": tokens})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="pendopo.people")  # type: ignore[untyped-decorator]  # allauth has no types
def token_new(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it, once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        secret = issue_api_token(
            signed_in(request), values["name"], values["scopes"], values["days"] or None
        )
        return render(request, "people/token_made.html", {"secret": secret, "name": values["name"]})
    status = 422 if form.errors else 200
    return render(request, "people/token_new.html", {"form": form}, status=status)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a token. Raises ``Refused('token_unknown')``."""
    revoke_api_token(signed_in(request), pk)
    messages.success(request, _("The token is revoked. Programs that use it are refused now."))
    return redirect("token-list")
