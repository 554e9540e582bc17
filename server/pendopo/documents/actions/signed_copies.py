"""Takes back what was signed elsewhere: by hand, or in the national letter system."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from pendopo.documents.actions.numbering import give_number, number_given_once
from pendopo.documents.actions.signing import PURPOSE, locked_open_document
from pendopo.documents.models import Document, PaperSignature
from pendopo.documents.queries.signing import is_signer_of, the_signing_policy
from pendopo.documents.rules import DocumentState, Method
from pendopo.documents.rules.signing import (
    LARGEST_UPLOAD,
    Copy,
    printed_version,
    refusal_of_copy,
)
from pendopo.files.actions.keeping import checked_signed_copy, keep_checked
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.port import Verdict
from pendopo.gateways.signing.roots import roots_of
from pendopo.journal.actions import record
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission


@dataclass(frozen=True)
class Checked:
    """What could be said of a signed copy."""

    copy: Copy
    has_code: bool
    has_version: bool  # with the code, the one that the letter has now
    signers: tuple[str, ...] = ()


def check_copy(content: bytes, document: Document) -> Checked:
    """Checks its electronic signatures, and whether code and version of our paper stand in it.

    Of a scan nothing can be said; that is no fault of it. Raises ``Refused`` with
    ``copy_unreadable``, ``copy_changed`` or ``check_unavailable``.
    """
    verdict = check(content, roots_of(settings.SIGNING_ROOTS), words=document.code)
    if not verdict.readable:
        raise Refused("copy_unreadable")
    if verdict.signatures and not verdict.valid:
        raise Refused("copy_changed")
    names = tuple(each.signer for each in verdict.signatures)
    has_version = verdict.has_words and _holds_version(content, document)
    return Checked(_worth(verdict), verdict.has_words, has_version, names)


def _holds_version(content: bytes, document: Document) -> bool:
    verdict = check(content, words=printed_version(document.code, document.revision))
    if not verdict.readable:
        raise Refused("copy_unreadable")
    return verdict.has_words


def _worth(verdict: Verdict) -> Copy:
    if not verdict.signatures:
        return Copy.UNSIGNED
    return Copy.SIGNED if all(each.trusted for each in verdict.signatures) else Copy.UNKNOWN


@dataclass(frozen=True)
class Brought:
    """A copy as somebody brought it, with the national letter system's number and date; where
    these are empty, ours are given. ``revision``: of the draft that was signed; a copy that carries
    our code says it itself."""

    paper: "File[bytes]"
    number: str = ""
    dated_on: date | None = None
    revision: int | None = None


def attach_signed_copy(document: Document, copy: Brought, actor: Account) -> Checked:
    """Makes a paper signed by the copy that somebody brought, which is kept byte for byte.

    A scan, of which nothing can be checked, is brought by the signatory, or by who drafts papers in
    an office that signs by hand. What was signed is what stands here: a draft that was changed
    after it was exported, or while the copy is checked, is refused with ``copy_outdated``. Checking
    takes seconds: not within a transaction. Raises ``Refused`` as :func:`check_copy`, or with
    ``not_its_signatory``, ``copy_unsigned``, ``copy_of_another``, ``copy_version_missing``,
    ``copy_too_large``, ``letter_number_taken``, ``document_signed_already`` or
    ``document_not_open``.
    """
    # Who drafts papers may bring back what was signed elsewhere; the journal says who it was.
    is_signer = is_signer_of(actor, document)
    if not (is_signer or _drafts(actor)):
        raise Refused("not_its_signatory")
    if (copy.paper.size or 0) > LARGEST_UPLOAD:
        raise Refused("copy_too_large")
    if copy.revision not in {None, document.revision}:
        raise _outdated(document)
    checked = check_copy(copy.paper.read(), document)
    _refuse_unproved(checked, document, copy, vouched=is_signer or _signs_by_hand())
    with checked_signed_copy(copy.paper) as whole, transaction.atomic():
        paper = locked_open_document(document)
        if paper.revision != document.revision:
            raise _outdated(paper)
        paper.number, paper.dated_on = _number_of(copy, paper)
        paper.save(update_fields=["number", "dated_on"])
        give_number(paper, timezone.localdate(clock.now()))
        paper.file = keep_checked(whole, copy.paper.name or "", PURPOSE, actor)
        _note_signed(paper, checked, actor)
    document.refresh_from_db()
    return checked


def _number_of(copy: Brought, paper: Document) -> tuple[str, date | None]:
    number = " ".join(storable(copy.number).split())
    return number or paper.number, copy.dated_on or paper.dated_on


def _note_signed(paper: Document, checked: Checked, actor: Account) -> None:
    paper.state, paper.method, paper.signed_at = DocumentState.SIGNED, Method.SCAN, clock.now()
    with number_given_once(paper):
        paper.save(update_fields=["file", "state", "method", "signed_at"])
    PaperSignature.objects.create(
        document=paper,
        signed_by=None,
        copy=checked.copy,
        copy_has_code=checked.has_code,
        holder=", ".join(checked.signers)[:200],
    )
    record(
        "document.signed", paper, actor,
        method=Method.SCAN.value, demo=False, copy=checked.copy.value, code=checked.has_code,
    )  # fmt: skip


def _refuse_unproved(
    checked: Checked, document: Document, brought: Brought, *, vouched: bool
) -> None:
    code = refusal_of_copy(
        checked.copy,
        has_code=checked.has_code,
        has_version=checked.has_version,
        vouched=vouched,
        said_version=brought.revision is not None,
    )
    if code:
        raise Refused(code, version=document.revision)


def _outdated(document: Document) -> Refused:
    return Refused("copy_outdated", version=document.revision)


def _signs_by_hand() -> bool:
    return the_signing_policy().method == Method.SCAN


def _drafts(account: Account) -> bool:
    return Permission.DRAFT_DOCUMENTS in permissions_for(account)
