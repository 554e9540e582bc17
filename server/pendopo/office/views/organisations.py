"""Community organisations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation.errors import Refused
from pendopo.office import queries
from pendopo.office.actions.organisations import save_organisation
from pendopo.office.forms.units import OrganisationForm
from pendopo.office.models import CommunityOrganization
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission


@never_cache
@permission_required(Permission.READ_UNITS)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All community organisations."""
    return render(
        request, "office/organisation_list.html", {"organisations": queries.organisations()}
    )


@never_cache
@permission_required(Permission.CHANGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, organisation_id: str = "") -> HttpResponse:
    """Adds or changes an organisation."""
    organisation = None
    if organisation_id:
        organisation = CommunityOrganization.objects.filter(pk=organisation_id).first()
        if organisation is None:
            raise Refused("not_found")
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            save_organisation(form.save(commit=False), signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("organisation-list")
        except Refused as refused:
            form.add_error("name", refused.sentence)
    context = {"form": form, "organisation": organisation}
    return render(request, "office/organisation.html", context, status=422 if form.errors else 200)
