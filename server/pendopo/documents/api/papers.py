"""``/api/v1/papers``: the office's own letters, drafts too, for its programs."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from pendopo.documents.actions.drafting import correct_document, initial_document, withdraw_draft
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.models import Document
from pendopo.documents.queries.papers import documents_for, listed
from pendopo.documents.rules import DocumentState
from pendopo.documents.rules.signing import Copy
from pendopo.foundation.errors import Refused
from pendopo.foundation.pagination import newest_first
from pendopo.people.authentication import Scope, token_of
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

router = Router(tags=["documents"])
READ, WRITE = Scope("requests:read"), Scope("requests:write")


class PaperOut(Schema):
    """A letter of the office; ``about`` names what it is about, ``code`` is the one in its QR.

    ``revision`` counts the changes of a draft; whoever signs it says which one was read.
    """

    code: str
    revision: int
    kind: str
    state: str
    about: str
    number: str
    date: date | None
    subject: str
    signer_name: str
    signed_at: datetime | None
    revoked_at: datetime | None


class PaperPage(Schema):
    items: list[PaperOut]
    next: str | None


class ReasonIn(Schema):
    reason: str = Field(max_length=200)


class CopyIn(Schema):
    """Number and date as the national letter system gave them; empty: this office's own.

    ``revision``: of the draft that was signed, as the paper says it. It may be left out where the
    PDF can be read and carries the letter's code; of a scan it is asked for.
    """

    number: str = Field("", max_length=80)
    dated_on: date | None = None
    revision: int | None = None


class CopyOut(PaperOut):
    """What could be checked of the copy: see `proof` of `GET /documents/{code}`."""

    copy_is: Copy
    signers: list[str]


@router.get("", auth=READ, response=PaperPage, summary="List letters, newest first")
def list_papers(
    request: HttpRequest, state: DocumentState | None = None, cursor: str | None = None
) -> dict[str, Any]:
    rows = listed(_account(request), state.value if state else "")
    items, after = newest_first(rows, cursor)
    return {"items": [paper_out(each) for each in items], "next": after}


@router.get("/{code}", auth=READ, response=PaperOut, summary="Show a letter")
def show(request: HttpRequest, code: str) -> dict[str, Any]:
    return paper_out(_paper(request, code))


@router.post("/{code}/initial", auth=WRITE, response=PaperOut, summary="Initial a draft")
def initial(request: HttpRequest, code: str) -> dict[str, Any]:
    paper = _draftable(request, code)
    initial_document(paper, _account(request))
    return paper_out(paper)


@router.post("/{code}/withdraw", auth=WRITE, response=PaperOut, summary="Give a draft up")
def withdraw(request: HttpRequest, code: str) -> dict[str, Any]:
    paper = _draftable(request, code)
    withdraw_draft(paper, _account(request))
    return paper_out(paper)


@router.post("/{code}/correct", auth=WRITE, response=PaperOut, summary="Draft a correction")
def correct(request: HttpRequest, code: str) -> dict[str, Any]:
    return paper_out(correct_document(_draftable(request, code), _account(request)))


@router.post("/{code}/revoke", auth=WRITE, response=PaperOut, summary="Revoke a signed letter")
def revoke(request: HttpRequest, code: str, body: ReasonIn) -> dict[str, Any]:
    paper = _paper(request, code)
    revoke_document(paper, body.reason, _account(request))
    return paper_out(paper)


@router.post("/{code}/signed-copy", auth=WRITE, response=CopyOut)
def signed_copy(
    request: HttpRequest, code: str, file: File[UploadedFile], body: Form[CopyIn]
) -> dict[str, Any]:
    """Brings a letter back that was signed by hand or in the national letter system.

    One that was changed after it was exported is refused with ``copy_outdated``.
    """
    paper = _paper(request, code)
    copy = Brought(file, body.number, body.dated_on, body.revision)
    checked = attach_signed_copy(paper, copy, _account(request))
    return {**paper_out(paper), "copy_is": checked.copy, "signers": list(checked.signers)}


def _account(request: HttpRequest) -> Account:
    return token_of(request).account


def _paper(request: HttpRequest, code: str) -> Document:
    found = documents_for(_account(request)).filter(code=code).first()
    if found is None:
        raise Refused("document_not_found")
    return found


def _draftable(request: HttpRequest, code: str) -> Document:
    """As its page asks: who drafts letters also initials, withdraws and corrects them."""
    paper = _paper(request, code)
    if Permission.DRAFT_DOCUMENTS not in permissions_for(_account(request)):
        raise Refused("not_allowed")
    return paper


def paper_out(paper: Document) -> dict[str, Any]:
    """A letter for programs, without its text."""
    return {
        "code": paper.code,
        "revision": paper.revision,
        "kind": paper.kind,
        "state": paper.state,
        "about": paper.about,
        "number": paper.number,
        "date": paper.dated_on,
        "subject": paper.subject,
        "signer_name": paper.signatory_name,
        "signed_at": paper.signed_at,
        "revoked_at": paper.revoked_at,
    }
