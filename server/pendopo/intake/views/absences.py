"""Absences: while somebody is away, the deputy works at their desk, too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.absences import end_absence, may_note_for_others, note_absence
from pendopo.intake.forms.absences import AbsenceForm
from pendopo.intake.queries.absences import absences_for
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

has_a_desk = permission_required(Permission.DISPOSE_LETTERS)


@never_cache
@has_a_desk
@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """Those that are not over: one's own and those one stands in for; for some, everybody's."""
    account = signed_in(request)
    everybody = may_note_for_others(account)
    rows = absences_for(account, of_everybody=everybody)
    context = {
        "rows": [(row, everybody or row.account_id == account.pk) for row in rows],
        "everybody": everybody,
    }
    return render(request, "intake/requests/absence_list.html", context)


@never_cache
@has_a_desk
@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: HttpRequest) -> HttpResponse:
    """Notes an absence; what is refused stands on the form."""
    account = signed_in(request)
    form = AbsenceForm(
        request.POST or None, for_others=may_note_for_others(account), account=account
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        holder = given.get("holder") or account
        try:
            note_absence(holder, given["deputy"], given["first_day"], given["last_day"], account)
            messages.success(request, _("Noted. The deputy sees the desk on these days."))
            return redirect("absence-list")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    status = 422 if form.errors else 200
    return render(request, "intake/requests/absence.html", {"form": form}, status=status)


@has_a_desk
@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an absence back; a second click changes nothing."""
    account = signed_in(request)
    rows = absences_for(account, of_everybody=may_note_for_others(account))
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is not None:
        end_absence(found, account)
        messages.success(request, _("Taken back. The desk is the holder's alone again."))
    return redirect("absence-list")
