"""`/akun/tanda-tangan`: with what one signs."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.documents.actions import credentials
from pendopo.documents.forms.credentials import BringCertificateForm, NewPassphraseForm, NikForm
from pendopo.documents.queries.signing import credential_of, the_signing_policy
from pendopo.documents.rules import Method
from pendopo.documents.rules.signing import RENEW_BEFORE
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase
from pendopo.people.authentication import confirmed, permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission

View = Callable[..., HttpResponseBase]


def _confirmed_before(view: View) -> View:
    """As :func:`confirmed`, but what was typed is dropped when the confirmation has run out.

    What the confirmation puts aside lies in the session, where no passphrase may lie.
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_reauthentication_required(request, app="pendopo.people"):
            return redirect(request.path)
        return confirmed(view)(request, *args, **kwargs)

    return checked


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to sign with, how long it is valid, and the ways to get it."""
    account = signed_in(request)
    policy = the_signing_policy()
    local = credential_of(account, Method.LOCAL)
    left = local.valid_until - clock.now() if local and local.valid_until else None
    context = {
        "policy": policy,
        "local": local,
        "expired": left is not None and left.total_seconds() <= 0,
        "expires_soon": left is not None and left < RENEW_BEFORE,
        "bsre": credential_of(account, Method.BSRE),
    }
    return render(request, "documents/credentials.html", context)


def _form_page(
    request: HttpRequest, template: str, form: Form, save: Callable[[Account], object], said: str
) -> HttpResponse:
    """A form that sets up something to sign with; refusals stand above it, nothing is echoed."""
    if request.method == "POST" and form.is_valid():
        try:
            save(signed_in(request))
            messages.success(request, said)
            return redirect("signature-settings")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@_confirmed_before
def demo_certificate(request: HttpRequest) -> HttpResponse:
    """Gets or renews a demo certificate."""
    form = NewPassphraseForm(request.POST or None)
    return _form_page(
        request,
        "documents/credential_demo.html",
        form,
        lambda account: credentials.get_demo_certificate(account, form.chosen),
        _("You have a demo certificate now."),
    )


@never_cache
@sensitive_post_parameters()
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@_confirmed_before
def own_certificate(request: HttpRequest) -> HttpResponse:
    """Brings one's own PKCS#12."""
    form = BringCertificateForm(request.POST or None, request.FILES or None)
    return _form_page(
        request,
        "documents/credential_own.html",
        form,
        lambda account: credentials.bring_certificate(
            account,
            form.cleaned_data["file"],
            Passphrase(form.cleaned_data["opens"]),
            form.chosen,
        ),
        _("Your certificate is set up."),
    )


@never_cache
@sensitive_post_parameters()
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@_confirmed_before
def nik(request: HttpRequest) -> HttpResponse:
    """Names oneself to BSrE by NIK."""
    form = NikForm(request.POST or None)
    return _form_page(
        request,
        "documents/credential_nik.html",
        form,
        lambda account: credentials.name_to_bsre(account, form.cleaned_data["nik"]),
        _("Your NIK is kept. BSrE asks for your passphrase at each signature."),
    )


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def delete(request: HttpRequest, kind: str) -> HttpResponse:
    """Takes away what one signs with. Raises ``Refused('not_found')`` for what is no kind."""
    if kind not in {Method.LOCAL.value, Method.BSRE.value}:
        raise Refused("not_found")
    if request.method == "POST":
        if credentials.delete_credential(signed_in(request), Method(kind)):
            messages.success(request, _("Deleted. Letters that were signed with it stay valid."))
        return redirect("signature-settings")
    return render(request, "documents/credential_delete.html", {"kind": kind})
