"""The overview of one's own account, and what has a page of its own."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.people.actions.accounts import end_other_sessions, rename_person
from pendopo.people.authentication import signed_in
from pendopo.people.forms.account import NameForm
from pendopo.people.queries import duties_of, must_set_second_factor, own_tokens, security_of
from pendopo.people.rules import Duty
from pendopo.people.wording import DUTY_LABELS


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about one's account, and the way to change it."""
    account = signed_in(request)
    held = duties_of(account)
    context = {
        "person": account.person,
        "email": account.email,
        "duties": [DUTY_LABELS[duty] for duty in Duty if duty in held],
        "security": security_of(account),
        "tokens": own_tokens(account).count(),
        "has_password": account.has_usable_password(),
    }
    return render(request, "people/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Changes one's own name."""
    account = signed_in(request)
    form = NameForm(request.POST or None, initial={"name": account.person.name})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rename_person(account.person, form.cleaned_data["name"], account)
        messages.success(request, _("Your name is changed."))
        return redirect("account")
    return render(request, "people/name.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The second factors, and why the office asks for one."""
    account = signed_in(request)
    context = {"security": security_of(account), "must_set": must_set_second_factor(account)}
    return render(request, "mfa/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="pendopo.people")  # type: ignore[untyped-decorator]  # allauth has no types
def other_devices(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    account = signed_in(request)
    if request.method == "POST":
        end_other_sessions(account)
        update_session_auth_hash(request, account)
        messages.success(request, _("All other devices are signed out."))
        return redirect("account")
    return render(request, "people/other_devices.html")


def _codes_then(request: HttpRequest, otherwise: str, made_codes: bool) -> str:
    """Where the set-up of a factor leads: to its codes if it made some, then on to `next`."""
    wanted = get_next_redirect_url(request)
    page = "mfa_view_recovery_codes" if made_codes else otherwise
    if not made_codes and wanted:
        return str(wanted)
    address = redirect(page).url
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Sets up the app; keeps where its person wanted to go."""

    def get_success_url(self) -> str:
        return _codes_then(self.request, "mfa_index", self.did_generate_recovery_codes)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey; keeps where its person wanted to go."""

    def get_success_url(self) -> str:
        return _codes_then(self.request, "mfa_index", self.did_generate_recovery_codes)
