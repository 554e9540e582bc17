"""``/api/v1/documents/{code}``: what anybody may know of a signed letter, by the code on it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from pendopo.documents.comparing import compare
from pendopo.documents.models import Document
from pendopo.documents.queries import papers as queries
from pendopo.documents.queries.signing import signature_of
from pendopo.documents.rules import Secrecy
from pendopo.documents.rules.signing import Copy, Proof, Upload, proof_of
from pendopo.files.responses import file_response
from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused

router = Router(tags=["documents"])


class CodeThrottle(AddressThrottle):
    """Counts what strangers try by code, from one address."""

    scope = "document"


class DocumentOut(Schema):
    """``kind`` and ``subject`` are null above ordinary secrecy; ``superseded``: a correction holds.

    ``proof``: what stands behind the signature; of a ``scan`` nothing could be checked.
    ``demo``: signed with a trial certificate, so without legal force whatever ``state`` says.
    """

    code: str
    kind: str | None
    number: str
    date: date | None
    subject: str | None
    signer_name: str
    signer_title: str
    signed_at: datetime | None
    method: str
    state: Literal["genuine", "revoked", "superseded"]
    demo: bool
    proof: Proof


class ComparedOut(Schema):
    """What a PDF is beside the letter, and what the office says of the letter.

    Only ``same`` is this letter, and whether that still holds ``state`` says. ``signature_valid``:
    the file carries signatures of this letter's signer, which were checked and cover all of it.
    """

    upload: Upload
    signature_valid: bool
    state: Literal["genuine", "revoked", "superseded"]
    demo: bool
    proof: Proof


class UploadThrottle(AddressThrottle):
    """One limit with the page: checking a PDF takes a process of its own."""

    scope = "verify-upload"


_THROTTLE, _UPLOADS = CodeThrottle("60/m"), UploadThrottle("10/m")


@router.get("/{code}", response=DocumentOut, throttle=_THROTTLE)
def document(request: HttpRequest, code: str) -> dict[str, Any]:
    """Whether the letter with this code is genuine, by whom it was signed, and when.

    Nothing of its text; a draft is ``document_not_found``.
    """
    found = queries.issued_by_code(code)
    return {
        "code": found.code,
        "kind": found.kind if _is_ordinary(found) else None,
        "number": found.number,
        "date": found.dated_on,
        "subject": found.subject if _is_ordinary(found) else None,
        "signer_name": found.signatory_name,
        "signer_title": found.signatory_title,
        "signed_at": found.signed_at,
        "method": found.method,
        **_standing(found),
    }


@router.get("/{code}/pdf", throttle=_THROTTLE)
def document_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file; above ordinary secrecy ``document_not_found``."""
    found = queries.issued_by_code(code)
    if found.file is None or not _is_ordinary(found):
        raise Refused("document_not_found")
    return file_response(found.file)


@router.post("/{code}/compare", response=ComparedOut, throttle=_UPLOADS)
def document_compare(request: HttpRequest, code: str, file: File[UploadedFile]) -> dict[str, Any]:
    """Whether a PDF is the signed letter, unchanged. It is not kept."""
    found = queries.issued_by_code(code)
    compared = compare(found, file)
    return {
        "upload": compared.upload,
        "signature_valid": compared.has_valid_signature,
        **_standing(found),
    }


def _is_ordinary(document: Document) -> bool:
    return document.secrecy == Secrecy.ORDINARY


def _standing(document: Document) -> dict[str, Any]:
    """What the letter is worth today."""
    signature = signature_of(document)
    superseded = queries.successor_of(document) is not None
    state = "revoked" if document.revoked_at else "superseded" if superseded else "genuine"
    is_demo, copy = (signature.is_demo, signature.copy) if signature else (False, Copy.UNSIGNED)
    return {"state": state, "demo": is_demo, "proof": proof_of(is_demo=is_demo, copy=copy)}
