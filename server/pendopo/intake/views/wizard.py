"""The four screens of a request for a villager's phone: with script or without, signal or not.

A program's answer (``Accept: application/json``) is for the script of the same page, which keeps
what was typed on the phone and hands it over screen by screen.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import HEADER, answer_once
from pendopo.foundation.templatetags.times import local_clock
from pendopo.intake import limits
from pendopo.intake.actions.drafts import checked_papers, start_draft
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.forms.sheets import Errors, Sheets, errors_of
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.requests import request_by_code
from pendopo.intake.queries.wizard import unfinished_screen
from pendopo.intake.rules.states import RequestState
from pendopo.intake.rules.wizard import Screen, after
from pendopo.intake.views.wizard_pages import action_of, filled_from, page_of, sheets_of
from pendopo.intake.views.wizard_saving import save_letter, save_sheet
from pendopo.people.authentication import account_of

POSTED = require_http_methods(["GET", "HEAD", "POST"])


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _refused(refused: Refused, **more: Any) -> JsonResponse:
    body = {"refusal": refused.sentence, "code": refused.code, **more}
    return JsonResponse(body, status=refused.status)


def _saved(draft: ServiceRequest, screen: Screen) -> JsonResponse:
    return JsonResponse(
        {
            "code": draft.tracking_code,
            "saved_at": local_clock(clock.now()),
            "next": action_of(after(screen), draft),
        }
    )


def _json_refusals(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """For the script, a refusal is JSON and says where a sent request stands."""

    @functools.wraps(view)
    def answered(request: HttpRequest, code: str = "") -> HttpResponse:
        try:
            return view(request, code)
        except Refused as refused:
            if not _wants_json(request):
                raise
            sent = reverse("request-sent", args=[code]) if code else ""
            is_sent = refused.code == "request_sent_already"
            return _refused(refused, **({"sent": sent} if is_sent else {}))

    return answered


@never_cache
@ensure_csrf_cookie
@POSTED
@_json_refusals
def start(request: HttpRequest, code: str = "") -> HttpResponse:
    """The first screen; a draft is made when it is handed over, once for an idempotency key."""
    sheets = sheets_of(request, None, posted=Screen.LETTER if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "intake/wizard/wizard.html", page_of(request, None, sheets))
    errors = errors_of(sheets, Screen.LETTER)
    if not errors:
        try:
            return _started(request, sheets)
        except Refused as refused:
            errors = _as_errors(refused, sheets)
    return _shown_again(request, None, sheets, errors)


def _started(request: HttpRequest, sheets: Sheets) -> HttpResponse:
    limits.count_start(request)
    if request.FILES:
        limits.count_first_upload(request)
    key = request.headers.get(HEADER, "")[:200]

    def begin() -> tuple[int, Any]:
        return 201, {"code": start_draft(account=account_of(request)).tracking_code}

    with checked_papers(sheets.letter.cleaned_data["letter"]) as paper, transaction.atomic():
        _, made = answer_once("request-form", key, "start", begin) if key else begin()
        draft = request_by_code(made["code"])
        # Also when it was begun before: the first answer may have been lost, and the photo chosen
        # since then.
        if draft.state == RequestState.DRAFT:
            save_letter(draft, sheets, paper)
    if not _wants_json(request):
        return redirect(action_of(Screen.WHO, draft))
    return _saved(draft, Screen.LETTER)


def _as_errors(refused: Refused, sheets: Sheets) -> Errors:
    """What is wrong with a file stands under its field, everything else on top of the screen."""
    about_file = refused.code.startswith(("file", "picture_", "too_many_files"))
    if about_file:
        sheets.letter.add_error("letter", refused.sentence)
        return {"letter": [refused.sentence]}
    if refused.status == 429 or refused.code == "request_sent_already":
        raise refused
    return {"": [refused.sentence]}


def _shown_again(
    request: HttpRequest, draft: ServiceRequest | None, sheets: Sheets, errors: Errors
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"errors": errors}, status=422)
    context = page_of(request, draft, sheets, refusal="".join(errors.get("", [])))
    return render(request, "intake/wizard/wizard.html", context, status=422)


def _screen(request: HttpRequest, code: str, screen: Screen) -> HttpResponse:
    draft = request_by_code(code)
    if draft.state != RequestState.DRAFT:
        if request.method != "POST" or screen is Screen.CHECK:
            return _to_sent(request, draft)
        raise Refused("request_sent_already")
    posted = screen if request.method == "POST" else None
    sheets = sheets_of(request, draft, posted=posted)
    if posted is None:
        context = page_of(request, draft, sheets, screen=screen)
        return render(request, "intake/wizard/wizard.html", context)
    if screen is Screen.EVENT and {"fill", "add_day"} & request.POST.keys():
        sheets = filled_from(request, draft)
        context = page_of(request, draft, sheets, screen=screen)
        return render(request, "intake/wizard/wizard.html", context)
    return _handed_over(request, draft, screen, sheets)


def _handed_over(
    request: HttpRequest, draft: ServiceRequest, screen: Screen, sheets: Sheets
) -> HttpResponse:
    errors = errors_of(sheets, screen)
    if errors:
        return _shown_again(request, draft, sheets, errors)
    try:
        if screen is Screen.LETTER and request.FILES:
            limits.count_upload(request, draft)
        save_sheet(draft, screen, sheets, request.POST.get("privacy_version", ""))
        if screen is Screen.CHECK:
            return _sent(request, draft)
    except Refused as refused:
        if screen is Screen.CHECK and refused.code == "request_sent_already":
            draft.refresh_from_db()
            return _to_sent(request, draft)
        return _shown_again(request, draft, sheets, _as_errors(refused, sheets))
    if _wants_json(request):
        return _saved(draft, screen)
    return redirect(action_of(after(screen), draft))


def _sent(request: HttpRequest, draft: ServiceRequest) -> HttpResponse:
    try:
        submit_request(draft)
    except Refused as refused:
        # Pressed twice, or in two tabs: it is sent, with one number.
        draft.refresh_from_db()
        if draft.number is None or refused.code == "request_incomplete":
            raise
    return _to_sent(request, draft)


def _to_sent(request: HttpRequest, draft: ServiceRequest) -> HttpResponse:
    address = reverse("request-sent", args=[draft.tracking_code])
    if _wants_json(request):
        return JsonResponse({"number": draft.number, "sent": address})
    return redirect(address)


@never_cache
@ensure_csrf_cookie
@POSTED
@_json_refusals
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The letter of a draft."""
    return _screen(request, code, Screen.LETTER)


@never_cache
@ensure_csrf_cookie
@POSTED
@_json_refusals
def who(request: HttpRequest, code: str) -> HttpResponse:
    """Who asks."""
    return _screen(request, code, Screen.WHO)


@never_cache
@ensure_csrf_cookie
@POSTED
@_json_refusals
def event(request: HttpRequest, code: str) -> HttpResponse:
    """What is held, and when."""
    return _screen(request, code, Screen.EVENT)


@never_cache
@ensure_csrf_cookie
@POSTED
@_json_refusals
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything once more, and sending it."""
    return _screen(request, code, Screen.CHECK)


@never_cache
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the first screen with something missing, or to the end page."""
    draft = request_by_code(code)
    if draft.state != RequestState.DRAFT:
        return redirect("request-sent", draft.tracking_code)
    return redirect(action_of(unfinished_screen(draft), draft))
