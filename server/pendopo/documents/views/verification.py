"""`/v/<code>`: what the office says of a letter that somebody holds in their hands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.documents.comparing import compare
from pendopo.documents.forms.signing import CheckForm
from pendopo.documents.models import Document, PaperSignature
from pendopo.documents.queries.papers import successor_of
from pendopo.documents.queries.signing import issued_document, signature_of
from pendopo.documents.rules import Method, Secrecy
from pendopo.documents.rules.signing import Proof, Upload, proof_of
from pendopo.documents.wording import COPIES, METHODS, UPLOADS
from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused


class _LookThrottle(AddressThrottle):
    """Codes can not be guessed; this keeps those who try from keeping us busy."""

    scope = "verify-look"


class _UploadThrottle(AddressThrottle):
    scope = "verify-upload"


_LOOKS, _UPLOADS = _LookThrottle("60/m"), _UploadThrottle("10/m")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a letter is genuine, and whether a PDF of it is unchanged.

    Raises ``Refused('too_many_requests')``.
    """
    throttle = _UPLOADS if request.method == "POST" else _LOOKS
    if not throttle.allow_request(request):
        raise Refused("too_many_requests")
    document = issued_document(code)
    if document is None:
        return render(request, "documents/verify_unknown.html", status=404)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context = _said_of(document) | {"form": form}
    if request.method == "POST" and form.is_valid():
        compared = compare(document, form.cleaned_data["file"])
        context |= {
            "compared": compared,
            "compared_said": UPLOADS[compared.upload],
            "is_same": compared.upload is Upload.SAME,
            "look": _look(compared.upload, holds=bool(context["holds"])),
        }
    return render(request, "documents/verify.html", context, status=422 if form.errors else 200)


def _said_of(document: Document) -> dict[str, object]:
    """What may be said to everybody: above ordinary secrecy neither subject nor kind."""
    signature = signature_of(document)
    copy = signature.copy if signature else ""
    correction = successor_of(document)
    return {
        "document": document,
        "signature": signature,
        "proof": _proof(signature),
        "is_open": document.secrecy == Secrecy.ORDINARY,
        "method": METHODS[Method(document.method)],
        "by_hand": document.method == Method.SCAN,
        "copy_said": COPIES[copy] if copy else "",  # type: ignore[index]  # stored as its value
        "correction": correction,
        "holds": document.revoked_at is None and correction is None,
    }


def _proof(signature: PaperSignature | None) -> Proof:
    if signature is None:
        return Proof.SCAN
    return proof_of(is_demo=signature.is_demo, copy=signature.copy)


def _look(upload: Upload, *, holds: bool) -> str:
    """Green only for what may be relied on: the very file, of a letter that still holds."""
    if upload is Upload.SAME:
        return "ok" if holds else "warn"
    return "warn" if upload is Upload.OTHER_FILE else "bad"
