"""The end of names and contacts: what is emptied, and what stays for the statistics."""

from collections.abc import Iterable

from django.db import transaction

from pendopo.documents.models import Document
from pendopo.files.actions.erasing import erase_file
from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import (
    Assignment,
    Disposition,
    ErasureWish,
    IncomingLetter,
    LegalHold,
    Offer,
    OneTimeCode,
    Organiser,
    Preparation,
    Question,
    ServiceRequest,
    Site,
    Transition,
)
from pendopo.intake.queries.privacy import due_for_erasure
from pendopo.intake.queries.tracking import subject_of_request
from pendopo.intake.rules.retention import without_names
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.notices.actions.erasing import erase_about
from pendopo.people.models import ERASED_NAME
from pendopo.schedule.models import Event, OutsideMeeting

BATCH = 50
_EMPTIED = (
    "contact_name", "contact_whatsapp", "contact_email", "signatory_name", "signatory_position",
    "purpose", "outside_url", "outside_meeting_id", "outside_passcode", "outside_organiser",
)  # fmt: skip


def erase_due_requests() -> int:
    """Erases what is kept no longer and held by nobody, a batch a transaction; how many.

    A second run finds nothing. What a hold on one of its files keeps is tried again every night.
    """
    erased = 0
    tried: set[object] = set()
    while True:
        batch = [each for each in due_for_erasure(BATCH + len(tried)) if each.pk not in tried]
        if not batch:
            return erased
        tried |= {each.pk for each in batch}
        erased += _erase_batch(batch)


@transaction.atomic
def _erase_batch(requests: Iterable[ServiceRequest]) -> int:
    erased = 0
    for request in requests:
        try:
            with transaction.atomic():
                erased += erase_request(request, SYSTEM)
        except Refused as refused:
            if refused.code not in {"data_held", "file_held"}:
                raise
    if erased:
        record("requests.erased", SYSTEM, SYSTEM, count=erased)
    return erased


def erase_request(request: ServiceRequest, actor: Subject) -> bool:
    """Empties names, contacts, files and free text of a request, in the caller's transaction.

    Number, days, class, sizes, organisation and subject stay; names are taken out of the latter.
    Signed letters stay as they are: they are records of the office, and the database lets nobody
    change them. ``False`` when it was done before. Raises ``Refused`` with ``data_held`` or
    ``file_held``.
    """
    row = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.erased_at is not None:
        return False
    if LegalHold.objects.filter(request=row, lifted_at=None).exists():
        raise Refused("data_held")
    names = _names_in(row)
    for stored in _files_of(row):
        erase_file(stored, actor)
    _empty_what_belongs_to(row)
    _take_names_out(row, names)
    _empty(row)
    erase_about(subject_of_request(row), actor)
    return True


def _names_in(request: ServiceRequest) -> list[str]:
    """Whoever is named: they are also looked for where text stays."""
    found = [request.contact_name, request.signatory_name]
    found += request.organisers.values_list("name", flat=True)
    preparation = Preparation.objects.filter(request=request).first()
    if preparation is not None:
        found += [preparation.technical_name, *preparation.speakers.splitlines()]
        found += preparation.sites.values_list("person", flat=True)
    return [name for name in found if name.strip()]


def _files_of(request: ServiceRequest) -> list[StoredFile]:
    found = [request.letter] if request.letter is not None else []
    found += [each.file for each in request.files.select_related("file")]
    rundown = Preparation.objects.filter(request=request, rundown_file__isnull=False)
    found += [each.rundown_file for each in rundown.select_related("rundown_file")]  # type: ignore[misc]
    return found


def _empty_what_belongs_to(request: ServiceRequest) -> None:
    Question.objects.filter(request=request).update(text="", answer="")
    Offer.objects.filter(request=request).update(note="")
    Transition.objects.filter(request=request).update(note="")
    Disposition.objects.filter(request=request).update(note="", instructions=[])
    Assignment.objects.filter(disposition__request=request).update(note="")
    ErasureWish.objects.filter(request=request).update(reason="", answer="")
    Organiser.objects.filter(request=request).update(name="", whatsapp="", email="")
    OneTimeCode.objects.filter(organiser__request=request).delete()
    Site.objects.filter(preparation__request=request).update(
        name="", address="", person="", contact=""
    )
    Preparation.objects.filter(request=request).update(
        technical_name="", technical_whatsapp="", technical_email="", rundown="", speakers="",
        dignitaries="", equipment_asked="", equipment_brought="", accessibility="",
    )  # fmt: skip
    Document.objects.filter(about=subject_of_request(request), signed_at=None).update(
        addressee="", body="", copies="", attachments="", attached_text=""
    )
    if request.event_id is not None:
        OutsideMeeting.objects.filter(event=request.event_id).update(
            url="", meeting_id="", passcode="", organiser=""
        )


def _take_names_out(request: ServiceRequest, names: list[str]) -> None:
    request.organisation_name = without_names(request.organisation_name, names, ERASED_NAME)[:160]
    request.event_title = without_names(request.event_title, names, ERASED_NAME)[:160]
    for letter in IncomingLetter.objects.filter(request=request):
        subject = without_names(letter.subject, names, ERASED_NAME)[:200]
        IncomingLetter.objects.filter(pk=letter.pk).update(subject=subject)
    for paper in Document.objects.filter(about=subject_of_request(request), signed_at=None):
        subject = without_names(paper.subject, names, ERASED_NAME)[:200]
        Document.objects.filter(pk=paper.pk).update(subject=subject)
    if request.event is not None:
        title = without_names(request.event.title, names, ERASED_NAME)[:160]
        Event.objects.filter(pk=request.event.pk).update(title=title)


def _empty(request: ServiceRequest) -> None:
    for name in _EMPTIED:
        setattr(request, name, "")
    request.account, request.contact_confirmed_at = None, None
    request.erased_at = clock.now()
    request.save(
        update_fields=[
            *_EMPTIED, "account", "contact_confirmed_at", "erased_at", "organisation_name",
            "event_title",
        ]
    )  # fmt: skip
