"""One file of a request for the national letter system; that it was taken stands in the journal."""

from django.db import transaction

from pendopo.documents.actions.signing import verify_url
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.rules import DocumentState, Method, Secrecy, SignatureMark, Urgency
from pendopo.files.models import StoredFile
from pendopo.files.queries import content_of
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.register_file import LetterEntry, PackedLetter, packed
from pendopo.journal.actions import record
from pendopo.journal.models import subject_of
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission


@transaction.atomic
def export_letters(request: ServiceRequest, account: Account) -> bytes:
    """A ZIP with the letter that came and ours about it, as far as the account may read them.

    ``request`` is one that the account may see. Of an open letter the PDF has room for a signature
    and the code of its page, so that the copy that is brought back can be checked. Raises
    ``Refused`` with ``not_allowed`` or ``character_unprintable``.
    """
    if Permission.READ_REQUESTS not in permissions_for(account):
        raise Refused("not_allowed")
    office = office_or_default().name
    letters = [_incoming(request, office)]
    about = documents_for(account).filter(about=subject_of(request))
    for nth, paper in enumerate(about.exclude(state=DocumentState.WITHDRAWN).order_by("pk"), 1):
        letters.append(_outgoing(paper, request, office, nth))
    record("request.exported", request, account, count=len(letters))
    return packed(str(request.number), office, clock.now(), letters)


def _incoming(request: ServiceRequest, office: str) -> PackedLetter:
    registered = getattr(request, "incoming", None)
    entry = LetterEntry(
        direction="incoming",
        kind="request",
        number=request.letter_number,
        date=request.letter_date.isoformat() if request.letter_date else None,
        agenda_number=registered.shown_number if registered else "",
        received_on=registered.received_on.isoformat() if registered else None,
        sender=request.organisation_name,
        recipient=office,
        subject=registered.subject if registered else request.event_title,
        urgency=registered.urgency if registered else Urgency.ORDINARY.value,
        secrecy=registered.secrecy if registered else Secrecy.ORDINARY.value,
        classification_code="",
        attachments="",
        copies=(),
        signatory_name=request.signatory_name,
        signatory_title=request.signatory_position,
        state="",
        revision=None,
        verification_url="",
    )
    return PackedLetter(entry, "surat-masuk.pdf", _kept(request.letter))


def _outgoing(paper: Document, request: ServiceRequest, office: str, nth: int) -> PackedLetter:
    entry = LetterEntry(
        direction="outgoing",
        kind=paper.kind,
        number=paper.number,
        date=paper.dated_on.isoformat() if paper.dated_on else None,
        agenda_number="",
        received_on=None,
        sender=office,
        recipient=request.organisation_name,
        subject=paper.subject,
        urgency=paper.urgency,
        secrecy=paper.secrecy,
        classification_code=paper.classification_code,
        attachments=paper.attachments,
        copies=tuple(paper.copies.splitlines()),
        signatory_name=paper.signatory_name,
        signatory_title=paper.signatory_title,
        state=paper.state,
        revision=paper.revision,
        verification_url=verify_url(paper.code),
    )
    content = _kept(paper.file) if paper.file else letter_pdf(paper, _room_for(paper))
    return PackedLetter(entry, f"surat-keluar-{nth}.pdf", content)


def _room_for(paper: Document) -> SignatureMark:
    """Room for a signature that is made elsewhere."""
    return SignatureMark(
        method=Method.SCAN,
        signer_name=paper.signatory_name,
        signer_title=paper.signatory_title,
        signed_at=paper.created_at,
        verify_url=verify_url(paper.code),
        is_demo=False,
    )


def _kept(stored: StoredFile | None) -> bytes | None:
    """The content; ``None`` when there is none, or it was erased when its time was over."""
    if stored is None or stored.erased_at:
        return None
    return content_of(stored)
