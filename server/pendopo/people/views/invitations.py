"""The page behind the link of an invitation."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.people.actions.invitations import accept_invitation, refuse_unless_open
from pendopo.people.forms.account import AcceptInvitationForm
from pendopo.people.queries import invitation_of
from pendopo.people.sign_in import sign_in_as


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, signed: str) -> HttpResponse:
    """Takes an account over: name and password, then straight in, in a session with a new key.

    Raises ``Refused`` with what is wrong with the invitation.
    """
    found = invitation_of(signed)
    if found is None:
        raise Refused("invitation_invalid")
    refuse_unless_open(found)
    initial = {"name": found.account.person.name}
    form = AcceptInvitationForm(found.account, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        account = accept_invitation(found, form.cleaned_data["name"], form.cleaned_data["password"])
        sign_in_as(request, account, "invitation")
        messages.success(request, _("Welcome. This is your account."))
        return redirect("account")
    context = {"form": form, "invitation": found, "sso_name": settings.SSO_NAME}
    status = 422 if form.errors else 200
    return render(request, "people/invitation.html", context, status=status)
