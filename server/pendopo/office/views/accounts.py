"""The office's accounts: invite, give duties, put out of use."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.office import queries
from pendopo.office.actions.imports import import_workbook
from pendopo.office.actions.units import put_account_in_unit
from pendopo.office.forms.accounts import AccountForm, InviteForm, WorkbookForm
from pendopo.office.models import AgencyUnit
from pendopo.office.workbook import empty_workbook, read_workbook
from pendopo.people.actions import accounts as people
from pendopo.people.actions import invitations
from pendopo.people.actions.passwords import offer_password_reset
from pendopo.people.authentication import confirmed, permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.queries import open_invitation
from pendopo.people.rules import Duty, Permission
from pendopo.people.wording import DUTY_LABELS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
administrator = permission_required(Permission.MANAGE_ACCOUNTS)


@never_cache
@administrator
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """All accounts, by name."""
    rows = [
        {
            "account": account,
            "duties": [
                DUTY_LABELS[Duty(held.duty)]
                for held in account.duties.all()
                if held.duty in set(Duty)
            ],
            "is_invited": not account.has_usable_password(),
        }
        for account in queries.accounts()
    ]
    return render(request, "office/account_list.html", {"rows": rows})


@never_cache
@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def account_invite(request: HttpRequest) -> HttpResponse:
    """Invites somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = _invite(form.cleaned_data, request)
            messages.success(request, _("The invitation is made."))
            return redirect("staff-account", account_id=account.pk)
        except Refused as refused:
            form.add_error("email", refused.sentence)
    status = 422 if form.errors else 200
    return render(request, "office/account_invite.html", {"form": form}, status=status)


@transaction.atomic
def _invite(values: dict[str, Any], request: HttpRequest) -> Account:
    actor, unit = signed_in(request), values["unit"]
    invitation = invitations.invite_account(
        values["email"], values["name"], values["duties"], unit.name if unit else "", actor
    )
    put_account_in_unit(invitation.account, unit, actor)
    return invitation.account


def _account(account_id: str) -> Account:
    account = queries.accounts().filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found")
    return account


@never_cache
@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def account_change(request: HttpRequest, account_id: str) -> HttpResponse:
    """One account: its duties and unit, its invitation, and what else may be done with it."""
    account = _account(account_id)
    held = getattr(account, "membership", None)
    initial = {
        "duties": [each.duty for each in account.duties.all()],
        "unit": held.unit if held else None,
    }
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                people.set_duties(account, form.cleaned_data["duties"], signed_in(request))
                put_account_in_unit(account, form.cleaned_data["unit"], signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("staff-account", account_id=account.pk)
        except Refused as refused:
            form.add_error("duties", refused.sentence)
    invitation = open_invitation(account)
    context = {
        "form": form,
        "account": account,
        "positions": queries.positions().filter(account=account),
        "invitation": invitation,
        "link": invitations.invitation_link(invitation) if invitation else "",
        "is_taken_over": account.has_usable_password() or account.last_login is not None,
        "is_me": account.pk == signed_in(request).pk,
    }
    status = 422 if form.errors else 200
    return render(request, "office/account.html", context, status=status)


@transaction.atomic
def _call_off(account: Account, actor: Account) -> None:
    """Revokes the invitation, and puts the account that nobody took over out of use."""
    invitations.revoke_invitation(account, actor)
    if not account.has_usable_password() and account.last_login is None:
        people.deactivate_account(account, actor)


WISHES = {
    "undang": invitations.renew_invitation,
    "batal-undang": _call_off,
    "nonaktif": people.deactivate_account,
    "aktif": people.reactivate_account,
    "pengaman": people.reset_second_factor,
}


@administrator
@require_POST
@confirmed
def account_act(request: HttpRequest, account_id: str, wish: str) -> HttpResponse:
    """Does one thing to an account: one of :data:`WISHES`."""
    if wish not in WISHES:
        raise Refused("not_found")
    if str(account_id) == str(signed_in(request).pk):
        raise Refused("not_on_oneself")
    try:
        WISHES[wish](_account(account_id), signed_in(request))
        messages.success(request, _("Done."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("staff-account", account_id=account_id)


@never_cache
@administrator
@require_POST
@confirmed
def account_password(request: HttpRequest, account_id: str) -> HttpResponse:
    """Makes a link by which its owner sets a new password, and shows it once.

    One's own password is changed on the account page, which asks for the present one.
    """
    account = _account(account_id)
    if account.pk == signed_in(request).pk:
        raise Refused("not_on_oneself")
    try:
        link = offer_password_reset(account, signed_in(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("staff-account", account_id=account_id)
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    context = {"account": account, "link": link, "hours": hours}
    return render(request, "office/account_password.html", context)


@never_cache
@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def account_import(request: HttpRequest) -> HttpResponse:
    """Units and accounts by workbook."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            problems = take_workbook(request, form.cleaned_data["workbook"])
            if not problems:
                return redirect("staff-list")
        except Refused as refused:
            form.add_error("workbook", refused.sentence)
    status = 422 if form.errors or problems else 200
    context = {"form": form, "problems": problems}
    return render(request, "office/account_import.html", context, status=status)


def take_workbook(request: HttpRequest, upload: Any) -> list[str]:
    """Takes an uploaded workbook over, with a message that counts; else what is wrong in it."""
    known = {name.lower() for name in AgencyUnit.objects.values_list("name", flat=True)}
    filled = read_workbook(upload, known)
    if not filled.problems:
        done = import_workbook(filled, signed_in(request))
        counts = {"units": done.units, "accounts": done.accounts, "rest": done.left_alone}
        text = _(
            "%(units)s units and %(accounts)s accounts were made; %(rest)s were there already."
        )
        messages.success(request, text % counts)
    return filled.problems


@administrator
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="unit-dan-akun.xlsx"'}
    return HttpResponse(empty_workbook(), content_type=XLSX, headers=headers)
