"""Registering a letter that comes after its request went ahead on the urgent path.

All other letters are registered on the desk.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.forms.registration import RegistrationForm
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.rules.requests import Register
from pendopo.intake.rules.states import may_register_late
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission


def awaits_register(case: ServiceRequest) -> bool:
    """Whether the request went ahead and its letter is not in the register yet."""
    return may_register_late(
        case.state,
        is_authorised=case.authorised_at is not None,
        is_registered=hasattr(case, "incoming"),
    )


@never_cache
@permission_required(Permission.REGISTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, number: str) -> HttpResponse:
    """The fields of the register; what is refused stands on the page, with what was typed."""
    account = signed_in(request)
    case = request_numbered(account, number)
    if not awaits_register(case):
        messages.error(request, Refused("step_not_possible").sentence)
        return redirect("request-detail", number=number)
    data = request.POST if request.method == "POST" else None
    external = the_policy().register == Register.EXTERNAL
    form = RegistrationForm(data, case, is_external=external)
    status = 200 if data is None else 422
    if data is not None and form.is_valid():
        try:
            letter = register_letter(case, form.registration(), account)
            said = _("%(number)s has the agenda number %(agenda)s.")
            messages.success(request, said % {"number": number, "agenda": letter.shown_number})
            return redirect("request-detail", number=number)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
    context = {"case": case, "form": form}
    return render(request, "intake/requests/register.html", context, status=status)
