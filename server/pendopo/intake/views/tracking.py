"""The page of a requester, by the tracking code: no account, and nothing of other requests."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.files.responses import file_response
from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.drafts import attach_letter
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.forms.tracking import AnswerForm, FindForm, LetterForm, ReasonForm
from pendopo.intake.limits import count_upload
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries import tracking as queries
from pendopo.intake.rules.states import RequestState
from pendopo.intake.rules.tracking import doors, outlook
from pendopo.intake.tracking_words import MILESTONES, NEXT, STAGE_ICONS, STAGE_TONES, STAGES

View = Callable[..., HttpResponse]


class FindThrottle(AddressThrottle):
    """Limits guessing from one address."""

    scope = "track"


def private(response: HttpResponse) -> HttpResponse:
    """Found by no search engine, and its address is told to no other site."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def by_code(view: View) -> View:
    """Hands the view the request that the code opens; nothing of the answer is kept or found."""

    @never_cache
    @functools.wraps(view)
    def opened(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        return private(view(request, queries.tracked(code), **more))

    return opened


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and code lead to the page; which of them was wrong is not said."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not FindThrottle("30/m").allow_request(request):
            raise Refused("too_many_requests")
        try:
            found = queries.found_by(form.cleaned_data["number"], form.cleaned_data["code"])
            return redirect("request-tracking", code=found.tracking_code)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    status = 422 if form.errors else 200
    return private(render(request, "intake/tracking/find.html", {"form": form}, status=status))


@by_code
@require_safe
def tracking(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Where it stands, what comes next, by when, and what the requester may do."""
    return _page(request, case)


def _page(request: HttpRequest, case: ServiceRequest, **forms: Form) -> HttpResponse:
    found = queries.tracking_of(case)
    seen = outlook(found.standing)
    context = {
        "case": case,
        "found": found,
        "outlook": seen,
        "title": STAGES[seen.stage],
        "next": NEXT[seen.stage],
        "icon_name": STAGE_ICONS[seen.stage],
        "tone": STAGE_TONES[seen.stage],
        "steps": [(MILESTONES[step], at) for step, at in found.steps],
        "may": {door.value: True for door in doors(found.standing)},
        "answer_form": forms.get("answer", AnswerForm()),
        "letter_form": forms.get("letter", LetterForm(auto_id="letter_%s")),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "intake/tracking/request.html", context, status=status)


def _back(case: ServiceRequest) -> HttpResponse:
    return redirect("request-tracking", code=case.tracking_code)


def _count_uploads(request: HttpRequest, case: ServiceRequest) -> None:
    if request.FILES:
        count_upload(request, case)


@by_code
@require_POST
def answer(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Answers the office's question; what is refused stands on the page, with what was typed."""
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _count_uploads(request, case)
            decisions.answer(case, form.cleaned_data["text"], form.cleaned_data["papers"])
            messages.success(request, _("Thank you. The office has your answer."))
            return _back(case)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            case.refresh_from_db()
    return _page(request, case, answer=form)


@by_code
@require_POST
def choose(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Takes one of the offered times, or none. Two clicks are one."""
    slot = request.POST.get("slot", "")
    try:
        if slot == "none":
            decisions.refuse_offer(case, request.POST.get("note", ""))
        elif slot.isdecimal() and len(slot) < 19:
            decisions.accept_offer(case, int(slot))
        else:
            raise Refused("slot_unknown")
    except Refused as refused:
        case.refresh_from_db()
        # The other click, or the other window, was quicker: what was wanted has happened.
        if refused.code not in {"offer_not_open", "request_moved_on"} or (
            case.state != RequestState.APPROVED
        ):
            messages.error(request, refused.sentence)
    return _back(case)


@by_code
@require_POST
def send_letter(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Takes the letter that was to follow."""
    form = LetterForm(request.POST, request.FILES, auto_id="letter_%s")
    if form.is_valid():
        try:
            _count_uploads(request, case)
            attach_letter(case, form.cleaned_data["papers"], requester_of(case))
            messages.success(request, _("Thank you. The letter is here."))
            return _back(case)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            case.refresh_from_db()
    return _page(request, case, letter=form)


@by_code
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Asks once more, and for the reason; then cancels. Where nothing can be cancelled it says why
    instead of asking."""
    if request.method != "POST" and (code := queries.refusal_to_cancel(case)):
        messages.error(request, Refused(code).sentence)
        return _back(case)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.cancel(case, form.cleaned_data["reason"], requester_of(case))
            return _back(case)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    status = 422 if form.errors else 200
    context = {"form": form, "case": case}
    return render(request, "intake/tracking/cancel.html", context, status=status)


@by_code
@require_safe
def letter(request: HttpRequest, case: ServiceRequest, document_id: UUID) -> HttpResponse:
    """A signed letter about this request, once it was sent."""
    document = queries.sent_letter(case, document_id)
    assert document.file is not None  # sent letters are chosen by it
    return file_response(document.file, download=True)
