"""Compares a PDF that somebody holds with the one that we keep: its bytes first, then what its
signature says."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import File

from pendopo.documents.actions.credentials import demo_authority
from pendopo.documents.models import Document
from pendopo.documents.queries.signing import signature_of
from pendopo.documents.rules.signing import LARGEST_UPLOAD, Upload
from pendopo.files.queries import content_of
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.port import Verdict


@dataclass(frozen=True)
class Compared:
    """What a PDF is, and whether all its signatures were checked and found whole."""

    upload: Upload
    has_valid_signature: bool = False


def compare(document: Document, upload: "File[bytes]") -> Compared:
    """What this file is beside the paper. It is opened only in a process of its own, and not kept.

    Raises ``Refused('check_unavailable')``.
    """
    if (upload.size or 0) > LARGEST_UPLOAD:
        return Compared(Upload.TOO_LARGE)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    verdict = _checked(upload.read())
    if document.file and digest.hexdigest() == document.file.sha256:
        return Compared(Upload.SAME, verdict.valid)
    if not verdict.readable:
        return Compared(Upload.UNREADABLE)
    if not _fingerprints(verdict) & _known_fingerprints(document):
        return Compared(Upload.NOT_OURS)
    found = Upload.OTHER_FILE if verdict.valid else Upload.CHANGED
    return Compared(found, verdict.valid)


def _checked(pdf: bytes) -> Verdict:
    return check(pdf, [demo_authority().root()])


def _fingerprints(verdict: Verdict) -> set[str]:
    return {each.fingerprint for each in verdict.signatures if each.fingerprint}


def _known_fingerprints(document: Document) -> set[str]:
    """Of the certificates that signed the paper we keep."""
    signature = signature_of(document)
    if signature and signature.fingerprint:
        return {signature.fingerprint}
    if document.file is None:
        return set()
    return _fingerprints(check(content_of(document.file)))
