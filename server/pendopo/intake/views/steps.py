"""A page for each step that staff take with a request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.forms import steps as forms
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.dossier import duplicates_seen
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.tracking import refusal_to_cancel
from pendopo.intake.request_words import STEP_BUTTONS, STEP_CONSEQUENCES
from pendopo.intake.rules.decisions import moved_to
from pendopo.intake.rules.states import Step, may_follow, permits
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission
from pendopo.schedule.rules import Slot

Take = Callable[[ServiceRequest, Any, Account], object]


@dataclass(frozen=True)
class StepPage:
    """What is asked for a step, and the action that takes it."""

    form: type[forms.StepForm]
    take: Take


def _said(form: forms.StepForm) -> str:
    return str(form.cleaned_data.get("note", ""))


def _offer(case: ServiceRequest, form: forms.OfferForm, account: Account) -> object:
    asked = [Slot(each.starts_at, each.ends_at) for each in case.slots.all()]
    choices = [moved_to(asked, first) for first in forms.filled_slots(form.slots)]
    return decisions.offer(case, choices, _said(form), account)


def _reject(case: ServiceRequest, form: forms.RejectForm, account: Account) -> None:
    decisions.reject(case, list(form.cleaned_data["reasons"]), _said(form), account)


STEP_PAGES = {
    Step.AUTHORISE: StepPage(
        forms.AuthoriseForm, lambda case, form, by: decisions.authorise(case, _said(form), by)
    ),
    Step.REVIEW: StepPage(
        forms.ReviewForm, lambda case, form, by: decisions.start_review(case, by)
    ),
    Step.ASK: StepPage(forms.AskForm, lambda case, form, by: decisions.ask(case, _said(form), by)),
    Step.OFFER: StepPage(forms.OfferForm, _offer),
    Step.APPROVE: StepPage(
        forms.ApproveForm, lambda case, form, by: decisions.approve(case, by, _said(form))
    ),
    Step.REJECT: StepPage(forms.RejectForm, _reject),
    Step.CANCEL: StepPage(
        forms.CancelForm, lambda case, form, by: decisions.cancel(case, _said(form), by)
    ),
}


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def request_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """One step. What is refused stands on the page, with what was typed."""
    wanted = _step_named(step)
    account = signed_in(request)
    case = request_numbered(account, number)
    if not permits(wanted, permissions_for(account)):
        raise Refused("not_allowed")
    if request.method == "POST":
        return _take(request, case, wanted)
    if code := _refusal_of(wanted, case):
        messages.error(request, Refused(code).sentence)
        return redirect("request-detail", number=number)
    return _page(request, case, wanted, STEP_PAGES[wanted].form())


def _refusal_of(step: Step, case: ServiceRequest) -> str:
    if step is Step.CANCEL:
        return refusal_to_cancel(case)
    return "" if may_follow(step, case.state) else "step_not_possible"


def _step_named(name: str) -> Step:
    found = next((step for step in STEP_PAGES if step.value == name), None)
    if found is None:
        raise Refused("not_found")
    return found


def _take(request: HttpRequest, case: ServiceRequest, step: Step) -> HttpResponse:
    page = STEP_PAGES[step]
    form = page.form(request.POST)
    if form.is_valid():
        try:
            page.take(case, form, signed_in(request))
            messages.success(request, _("Done. It stands in the time line below."))
            return redirect("request-detail", number=case.number)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            case.refresh_from_db()
            return _page(request, case, step, form, refused.status)
    return _page(request, case, step, form, 422)


def _page(
    request: HttpRequest,
    case: ServiceRequest,
    step: Step,
    form: forms.StepForm,
    status: int = 200,
) -> HttpResponse:
    icon_name, words = STEP_BUTTONS[step]
    context = {
        "case": case,
        "step": step.value,
        "title": words,
        "icon_name": icon_name,
        "about": STEP_CONSEQUENCES[step],
        "is_bad": step in {Step.REJECT, Step.CANCEL},
        "form": form,
        "slots": getattr(form, "slots", None),
        "asked_for": list(case.slots.all()),
        "duplicates": duplicates_seen(case, signed_in(request)) if step == Step.APPROVE else [],
    }
    return render(request, "intake/requests/step.html", context, status=status)
