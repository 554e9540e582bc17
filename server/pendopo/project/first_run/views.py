"""The pages of the first run."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_id
from pendopo.gateways.mail.sending import mail_is_set, send_mail
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.queries import meetings_of
from pendopo.office.actions.decisions import (
    change_office,
    create_office,
    finish_first_run,
    note_test_mail,
)
from pendopo.office.actions.emblem import set_emblem
from pendopo.office.forms.accounts import WorkbookForm
from pendopo.office.queries import the_office
from pendopo.office.views.accounts import take_workbook
from pendopo.people.actions.accounts import create_account, one_administrator_at_a_time
from pendopo.people.actions.sign_in_policy import change_sign_in_policy
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Duty, Permission
from pendopo.people.sign_in import sign_in_as
from pendopo.project.first_run import forms, steps
from pendopo.schedule.actions import save_room
from pendopo.schedule.models import Room
from pendopo.schedule.queries import rooms
from pendopo.schedule.rules import RoomKind

MAY_START = "first_run"  # in the session of whoever opened the link
View = Callable[..., HttpResponse]
Checked = Callable[..., HttpResponseBase]


def _page(request: HttpRequest, step: str, status: int = 200, **more: Any) -> HttpResponse:
    names = [each.name for each in steps.STEPS]
    context = {
        "step": steps.STEPS[names.index(step)],
        "number": names.index(step) + 1,
        "steps": steps.STEPS,
        **more,
    }
    return render(request, f"project/first_run/{step}.html", context, status=status)


def step(name: str) -> Callable[[View], Checked]:
    """A page of the first run: for the administrator, in order, and only until it is finished."""

    def decorate(view: View) -> Checked:
        @never_cache
        @permission_required(Permission.CHANGE_OFFICE)
        @wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            if not steps.is_first_run():
                raise Refused("first_run_is_over")
            account = signed_in(request)
            if not steps.may_open(name, account):
                return redirect(f"first-run-{steps.earliest_step(account)}")
            return view(request)

        return checked

    return decorate


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The link that the terminal printed: makes the administrator, once; then it leads to the step
    that comes next, for who signs in.

    Raises ``Refused('first_run_link_invalid')``.
    """
    if not steps.opens(request.GET.get("kunci", "")):
        raise Refused("first_run_link_invalid")
    if steps.has_administrator():
        return redirect("first-run-factor")
    request.session.cycle_key()
    request.session[MAY_START] = True
    return redirect("first-run-account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Makes the administrator's account and signs in."""
    if not request.session.get(MAY_START) or steps.has_administrator():
        raise Refused("first_run_link_invalid")
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with transaction.atomic():
            one_administrator_at_a_time()
            if steps.has_administrator():  # somebody else was faster
                raise Refused("first_run_link_invalid")
            made = create_account(
                values["email"],
                values["password"],
                values["name"],
                [Duty.ADMINISTRATOR, Duty.HOST],
            )
            change_sign_in_policy({"staff_need_mfa": True}, made)
            sign_in_as(request, made, "first_run")
        return redirect("first-run-factor")
    return _page(request, "account", 422 if form.errors else 200, form=form)


@step("factor")
@require_safe
def factor(request: HttpRequest) -> HttpResponse:
    """Leads to the set-up of a second factor; once there is one, to the next step."""
    if steps.earliest_step(signed_in(request)) != "factor":
        return redirect("first-run-office")
    return _page(request, "factor")


@step("office")
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Name and emblem of the office."""
    known = the_office()
    initial = {"name": known.name, "service_name": known.service_name} if known else None
    form = forms.OfficeForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _keep_office(form.cleaned_data, request)
            return redirect("first-run-people")
        except Refused as refused:
            form.add_error("emblem", refused.sentence)
    return _page(request, "office", 422 if form.errors else 200, form=form)


@transaction.atomic
def _keep_office(values: dict[str, Any], request: HttpRequest) -> None:
    actor = signed_in(request)
    create_office(values["name"], values["service_name"], actor)
    change_office({"name": values["name"], "service_name": values["service_name"]}, actor)
    if values["emblem"]:
        set_emblem(values["emblem"], actor)


@step("people")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Units and accounts by workbook, or later by hand."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            problems = take_workbook(request, form.cleaned_data["workbook"])
            if not problems:
                return redirect("first-run-line")
        except Refused as refused:
            form.add_error("workbook", refused.sentence)
    status = 422 if form.errors or problems else 200
    return _page(request, "people", status, form=form, problems=problems)


@step("line")
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest) -> HttpResponse:
    """The line to the internet, and the first rooms."""
    form = forms.LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep_line(form.cleaned_data, request)
            return redirect("first-run-trial")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _page(request, "line", 422 if form.errors else 200, form=form, rooms=rooms())


@transaction.atomic
def _keep_line(values: dict[str, Any], request: HttpRequest) -> None:
    actor = signed_in(request)
    change_office(
        {name: values[name] for name in ("uplink_mbps", "uplink_headroom_percent")}, actor
    )
    wanted = (
        (values["hall"], RoomKind.PHYSICAL, values["hall_people"]),
        (values["virtual"], RoomKind.VIRTUAL, values["virtual_people"]),
    )
    for name, kind, seats in wanted:
        # Going back and forth makes no room twice.
        if name and not rooms().filter(name__iexact=name).exists():
            save_room(Room(name=name, kind=kind, people=seats), actor)


@step("trial")
@require_safe
def trial(request: HttpRequest) -> HttpResponse:
    """Test mail, test meeting, and the end of the first run."""
    context: dict[str, Any] = {
        "mail_is_set": mail_is_set(),
        "address": signed_in(request).email,
        "meeting": meetings_of(signed_in(request)).order_by("-created_at").first(),
    }
    return _page(request, "trial", **context)


@step("trial")
@require_POST
def trial_mail(request: HttpRequest) -> HttpResponse:
    """Sends a mail to the administrator now, so that a wrong setting shows at once."""
    to, words = signed_in(request).email, _("If you can read this, mail works.")
    try:
        send_mail(to, _("Test mail of Pendopo"), words, f"trial-{new_id()}")
        note_test_mail(signed_in(request))
        messages.success(request, _("The mail was handed over. Look into your mailbox."))
    except OSError as error:
        messages.error(
            request,
            _("The mail server refused: %(error)s. Correct the PENDOPO_MAIL settings.")
            % {"error": error},
        )
    return redirect("first-run-trial")


@step("trial")
@require_POST
def trial_meeting(request: HttpRequest) -> HttpResponse:
    """Makes a meeting and leads into it."""
    made = create_meeting(signed_in(request), _("Trial meeting"))
    return redirect("join", slug=made.slug)


@step("trial")
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Ends the first run: the office is open."""
    finish_first_run(signed_in(request))
    messages.success(request, _("The office is set up. All of it can be changed here later."))
    return redirect("office-settings")
