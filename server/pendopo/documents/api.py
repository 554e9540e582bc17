"""``/api/v1/documents/{code}``: what anybody may know of a signed letter, by the code on it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.throttling import AnonRateThrottle

from pendopo.documents.models import Document
from pendopo.documents.queries import papers as queries
from pendopo.documents.queries.signing import signature_of
from pendopo.documents.rules import Secrecy
from pendopo.files.responses import file_response
from pendopo.foundation.errors import Refused

router = Router(tags=["documents"])


class CodeThrottle(AnonRateThrottle):
    """Counts what strangers try by code, from one address."""

    scope = "document"


class DocumentOut(Schema):
    """``subject`` is null above ordinary secrecy; ``superseded`` means that a correction holds.

    ``demo``: signed with a trial certificate, so without legal force whatever ``state`` says.
    """

    code: str
    kind: str
    number: str
    date: date | None
    subject: str | None
    signer_name: str
    signer_title: str
    signed_at: datetime | None
    method: str
    state: Literal["genuine", "revoked", "superseded"]
    demo: bool


_THROTTLE = CodeThrottle("60/m")


@router.get("/{code}", response=DocumentOut, throttle=_THROTTLE)
def document(request: HttpRequest, code: str) -> dict[str, Any]:
    """Whether the letter with this code is genuine, by whom it was signed, and when.

    Nothing of its text; a draft is ``document_not_found``.
    """
    found = queries.issued_by_code(code)
    signature = signature_of(found)
    return {
        "code": found.code,
        "kind": found.kind,
        "number": found.number,
        "date": found.dated_on,
        "subject": found.subject if _is_ordinary(found) else None,
        "signer_name": found.signatory_name,
        "signer_title": found.signatory_title,
        "signed_at": found.signed_at,
        "method": found.method,
        "state": _state(found),
        "demo": bool(signature and signature.is_demo),
    }


@router.get("/{code}/pdf", throttle=_THROTTLE)
def document_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file; above ordinary secrecy ``document_not_found``."""
    found = queries.issued_by_code(code)
    if found.file is None or not _is_ordinary(found):
        raise Refused("document_not_found")
    return file_response(found.file)


def _is_ordinary(document: Document) -> bool:
    return document.secrecy == Secrecy.ORDINARY


def _state(document: Document) -> str:
    if document.revoked_at:
        return "revoked"
    return "superseded" if queries.successor_of(document) else "genuine"
