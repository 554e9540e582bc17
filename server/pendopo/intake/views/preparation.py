"""The parts of the technical preparation, a page each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.files.responses import file_response
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.preparation import (
    FIELDS,
    attach_rundown,
    save_section,
    save_sites,
)
from pendopo.intake.forms.organisers import SITE_FIELDS, PreparationForm, SignatoryForm, SiteForms
from pendopo.intake.limits import count_upload
from pendopo.intake.models import Organiser, Preparation, ServiceRequest
from pendopo.intake.preparation_words import ABOUT, SECTIONS
from pendopo.intake.purpose_words import use_in_words
from pendopo.intake.queries import tracking as queries
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.preparation import Section, sections_for
from pendopo.intake.rules.purposes import USES
from pendopo.intake.views.organisers import by_organiser


@by_organiser
@require_http_methods(["GET", "HEAD", "POST"])
def section(
    request: HttpRequest, case: ServiceRequest, organiser: Organiser, slug: str
) -> HttpResponse:
    """One part: what was told, and why it is asked. Raises ``Refused('not_found')`` for a part
    that does not apply."""
    preparation = queries.preparation_of(case)
    applying = sections_for(queries.occasion_of(case, queries.saved_sections(preparation)))
    chosen = next((each for each in applying if each == slug), None)
    if chosen is None:
        raise Refused("not_found")
    form = _form(request, chosen, case, preparation or Preparation(request=case))
    if request.method == "POST" and form.is_valid():
        try:
            if request.FILES:
                count_upload(request, case)
            _save(case, chosen, form, organiser)
            messages.success(request, _("Saved."))
            more = chosen is Section.SITES and "more" in request.POST
            if more:
                return redirect("organiser-section", key=organiser.key, slug=slug)
            return redirect("organiser-page", key=organiser.key)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return _section_page(request, organiser, chosen, form, status=422)
    status = 422 if request.method == "POST" else 200
    return _section_page(request, organiser, chosen, form, status=status)


def _form(
    request: HttpRequest, chosen: Section, case: ServiceRequest, preparation: Preparation
) -> Any:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if chosen is Section.SITES:
        known = list(preparation.sites.values(*SITE_FIELDS)) if preparation.pk else []
        return SiteForms(data, initial=known, prefix="place")
    if chosen is Section.SIGNATORY:
        # Forms write what was typed into their row; the page's own row stays as it is stored.
        return SignatoryForm(data, instance=ServiceRequest.objects.get(pk=case.pk))
    return PreparationForm(chosen, data, files, instance=preparation)


def _save(case: ServiceRequest, chosen: Section, form: Any, organiser: Organiser) -> None:
    if chosen is Section.SITES:
        rows = [each.cleaned_data for each in form.forms if each.cleaned_data.get("name")]
        sites = [{name: row[name] for name in SITE_FIELDS} for row in rows if not row["DELETE"]]
        save_sites(case, sites, organiser)
        return
    if paper := form.cleaned_data.get("paper"):
        attach_rundown(case, paper, organiser)
    values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "paper"}
    save_section(case, chosen, values, organiser)


def _section_page(
    request: HttpRequest, organiser: Organiser, chosen: Section, form: Any, status: int
) -> HttpResponse:
    case = organiser.request
    preparation = queries.preparation_of(case)
    context = {
        "case": case,
        "organiser": organiser,
        "section": chosen,
        "title": SECTIONS[chosen],
        "about": ABOUT[chosen],
        "form": form,
        "uses": _uses(chosen),
        "paper": preparation.rundown_file if preparation and chosen is Section.RUNDOWN else None,
    }
    return render(request, "intake/organiser/section.html", context, status=status)


def _uses(chosen: Section) -> list[dict[str, str]]:
    owner = "servicerequest" if chosen is Section.SIGNATORY else "preparation"
    wanted = {f"{owner}.{name}" for name in FIELDS[chosen]}
    if chosen is Section.SITES:
        wanted = {f"site.{name}" for name in SITE_FIELDS}
    years = the_policy().kept_years
    return [use_in_words(field, years) for field in USES if field in wanted]


@by_organiser
@require_safe
def rundown(request: HttpRequest, case: ServiceRequest, organiser: Organiser) -> HttpResponse:
    """The file of the rundown."""
    preparation = queries.preparation_of(case)
    if preparation is None or preparation.rundown_file is None:
        raise Refused("not_found")
    return file_response(preparation.rundown_file, download=True)
