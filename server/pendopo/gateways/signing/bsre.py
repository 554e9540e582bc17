"""BSrE's signing service: `POST /api/sign/pdf` and `/api/sign/verify` of its eSign client service.

Basic auth; a multipart form takes the PDF, the signer's NIK and passphrase. The answer is the
signed PDF, else JSON with ``error`` and ``status_code``. Sources: what the domain file says of the
interface, and how published programs of regencies call it; BSrE hands its manual only to members,
so that an office tries it with its own account before it relies on it.
"""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

import requests
from django.conf import settings
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Signature, SignatureOrder, Verdict

CONNECT_WITHIN, ANSWER_WITHIN = 5, 60  # seconds; signing over the line takes some
LARGEST_ANSWER = 40 * 2**20  # bytes
_BY_CODE = {2011: "signer_unknown", 2031: "passphrase_wrong"}
# Texts change between versions, so codes come first and a few words of theirs second.
_BY_WORD = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), reason)
    for words, reason in (
        ("passphrase", "passphrase_wrong"),
        ("revoked?|dicabut|pencabutan", "certificate_revoked"),
        ("expired?|kedaluwarsa|kadaluarsa|kadaluwarsa", "certificate_expired"),
        ("(?:tidak|belum) terdaftar|nik", "signer_unknown"),
    )
)


@dataclass(frozen=True)
class Box:
    """A visible box, in points from the lower left corner of a page (from 1), and what its QR code
    leads to."""

    page: int
    left: float
    bottom: float
    width: float
    height: float
    link: str = ""


@dataclass(frozen=True)
class _Answer:
    """What the service said, whole."""

    status: int
    content: bytes


@dataclass(frozen=True)
class BsreService:
    """Where the service is, and as whom the office calls it."""

    url: str
    user: str
    password: str = field(repr=False)

    @property
    def is_set(self) -> bool:
        """Whether this installation has one."""
        return bool(self.url)


def bsre_service() -> BsreService:
    """The service of this installation."""
    return BsreService(settings.BSRE_URL, settings.BSRE_USER, settings.BSRE_PASSWORD)


class BsreSigner:
    """One signer, named by NIK, at BSrE. Without a box the signature is invisible."""

    def __init__(self, service: BsreService, nik: str = "", box: Box | None = None) -> None:
        self._service = service
        self._nik = nik
        self._box = box

    def sign(self, pdf: bytes, order: SignatureOrder) -> bytes:
        """The PDF as BSrE signed it; whether it is the paper that was sent, the caller checks.

        Raises ``Refused`` with ``passphrase_wrong``, ``certificate_expired``,
        ``certificate_revoked``, ``signer_unknown``, ``paper_unsignable`` (it refused for another
        reason), ``signer_refuses_office``, ``signer_answer_wrong`` or ``signer_unavailable``.
        """
        form = {
            "nik": self._nik,
            "passphrase": order.passphrase.reveal(),
            "reason": order.reason,
            "location": order.location,
            **_appearance(self._box),
        }
        answer = self._post("/api/sign/pdf", form, {"file": ("surat.pdf", pdf, "application/pdf")})
        if answer.status == 200 and answer.content.startswith(b"%PDF-"):
            return answer.content
        raise Refused(_reason(answer))

    def verify(self, pdf: bytes) -> Verdict:
        """What BSrE says of the signatures.

        Raises ``Refused`` with ``signer_unavailable`` or ``signer_refuses_office``.
        """
        file = {"signed_file": ("surat.pdf", pdf, "application/pdf")}
        answer = self._post("/api/sign/verify", {}, file)
        details = _json(answer).get("details")
        if answer.status == 200 and isinstance(details, list):
            return Verdict(readable=True, signatures=tuple(map(_signature, details)))
        if answer.status == 400:
            return Verdict(readable=False)
        raise Refused("signer_unavailable")

    def _post(self, path: str, form: dict[str, str], files: dict[str, Any]) -> _Answer:
        """Asks once. The body holds the passphrase: no error of the library may carry it on."""
        service, until = self._service, time.monotonic() + ANSWER_WITHIN
        try:
            with requests.post(
                service.url.rstrip("/") + path,
                data=form,
                files=files,
                auth=HTTPBasicAuth(service.user, service.password),
                timeout=(CONNECT_WITHIN, ANSWER_WITHIN),
                allow_redirects=False,  # a passphrase goes nowhere else
                stream=True,
            ) as response:
                answer = _Answer(response.status_code, _read(response, until))
        except requests.RequestException:
            raise Refused("signer_unavailable") from None
        if answer.status in {401, 403}:
            raise Refused("signer_refuses_office")
        if answer.status >= 502:
            raise Refused("signer_unavailable")
        return answer


def _read(response: requests.Response, until: float) -> bytes:
    """All of it, in bounded time and memory. Raises ``Refused('signer_unavailable')``."""
    content = bytearray()
    try:
        # Whatever came, as it comes: a server that drips would never fill a chunk in time.
        while chunk := response.raw.read1(2**16, decode_content=True):
            content += chunk
            if len(content) > LARGEST_ANSWER or time.monotonic() > until:
                raise Refused("signer_unavailable")
    except HTTPError:
        raise Refused("signer_unavailable") from None
    return bytes(content)


def service_answers(service: BsreService) -> str:
    """Empty when the service takes our user, else what is wrong in a word: ``away`` or ``user``."""
    try:
        answer = requests.get(
            service.url.rstrip("/") + "/api/user/status/0000000000000000",
            auth=HTTPBasicAuth(service.user, service.password),
            timeout=CONNECT_WITHIN,
            allow_redirects=False,
        )
    except requests.RequestException:
        return "away"
    if answer.status_code in {401, 403}:
        return "user"
    return "away" if answer.status_code >= 502 else ""


def _appearance(box: Box | None) -> dict[str, str]:
    """The form's words for a box, or for none."""
    if box is None:
        return {"tampilan": "invisible"}
    return {
        "tampilan": "visible",
        "image": "false",
        "linkQR": box.link,
        "page": str(box.page),
        "xAxis": f"{box.left:.0f}",
        "yAxis": f"{box.bottom:.0f}",
        "width": f"{box.width:.0f}",
        "height": f"{box.height:.0f}",
    }


def _reason(answer: _Answer) -> str:
    """The code of the refusal that an answer without a PDF deserves."""
    said = _json(answer)
    code = said.get("status_code")
    if isinstance(code, int) and code in _BY_CODE:
        return _BY_CODE[code]
    text = str(said.get("error") or said.get("message") or "")
    for words, reason in _BY_WORD:
        if words.search(text):
            return reason
    if answer.status == 200:
        return "signer_answer_wrong"
    return "paper_unsignable" if said and answer.status < 500 else "signer_unavailable"


def _json(answer: _Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _signature(detail: Any) -> Signature:
    said = detail if isinstance(detail, dict) else {}
    paper, signer = _inner(said, "signature_document"), _inner(said, "info_signer")
    intact = paper.get("document_integrity") is True
    return Signature(
        intact=intact,
        whole=intact,
        signer=str(signer.get("signer_name", ""))[:200],
        trusted=signer.get("cert_user_certified") is True,
        stamped=paper.get("signed_using_tsa") is True,
    )


def _inner(said: dict[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name)
    return value if isinstance(value, dict) else {}
