"""Keeping what organisers tell about the technical side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from pendopo.files.actions.erasing import erase_file
from pendopo.files.actions.keeping import Checked, checked_upload, keep_checked
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.intake.actions.organisers import subject_of_organiser
from pendopo.intake.models import Organiser, Preparation, SavedSection, ServiceRequest, Site
from pendopo.intake.rules.preparation import Section
from pendopo.intake.rules.states import RequestState
from pendopo.journal.actions import record

SITES_AT_MOST = 60
# Which fields a section may set; the signatory stands in the request.
FIELDS: dict[Section, frozenset[str]] = {
    Section.CONTACT: frozenset({"technical_name", "technical_whatsapp", "technical_email"}),
    Section.SIGNATORY: frozenset({"signatory_name", "signatory_position"}),
    Section.RUNDOWN: frozenset({"rundown"}),
    Section.PEOPLE: frozenset({"speakers", "cameras", "dignitaries"}),
    Section.BROADCAST: frozenset({"has_stream", "has_recording", "is_open"}),
    Section.TRAINING: frozenset({"has_registration", "has_certificate", "lesson_hours"}),
    Section.EQUIPMENT: frozenset({"equipment_asked", "equipment_brought"}),
    Section.SITES: frozenset(),
    Section.ACCESS: frozenset({"accessibility"}),
    Section.REHEARSAL: frozenset({"rehearsal_at"}),
}


def _storable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: storable(value).strip() if isinstance(value, str) else value
        for name, value in values.items()
    }


@transaction.atomic
def save_section(
    request: ServiceRequest,
    section: Section,
    values: Mapping[str, Any],
    organiser: Organiser,
) -> Preparation:
    """Sets the fields of one section, already checked by a form, and notes that it was saved.

    Raises ``Refused('step_not_possible')`` unless the request is approved, and ``KeyError`` for a
    field that is not the section's.
    """
    if unknown := set(values) - FIELDS[section]:
        raise KeyError(", ".join(sorted(unknown)))
    preparation = _locked(request)
    kept = _storable(values)
    if section is Section.SIGNATORY:
        _set(request, kept)
    else:
        _set(preparation, kept)
    _note(preparation, section, organiser)
    return preparation


@transaction.atomic
def save_sites(
    request: ServiceRequest, sites: Sequence[Mapping[str, Any]], organiser: Organiser
) -> Preparation:
    """Replaces the places from which people take part. Raises ``Refused`` as :func:`save_section`,
    or with ``too_many_sites``."""
    if len(sites) > SITES_AT_MOST:
        raise Refused("too_many_sites", limit=SITES_AT_MOST)
    preparation = _locked(request)
    preparation.sites.all().delete()
    Site.objects.bulk_create(Site(preparation=preparation, **_storable(site)) for site in sites)
    _note(preparation, Section.SITES, organiser)
    return preparation


def attach_rundown(
    request: ServiceRequest, upload: "UploadedFile[Any]", organiser: Organiser
) -> Preparation:
    """Keeps the rundown as a file; it replaces the one before. Not within a transaction.

    Raises what ``checked_upload`` refuses, or ``Refused('step_not_possible')``.
    """
    if request.state != RequestState.APPROVED:
        raise Refused("step_not_possible")
    with checked_upload(upload) as paper:
        return _set_rundown(request, paper, upload.name or "", organiser)


@transaction.atomic
def _set_rundown(
    request: ServiceRequest, paper: Checked, name: str, organiser: Organiser
) -> Preparation:
    preparation = _locked(request)
    former, by = preparation.rundown_file, subject_of_organiser(organiser)
    _set(preparation, {"rundown_file_id": keep_checked(paper, name, "rundown", by).pk})
    if former is not None:
        erase_file(former, by)
    _note(preparation, Section.RUNDOWN, organiser)
    return preparation


def _locked(request: ServiceRequest) -> Preparation:
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != RequestState.APPROVED:
        raise Refused("step_not_possible")
    return Preparation.objects.get_or_create(request=request)[0]


def _set(row: Preparation | ServiceRequest, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if values:
        row.save(update_fields=list(values))


def _note(preparation: Preparation, section: Section, organiser: Organiser) -> None:
    SavedSection.objects.update_or_create(
        preparation=preparation, section=section, defaults={"saved_at": clock.now()}
    )
    record(
        "preparation.saved",
        f"intake.servicerequest:{preparation.request_id}",
        subject_of_organiser(organiser),
        section=section,
    )
