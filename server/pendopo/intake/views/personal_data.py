"""What the office does about personal data: holds, wishes for erasure, the words of the notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import privacy
from pendopo.intake.forms.privacy import HoldForm, NoticeForm
from pendopo.intake.queries import privacy as queries
from pendopo.intake.queries.policy import the_policy
from pendopo.people.authentication import confirmed, permission_required, signed_in
from pendopo.people.rules import Permission

SHOWN = 50
eraser = permission_required(Permission.ERASE_PERSONS)


@never_cache
@eraser
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Wishes that wait, holds that stand, what is restricted, what the next night erases."""
    return _overview(request, HoldForm())


def _overview(request: HttpRequest, form: HoldForm) -> HttpResponse:
    due = queries.due_for_erasure(SHOWN + 1)
    context = {
        "form": form,
        "wishes": queries.open_erasure_wishes(),
        "holds": queries.standing_holds(),
        "restricted": queries.restricted_requests()[:SHOWN],
        "due": due[:SHOWN],
        "more_due": len(due) > SHOWN,
        "years": the_policy().kept_years,
        "now": clock.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "intake/privacy/overview.html", context, status=status)


@eraser
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Keeps the data of a request until the hold is lifted."""
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            case = queries.request_to_hold(form.cleaned_data["number"])
            privacy.place_hold(case, form.cleaned_data["reason"], signed_in(request))
            messages.success(request, _("The hold stands. Nothing of this request is erased."))
            return redirect("personal-data")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return _overview(request, form)


@eraser
@require_POST
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Ends a hold; a second click finds it done."""
    privacy.lift_hold(hold_id, signed_in(request))
    messages.success(request, _("The hold is lifted."))
    return redirect("personal-data")


@eraser
@require_POST
@confirmed
def grant(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Erases what a requester wants erased. It can not be undone, so it is confirmed once more."""
    try:
        privacy.grant_erasure(queries.erasure_wish(wish_id), signed_in(request))
        messages.success(request, _("Erased."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("personal-data")


@eraser
@require_POST
def deny(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Says why the data stay; the requester reads it on their page."""
    wish = queries.erasure_wish(wish_id)
    try:
        privacy.deny_erasure(wish, request.POST.get("answer", ""), signed_in(request))
        messages.success(request, _("The requester reads your answer on the page of the request."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("personal-data")


@never_cache
@permission_required(Permission.CHANGE_SERVICE, Permission.CHANGE_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The next version of the notice. What two people write at once is shown to the second."""
    now_holds = queries.current_notice()
    initial = {
        "text": now_holds.text,
        "text_english": now_holds.text_english,
        "seen": now_holds.version,
    }
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = privacy.publish_notice(
                given["text"], given["text_english"], given["seen"], signed_in(request)
            )
            messages.success(
                request, _("Version %(version)s holds now.") % {"version": made.version}
            )
            return redirect("privacy-notice")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"form": form, "notice": now_holds}
    status = 422 if form.errors else 200
    return render(request, "intake/privacy/edit.html", context, status=status)
