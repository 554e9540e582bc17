"""Entering a letter that came on paper, by WhatsApp or by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.registration import enter_letter
from pendopo.intake.forms.entering import EnteredLetter
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission


@never_cache
@permission_required(Permission.REGISTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def request_enter(request: HttpRequest) -> HttpResponse:
    """One page; what is refused stands on it, with what was typed."""
    if request.method != "POST":
        return render(request, "intake/requests/enter.html", {"sheet": EnteredLetter()})
    sheet = EnteredLetter(request.POST, request.FILES)
    if sheet.is_valid():
        try:
            made = enter_letter(
                sheet.way, sheet.values(), sheet.times(), sheet.uploads, signed_in(request)
            )
            messages.success(request, _("Entered. It waits to be registered."))
            return redirect("request-detail", number=made.number)
        except Refused as refused:
            sheet.letter.add_error(None, refused.sentence)
    context = {"sheet": sheet, "files_are_gone": bool(request.FILES)}
    return render(request, "intake/requests/enter.html", context, status=422)
