"""The organiser's page: after a one-time code, what an approved event needs and is told."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.gateways.ical.files import Method, calendar_file
from pendopo.intake.actions import organisers as actions
from pendopo.intake.forms.organisers import CodeForm, OrganiserForm
from pendopo.intake.limits import count_try
from pendopo.intake.models import Organiser, ServiceRequest
from pendopo.intake.organiser_cookie import is_remembered, remember_organiser
from pendopo.intake.preparation_words import ABOUT, SECTIONS
from pendopo.intake.queries import tracking as queries
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.rules.organisers import VALID_FOR
from pendopo.intake.rules.preparation import due_on, is_complete, is_late, sections_for
from pendopo.intake.rules.states import RequestState
from pendopo.intake.telling import calendar_of
from pendopo.intake.views.tracking import by_code, private
from pendopo.meetings.links import host_url, public_join_url
from pendopo.office.queries import office_or_default
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

View = Callable[..., HttpResponse]


def _approved(case: ServiceRequest) -> ServiceRequest:
    if case.state != RequestState.APPROVED:
        raise Refused("step_not_possible")
    return case


def by_key(view: View) -> View:
    """Hands the view request and organiser that the key of an organiser's own page opens."""

    @never_cache
    @functools.wraps(view)
    def opened(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
        organiser = queries.organiser_with_key(key)
        _approved(organiser.request)
        return private(view(request, organiser.request, organiser, **more))

    return opened


def by_organiser(view: View) -> View:
    """The same for whoever entered a code here; anybody else is asked for one."""

    @by_key
    @functools.wraps(view)
    def opened(
        request: HttpRequest, case: ServiceRequest, organiser: Organiser, **more: Any
    ) -> HttpResponse:
        if not is_remembered(request, organiser):
            return redirect("organiser-code", key=organiser.key)
        return view(request, case, organiser, **more)

    return opened


def _to_page(organiser: Organiser) -> HttpResponse:
    return redirect("organiser-page", key=organiser.key)


@by_code
@require_safe
def own_page(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """From the page of whoever asked to the requester's own page of the event."""
    return _to_page(actions.requester_as_organiser(_approved(case)))


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, case: ServiceRequest, organiser: Organiser) -> HttpResponse:
    """Sends a one-time code and takes it; five wrong tries are the end of a code."""
    form = CodeForm(request.POST if "digits" in request.POST else None)
    if request.method == "POST":
        count_try(request)
        if form.is_bound:
            if entered := _entered(organiser, form):
                return entered
        else:
            _send(request, organiser)
            return redirect(f"{request.path}?kode=dikirim")
    context = {
        "case": case,
        "form": form,
        "organiser": organiser,
        "masked": _masked(organiser),
        "has_code": form.is_bound or "kode" in request.GET,
    }
    status = 422 if form.errors else 200
    return render(request, "intake/organiser/door.html", context, status=status)


def _entered(organiser: Organiser, form: CodeForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.let_in(organiser, form.cleaned_data["digits"])
    except Refused as refused:
        form.add_error("digits", refused.sentence)
        return None
    response = _to_page(organiser)
    remember_organiser(response, organiser)
    return response


def _send(request: HttpRequest, organiser: Organiser) -> None:
    try:
        actions.send_organiser_code(organiser)
        messages.success(request, _("The code is on its way. It is valid for 15 minutes."))
    except Refused as refused:
        messages.error(request, refused.sentence)


def _masked(organiser: Organiser) -> str:
    whatsapp, email = organiser.reached_at
    name, _at, domain = email.partition("@")
    shown = [
        f"•••• {whatsapp[-3:]}" if whatsapp else "",
        f"{name[:1]}•••@{domain}" if email else "",
    ]
    return ", ".join(each for each in shown if each)


@by_organiser
@require_safe
def page(request: HttpRequest, case: ServiceRequest, organiser: Organiser) -> HttpResponse:
    """Links, invitation, who organises, and the technical preparation."""
    return _page(request, case, organiser, OrganiserForm())


def _page(
    request: HttpRequest, case: ServiceRequest, organiser: Organiser, form: OrganiserForm
) -> HttpResponse:
    sessions = queries.sessions_of(case)
    rows = [(each, getattr(each, "meeting", None)) for each in sessions]
    context = {
        "case": case,
        "organiser": organiser,
        "people": queries.organisers_of(case),
        "form": form,
        "sessions": [
            {
                "session": session,
                "join": public_join_url(meeting) if meeting else "",
                "host": host_url(request, meeting) if meeting else "",
            }
            for session, meeting in rows
        ],
        "invitation": _invitation(case, rows),
        **_preparation(case, sessions),
    }
    status = 422 if form.errors else 200
    return render(request, "intake/organiser/page.html", context, status=status)


def _invitation(case: ServiceRequest, rows: list[Any]) -> str:
    facts = {
        "case": case,
        "office": office_or_default(),
        "rows": [(each, public_join_url(meeting) if meeting else "") for each, meeting in rows],
    }
    with translation.override("id"):
        return render_to_string("intake/organiser/invitation.txt", facts).strip()


def _preparation(case: ServiceRequest, sessions: list[Any]) -> dict[str, Any]:
    preparation = queries.preparation_of(case)
    saved = queries.saved_sections(preparation)
    told = queries.told(case, preparation)
    sections = [
        {
            "slug": each.value,
            "title": SECTIONS[each],
            "about": ABOUT[each],
            "is_complete": is_complete(each, told, saved),
        }
        for each in sections_for(queries.occasion_of(case, saved))
    ]
    starts = [each.starts_at for each in sessions if each.starts_at]
    first = timezone.localtime(min(starts)).date() if starts else None
    open_ones = sum(not each["is_complete"] for each in sections)
    return {
        "sections": sections,
        "open_ones": open_ones,
        "due": due_on(first) if first else None,
        "is_late": bool(open_ones) and is_late(first, timezone.localdate()),
    }


@by_organiser
@require_safe
def calendar(request: HttpRequest, case: ServiceRequest, organiser: Organiser) -> HttpResponse:
    """The event for a calendar; it carries no host link."""
    entry = calendar_of(case, Method.PUBLISH)
    if entry is None:
        raise Refused("not_found")
    headers = {"Content-Disposition": f'attachment; filename="{case.number}.ics"'}
    return HttpResponse(calendar_file(entry), content_type="text/calendar", headers=headers)


@by_organiser
@require_POST
def add(request: HttpRequest, case: ServiceRequest, organiser: Organiser) -> HttpResponse:
    """One organiser more."""
    form = OrganiserForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_organiser(
                case, given["name"], (given["whatsapp"], given["email"]), organiser
            )
            messages.success(
                request,
                _("Added. They have been sent the address of their own page."),
            )
            return _to_page(organiser)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _page(request, case, organiser, form)


@by_organiser
@require_POST
def remove(
    request: HttpRequest, case: ServiceRequest, organiser: Organiser, organiser_id: UUID
) -> HttpResponse:
    """Takes somebody's access away at once."""
    try:
        actions.remove_organiser(queries.organiser_of(case, organiser_id), organiser)
        messages.success(request, _("Removed. This page is closed to them from now on."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return _to_page(organiser)


@never_cache
@permission_required(Permission.REGISTER_LETTERS, Permission.DECIDE_REQUESTS)
@require_POST
def code_for(request: HttpRequest, number: str) -> HttpResponse:
    """Makes a one-time code for who has neither mail nor WhatsApp at hand, and shows it once."""
    account = signed_in(request)
    case = request_numbered(account, number)
    wanted = request.POST.get("organiser", "")
    if wanted:
        organiser = queries.organiser_of(case, wanted)
    else:
        organiser = actions.requester_as_organiser(_approved(case))
    try:
        digits = actions.issue_organiser_code(case, organiser, account)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("request-detail", number=number)
    door = request.build_absolute_uri(reverse("organiser-code", args=[organiser.key]))
    context = {
        "case": case,
        "digits": digits,
        "spoken": "\u00a0".join(digits),
        "minutes": int(VALID_FOR.total_seconds() // 60),
        "door": door,
        "people": queries.organisers_of(case),
    }
    return render(request, "intake/organiser/code_for.html", {**context, "organiser": organiser})
