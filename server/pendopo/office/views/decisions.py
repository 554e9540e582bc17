"""`/pengaturan`: what the office decides, a page for each section."""

from django.contrib import messages
from django.db import transaction
from django.forms import ModelForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation.errors import Refused
from pendopo.office.actions.emblem import set_emblem
from pendopo.office.forms.decisions import EmblemForm
from pendopo.office.models import Office
from pendopo.office.queries import the_office
from pendopo.office.sections import Section, digest_of, section_named, sections
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

_YEAR = 365 * 24 * 3600


@never_cache
@permission_required(Permission.CHANGE_OFFICE, Permission.READ_UNITS, Permission.MANAGE_ACCOUNTS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything that can be set, as far as the reader's duty goes."""
    return render(request, "office/index.html", {"sections": sections()})


@never_cache
@permission_required(Permission.CHANGE_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section. What two people change at once is shown to the second, not overwritten."""
    found = section_named(slug)
    if found is None:
        raise Refused("not_found")
    if the_office() is None:
        raise Refused("office_not_set_up")
    if request.method == "POST":
        return _save(request, found)
    row = found.rows().get()
    return _section_page(request, found, found.form(instance=row), digest_of(row))


def _save(request: HttpRequest, found: Section) -> HttpResponse:
    with transaction.atomic():
        row = found.rows().select_for_update().get()
        now = digest_of(row)
        form = found.form(request.POST, instance=row)
        if form.is_valid():
            if request.POST.get("seen") == now:
                found.save(form.cleaned_data, signed_in(request))
                messages.success(request, _("Saved."))
                return redirect("office-section", slug=found.slug)
            form.add_error(None, Refused("changed_meanwhile").sentence)
    return _section_page(request, found, form, now, status=422)


def _section_page(
    request: HttpRequest, found: Section, form: "ModelForm[Office]", seen: str, status: int = 200
) -> HttpResponse:
    context = {"section": found, "form": form, "seen": seen, "office": the_office()}
    return render(request, "office/section.html", context, status=status)


@never_cache
@permission_required(Permission.CHANGE_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def emblem_settings(request: HttpRequest) -> HttpResponse:
    """Choose the office's emblem, or go back to the drawing of the hall."""
    if the_office() is None:
        raise Refused("office_not_set_up")
    form = EmblemForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if "remove" in request.POST:
            set_emblem(None, signed_in(request))
            return redirect("office-emblem-settings")
        if form.is_valid():
            try:
                set_emblem(form.cleaned_data["emblem"], signed_in(request))
                messages.success(request, _("Saved."))
                return redirect("office-emblem-settings")
            except Refused as refused:
                form.add_error("emblem", refused.sentence)
    status = 422 if form.errors else 200
    return render(request, "office/emblem.html", {"form": form}, status=status)


@require_safe
def emblem(request: HttpRequest, name: str) -> HttpResponseBase:
    """The emblem's picture. Its name follows its content, so browsers keep it."""
    office = the_office()
    if office is None or not office.emblem or office.emblem.name != f"office/{name}":
        raise Http404
    headers = {
        "Cache-Control": f"public, max-age={_YEAR}, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(office.emblem.open("rb"), content_type="image/png", headers=headers)
