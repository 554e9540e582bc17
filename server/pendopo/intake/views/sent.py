"""The page after sending: the number, what happens next, and the code that confirms the contact."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.link import chat_link
from pendopo.gateways.whatsapp.numbers import normalised
from pendopo.intake import limits
from pendopo.intake.actions.confirmation import confirm_by_code, send_code, way_to_confirm
from pendopo.intake.forms.wizard import CodeForm
from pendopo.intake.models import ContactCode, ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.requests import request_by_code
from pendopo.intake.rules.confirmation import CodeWay, Verdict
from pendopo.intake.views.wizard_pages import share_link


@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """The number of a sent request; a draft leads back to where it is gone on with."""
    row = request_by_code(code)
    if row.number is None:
        return redirect("request-resume", row.tracking_code)
    return render(request, "intake/wizard/sent.html", _context(row))


def _context(row: ServiceRequest, form: CodeForm | None = None) -> dict[str, Any]:
    tracking = f"{settings.BASE_URL}{_tracking_path(row)}"
    note = _("My request %(number)s. To follow it: %(link)s") % {
        "number": row.number,
        "link": tracking,
    }
    number = normalised(the_policy().whatsapp)
    hello = _("This is the WhatsApp number of request %(number)s.") % {"number": row.number}
    return {
        "row": row,
        "tracking": tracking,
        "tracking_path": _tracking_path(row),
        "share": share_link(note),
        "to_office": chat_link(number, hello) if number else "",
        "way": way_to_confirm(row),
        "by_mail": CodeWay.MAIL,
        "code_sent": ContactCode.objects.filter(request=row).first(),
        "form": form or CodeForm(),
    }


def _tracking_path(row: ServiceRequest) -> str:
    try:
        return reverse("request-tracking", args=[row.tracking_code])
    except NoReverseMatch:
        return reverse("request-sent", args=[row.tracking_code])


@never_cache
@require_POST
def contact_code(request: HttpRequest, code: str) -> HttpResponse:
    """Sends a code to the contact, or takes the one that was typed."""
    row = request_by_code(code)
    if row.number is None:
        raise Refused("request_not_found")
    if "typed" in request.POST:
        return _taken(request, row)
    try:
        limits.count_code(request, row)
        send_code(row)
        messages.success(request, _("The code is on its way."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("request-sent", row.tracking_code)


def _taken(request: HttpRequest, row: ServiceRequest) -> HttpResponse:
    limits.count_try(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        said = confirm_by_code(row, form.cleaned_data["typed"])
        if said is Verdict.RIGHT:
            messages.success(request, _("Thank you. Your contact is confirmed."))
            return redirect("request-sent", row.tracking_code)
        form.add_error("typed", str(_REMEDIES[said]()))
    return render(request, "intake/wizard/sent.html", _context(row, form), status=422)


_REMEDIES = {
    Verdict.WRONG: lambda: _("This is not the code. Look at the newest message once more."),
    Verdict.EXPIRED: lambda: _("This code is over. Ask for a new one."),
    Verdict.TOO_MANY_TRIES: lambda: _("Five wrong codes were typed. Ask for a new one."),
}
