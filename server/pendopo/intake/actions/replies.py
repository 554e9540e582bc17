"""The letters by which a request is answered: drafted with the decision that they tell."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format

from pendopo.documents.actions.drafting import (
    DraftOrder,
    change_draft,
    draft_document,
    let_read,
    withdraw_draft,
)
from pendopo.documents.models import Document
from pendopo.documents.rules import OPEN_STATES, DocumentKind, Secrecy, Urgency
from pendopo.documents.rules.placeholders import PLACEHOLDERS
from pendopo.foundation.templatetags.times import local_time
from pendopo.intake.letter_times import NOTHING, choices_of, days_of, times_of
from pendopo.intake.links import track_url
from pendopo.intake.models import Assignment, IncomingLetter, Offer, ServiceRequest
from pendopo.intake.wording import ATTENDANCE
from pendopo.journal.models import Subject, subject_of
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account
from pendopo.schedule.rules import Slot

# Letters are written in Indonesian, whatever language the page was in.
LETTER_LANGUAGE = "id"


def draft_reply(
    request: ServiceRequest,
    kind: DocumentKind,
    account: Account,
    *,
    offer: Offer | None = None,
    reasons: Sequence[str] = (),
) -> Document:
    """Drafts the letter of a decision, in the caller's transaction.

    Raises what ``documents`` refuses, such as ``no_signatory``.
    """
    letter = IncomingLetter.objects.filter(request=request).first()
    with translation.override(LETTER_LANGUAGE):
        said = {**_values(request, letter), **_times_of(request, offer)}
    said["alasan"] = "; ".join(filter(None, (reason.strip(". ") for reason in reasons)))
    # An office's own template may name anything, also what this letter has nothing to say of.
    values = {name: said.get(name, "").strip() or NOTHING for name in PLACEHOLDERS}
    order = DraftOrder(
        kind=kind,
        about=subject_of(request),
        addressee=_addressee(request),
        values=values,
        urgency=Urgency(letter.urgency) if letter else Urgency.ORDINARY,
        secrecy=Secrecy(letter.secrecy) if letter else Secrecy.ORDINARY,
        readers=_readers(request, letter),
    )
    return draft_document(order, account)


def _readers(request: ServiceRequest, letter: IncomingLetter | None) -> tuple[Account, ...]:
    """Who works on the letter reads its answer too: who registered it, and whoever had it."""
    assigned = Assignment.objects.filter(disposition__request=request).values("account")
    registrar = letter.registered_by_id if letter else None
    return tuple(Account.objects.filter(Q(pk__in=assigned) | Q(pk=registrar)))


def let_read_replies(request: ServiceRequest, accounts: Sequence[Account]) -> None:
    """The letters about a request, for those who come to work on it; in the caller's
    transaction."""
    for document in Document.objects.filter(about=subject_of(request)):
        let_read(document, list(accounts))


def keep_as_secret(request: ServiceRequest, letter: IncomingLetter, account: Account) -> None:
    """Replies that were drafted before their letter was registered become as secret as it is."""
    for document in open_replies(request):
        let_read(document, list(_readers(request, letter)))
        change_draft(document, {"secrecy": letter.secrecy}, document.revision, account)


def withdraw_replies(request: ServiceRequest, actor: Subject) -> None:
    """Takes back the drafts that a later step has overtaken, in the caller's transaction.

    Waits for whoever is signing one of them; what was signed meanwhile stays signed, and is not
    sent where the request no longer stands as the letter says.
    """
    for draft in open_replies(request).select_for_update():
        withdraw_draft(draft, actor)


def open_replies(request: ServiceRequest) -> QuerySet[Document]:
    """The letters about a request that nobody has signed yet, oldest first. One query."""
    return Document.objects.filter(about=subject_of(request), state__in=OPEN_STATES).order_by("pk")


def _addressee(request: ServiceRequest) -> tuple[str, ...]:
    head = f"Yth. {request.signatory_position or 'Pimpinan'}"
    return (head, request.organisation_name, "di Tempat")


def _values(request: ServiceRequest, letter: IncomingLetter | None) -> dict[str, str]:
    office = office_or_default()
    day = request.letter_date or timezone.localdate(request.submitted_at)
    return {
        "nama_pemohon": request.contact_name,
        "instansi_pemohon": request.organisation_name,
        "nomor_surat": request.letter_number,
        "tanggal_surat": _day(day),
        "hal_surat": letter.subject if letter else request.event_title,
        "nomor_permohonan": str(request.number),
        "nama_kegiatan": request.event_title,
        "tempat": _place(request),
        "jumlah_peserta": f"{request.people} orang",
        "alamat_pelacakan": track_url(),
        "nama_layanan": office.service_name,
        "nama_kantor": office.name,
    }


def _place(request: ServiceRequest) -> str:
    ways = {str(mode): str(words) for mode, words in ATTENDANCE.items()}
    way = ways.get(request.attendance, "")
    if request.outside_platform:
        return f"{way} ({request.outside_platform.capitalize()})"
    return way


def _times_of(request: ServiceRequest, offer: Offer | None) -> dict[str, str]:
    slots = [Slot(each.starts_at, each.ends_at) for each in request.slots.all()]
    times = {"hari_tanggal": days_of(slots), "waktu": times_of(slots)}
    if offer is not None:
        offered = [
            [Slot(each.starts_at, each.ends_at) for each in days] for days in offer.choices()
        ]
        last_day = _day(timezone.localdate(offer.expires_at))
        times["pilihan_waktu"] = choices_of(offered)
        times["batas_jawaban"] = f"{last_day} pukul {local_time(offer.expires_at)}"
    return times


def _day(day: date) -> str:
    return date_format(day, "j F Y")
