"""The list of requests, and the page of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.decisions import confirm_contact
from pendopo.intake.actions.registration import receive_letter
from pendopo.intake.forms.requests import RequestFilter
from pendopo.intake.forms.tracking import LetterForm
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.dossier import dossier_of, is_late
from pendopo.intake.queries.request_pages import counts_of, filtered_requests, page_of
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.tracking import awaits_letter, can_cancel, sessions_of
from pendopo.intake.request_words import STEP_BUTTONS
from pendopo.intake.rules.states import steps_open_to
from pendopo.intake.views.registering import awaits_register
from pendopo.people.authentication import may, permission_required, signed_in
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

SEES_CONTACT = (Permission.REGISTER_LETTERS, Permission.DECIDE_REQUESTS)


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Sent requests, newest first, a page at a time; five queries however many there are."""
    form = RequestFilter(request.GET)
    wish = form.wish()
    rows = filtered_requests(signed_in(request), wish)
    page = page_of(rows, request.GET.get("cursor", "")[:120])
    further = request.GET.copy()
    further["cursor"] = page.next or ""
    context = {
        "form": form,
        "is_narrowed": bool(wish),
        "rows": [(row, is_late(row.state, row.answer_due)) for row in page.rows],
        "counts": counts_of(rows, searched=bool(wish.get("question"))),
        "further": further.urlencode() if page.next else "",
    }
    return render(request, "intake/requests/list.html", context)


def _step_doors(request: HttpRequest, case: ServiceRequest) -> list[dict[str, object]]:
    """The next steps that have a page here; register and disposition are on the desk."""
    steps = steps_open_to(
        case.state,
        permissions_for(signed_in(request)),
        can_cancel=can_cancel(case, sessions_of(case)),
    )
    return [
        {"step": step.value, "icon": icon_name, "words": words}
        for step, (icon_name, words) in STEP_BUTTONS.items()
        if step in steps
    ]


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_safe
def request_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The dossier: where it stands, what was done, and what comes next."""
    return _dossier(request, request_numbered(signed_in(request), number))


def _dossier(
    request: HttpRequest, case: ServiceRequest, form: LetterForm | None = None, status: int = 200
) -> HttpResponse:
    awaits = awaits_letter(case)
    if form is None and awaits and may(request, Permission.REGISTER_LETTERS):
        form = LetterForm(auto_id="letter_%s")
    context = {
        "case": case,
        "awaits_letter": awaits,
        "letter_form": form,
        "awaits_register": awaits_register(case),
        "letter": getattr(case, "incoming", None),
        "found": dossier_of(case, signed_in(request)),
        "doors": _step_doors(request, case),
        "sees_contact": may(request, *SEES_CONTACT),
    }
    return render(request, "intake/requests/detail.html", context, status=status)


@never_cache
@permission_required(Permission.REGISTER_LETTERS)
@require_POST
def letter_added(request: HttpRequest, number: str) -> HttpResponse:
    """Takes a letter that was still to come and reached the office on another way."""
    case = request_numbered(signed_in(request), number)
    form = LetterForm(request.POST, request.FILES, auto_id="letter_%s")
    status = 422
    if form.is_valid():
        try:
            receive_letter(case, form.cleaned_data["papers"], signed_in(request))
            messages.success(request, _("The letter is with the request now."))
            return redirect("request-detail", number=number)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
            case.refresh_from_db()
    return _dossier(request, case, form, status)


@never_cache
@permission_required(Permission.REGISTER_LETTERS)
@require_POST
def contact_confirmed(request: HttpRequest, number: str) -> HttpResponse:
    """Notes that the contact was reached; a second click changes nothing."""
    case = request_numbered(signed_in(request), number)
    confirm_contact(case, signed_in(request))
    messages.success(request, _("Noted: the contact was reached."))
    return redirect("request-detail", number=number)
