"""The notice about personal data, and what a requester sees and does about their own."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.intake.actions import privacy
from pendopo.intake.forms.privacy import ErasureForm
from pendopo.intake.models import PrivacyNotice, ServiceRequest
from pendopo.intake.privacy_text import parts
from pendopo.intake.purpose_words import use_in_words
from pendopo.intake.queries import privacy as queries
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.views.tracking import by_code
from pendopo.journal.trails import sentence


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice that holds now."""
    return _notice_page(request, queries.current_notice())


@require_safe
def notice_version(request: HttpRequest, version: int) -> HttpResponse:
    """A notice as it was."""
    return _notice_page(request, queries.notice_version(version))


def _notice_page(request: HttpRequest, shown: PrivacyNotice) -> HttpResponse:
    versions = queries.notice_versions()
    english = get_language() == "en" and shown.text_english
    context = {
        "notice": shown,
        "parts": parts(shown.text_english if english else shown.text),
        # The office's own words may exist in Indonesian alone.
        "text_language": "en" if english else "id",
        "versions": versions,
        "newest": versions[0].version,
    }
    return render(request, "intake/privacy/notice.html", context)


@by_code
@require_safe
def data(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """All that is held about a requester: what for, on which basis, how long, and what was done."""
    return _data_page(request, case, ErasureForm())


def _data_page(request: HttpRequest, case: ServiceRequest, form: ErasureForm) -> HttpResponse:
    if request.method == "GET":
        privacy.note_data_read(case, "page")
    wishes = list(case.erasure_wishes.order_by("-made_at"))
    context = {
        "case": case,
        "held": _held(case),
        "trail": _trail(case),
        "wish": wishes[0] if wishes else None,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "intake/privacy/data.html", context, status=status)


def _held(case: ServiceRequest) -> list[dict[str, str]]:
    years = the_policy().kept_years
    return [
        {"field": each.field, "value": each.value, **use_in_words(each.field, years)}
        for each in queries.held_about(case)
    ]


def _trail(case: ServiceRequest) -> list[dict[str, Any]]:
    return [{"at": entry.at, "words": sentence(entry.kind)} for entry in queries.trail_of(case)]


@by_code
@require_safe
def data_file(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """The same for programs."""
    if request.method == "GET":
        privacy.note_data_read(case, "json")
    content = {
        "number": case.number,
        "privacy_version": case.privacy_version,
        "privacy_read_at": case.privacy_read_at,
        "restricted_at": case.restricted_at,
        "erased_at": case.erased_at,
        "time_zone_of_page": settings.TIME_ZONE,
        "held": _held(case),
        "trail": _trail(case),
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="data-{case.number}.json"'
    return response


@by_code
@require_POST
def restrict(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Stops the use of the data, or takes that back."""
    if "lift" in request.POST:
        privacy.lift_restriction(case)
        messages.success(request, _("We may use your data again to tell you of your request."))
    else:
        privacy.restrict(case)
        messages.success(request, _("From now on you get no messages of ours."))
    return redirect("request-data", code=case.tracking_code)


@by_code
@require_POST
def erasure(request: HttpRequest, case: ServiceRequest) -> HttpResponse:
    """Asks for erasure; a second wish is the first."""
    form = ErasureForm(request.POST)
    if form.is_valid():
        try:
            privacy.ask_for_erasure(case, form.cleaned_data["reason"])
            messages.success(
                request, _("The office has your wish and answers within 3 × 24 hours.")
            )
            return redirect("request-data", code=case.tracking_code)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _data_page(request, case, form)
