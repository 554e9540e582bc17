"""`/pengaturan/standar-layanan/` and `/pengaturan/dasar-hukum/`: what the service page tells."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.office import queries
from pendopo.office.actions import service_page as actions
from pendopo.office.forms.service_page import LegalBasisForm, StandardForm
from pendopo.office.models import LegalBasis, StandardText
from pendopo.office.rules.service_standard import StandardPart
from pendopo.office.service_standard import beginning_text, legal_rows, service_standard
from pendopo.office.wording import COMPLAINTS_LINK, STANDARD_TITLES
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

may_read = permission_required(Permission.READ_UNITS)
may_change = permission_required(Permission.CHANGE_SERVICE)


@never_cache
@may_read
@require_safe
def standard(request: HttpRequest) -> HttpResponse:
    """All parts of the service standard, as the public reads them."""
    return render(request, "office/standard.html", {"facts": service_standard()})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def standard_change(request: HttpRequest, part: str) -> HttpResponse:
    """The office's own words for a part."""
    found = _part(part)
    own = StandardText.objects.filter(part=found).first()
    form = StandardForm(request.POST or None, instance=own or _beginning(found))
    if request.method == "POST" and form.is_valid():
        actions.save_standard_text(form.save(commit=False), signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("standard")
    context = {"form": form, "part": found, "title": STANDARD_TITLES[found], "own": own}
    status = 422 if form.errors else 200
    return render(request, "office/standard_change.html", context, status=status)


@may_change
@require_POST
def standard_reset(request: HttpRequest, part: str) -> HttpResponse:
    """Back to the words of the beginning."""
    actions.reset_standard_text(_part(part), signed_in(request))
    messages.success(request, _("Saved."))
    return redirect("standard")


@never_cache
@may_read
@require_safe
def legal_list(request: HttpRequest) -> HttpResponse:
    """All legal bases with scope and status."""
    return render(request, "office/legal_list.html", {"rows": legal_rows()})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def legal_edit(request: HttpRequest, basis_id: str = "") -> HttpResponse:
    """Adds or changes a legal basis."""
    basis = _basis(basis_id) if basis_id else None
    form = LegalBasisForm(request.POST or None, instance=basis)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_legal_basis(form.save(commit=False), signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("legal-list")
        except Refused as refused:
            form.add_error("number", refused.sentence)
    context = {"form": form, "basis": basis}
    return render(request, "office/legal.html", context, status=422 if form.errors else 200)


@may_change
@require_POST
def legal_delete(request: HttpRequest, basis_id: str) -> HttpResponse:
    """Takes a legal basis off the list."""
    actions.delete_legal_basis(_basis(basis_id), signed_in(request))
    messages.success(request, _("Deleted."))
    return redirect("legal-list")


def _part(part: str) -> StandardPart:
    if part not in set(StandardPart):
        raise Refused("not_found")
    return StandardPart(part)


def _beginning(part: StandardPart) -> StandardText:
    text = beginning_text(part, queries.office_or_default())
    link = COMPLAINTS_LINK if part is StandardPart.COMPLAINTS else ""
    return StandardText(part=part, text=text, link=link)


def _basis(basis_id: str) -> LegalBasis:
    basis = LegalBasis.objects.filter(pk=basis_id).first()
    if basis is None:
        raise Refused("not_found")
    return basis
