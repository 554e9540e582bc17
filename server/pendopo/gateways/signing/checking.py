"""Checks the signatures of a PDF that anybody may have sent: in a process of its own, bounded in
time and memory.

`python -m pendopo.gateways.signing.checking` reads one PDF from its input, after a question (the
roots that count as trusted, the words to look for), and writes what it found as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Signature, Verdict

LARGEST_FILE = 20 * 2**20  # bytes
WITHIN = 20  # seconds
CPU_SECONDS = 10
MEMORY = 1_000_000_000  # bytes of address space
MOST_SIGNATURES = 20
MOST_PAGES = 20
MOST_NESTED = 10
# Of one of our processes: each check may take a processor and a gigabyte.
AT_ONCE, LONGEST_WAIT = 2, 15  # places, seconds
_places = threading.BoundedSemaphore(AT_ONCE)
_LENGTH = 8  # bytes of a length in the input


def check(pdf: bytes, roots: Iterable[Certificate] = (), words: str = "") -> Verdict:
    """What the signatures are worth; a PDF that breaks the limits counts as unreadable.

    With ``words`` it also says whether they stand in the text of the first pages. Raises
    ``Refused('check_unavailable')`` when the process could not be started, or too many others wait.
    """
    if len(pdf) > LARGEST_FILE or b"%PDF-" not in pdf[:1024]:
        return Verdict(readable=False)
    known = [each.public_bytes(Encoding.PEM).decode() for each in roots]
    question = json.dumps({"roots": known, "words": words}).encode()
    if not _places.acquire(timeout=LONGEST_WAIT):
        raise Refused("check_unavailable")
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=len(question).to_bytes(_LENGTH, "big") + question + pdf,
            capture_output=True,
            timeout=WITHIN,
            check=False,
            # What parses a stranger's file sees none of our settings.
            env={name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        return Verdict(readable=False)
    except OSError as error:
        raise Refused("check_unavailable") from error
    finally:
        _places.release()
    return Verdict(readable=False) if done.returncode else _read(done.stdout)


def _read(written: bytes) -> Verdict:
    said = json.loads(written)
    found = [
        Signature(**each | {"at": datetime.fromisoformat(each["at"]) if each["at"] else None})
        for each in said["signatures"]
    ]
    return Verdict(readable=True, signatures=tuple(found), has_words=said["has_words"])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> int:
    """Checks what comes in; 1 for what can't be read as a PDF."""
    import logging

    # pyHanko reports what it does not like with whole tracebacks.
    logging.disable(logging.CRITICAL)
    _limit()
    length = int.from_bytes(sys.stdin.buffer.read(_LENGTH), "big")
    question = json.loads(sys.stdin.buffer.read(length))
    pdf, words = sys.stdin.buffer.read(), question["words"]
    try:
        signatures = list(_found(pdf, question["roots"]))
        found = {"signatures": signatures, "has_words": bool(words) and _holds(pdf, words)}
    except Exception:  # noqa: BLE001  (a stranger's file; whatever breaks here, it is unreadable)
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


def _found(pdf: bytes, roots: list[str]) -> Iterable[dict[str, Any]]:
    import io

    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader

    trusted = [x509.Certificate.load(pem.unarmor(each.encode())[2]) for each in roots]
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    for nth, signature in enumerate(reader.embedded_regular_signatures):
        if nth == MOST_SIGNATURES:
            raise ValueError("too many signatures")
        yield _one(signature, trusted)


def _holds(pdf: bytes, words: str) -> bool:
    """Whether the text of the first pages holds the words, however lines are broken, or one of the
    file's strings, such as the alternative text of a QR code."""
    import io

    import pikepdf
    import pypdfium2

    paper = pypdfium2.PdfDocument(pdf)
    pages = range(min(len(paper), MOST_PAGES))
    text = "".join(paper[nth].get_textpage().get_text_bounded() for nth in pages)
    if "".join(words.split()) in "".join(text.split()):
        return True
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return any(words in said for each in opened.objects for said in _strings(each, 0))


def _strings(value: Any, depth: int) -> Iterable[str]:
    """The strings in an object; what it only refers to comes in its own turn."""
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth < MOST_NESTED and isinstance(value, pikepdf.Dictionary | pikepdf.Array):
        inner = value.as_list() if isinstance(value, pikepdf.Array) else value.values()
        for each in inner:
            if not getattr(each, "is_indirect", False):
                yield from _strings(each, depth + 1)


def _one(signature: Any, roots: list[Any]) -> dict[str, Any]:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    said = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=said, best_signature_time=said
    )
    status = validate_pdf_signature(signature, context, ValidationContext(trust_roots=[]))
    # What was added later may be a signature of a stranger over other words: then the paper is
    # changed, unless the first signature allows what was done.
    allowed = status.docmdp_ok or status.modification_level is None
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.intact and stamp.valid)
    at = stamp.timestamp if stamp and stamped else said
    certificate = status.signing_cert
    return {
        "intact": bool(status.intact and status.valid and allowed),
        "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "signer": str(certificate.subject.native.get("common_name", ""))[:200],
        "fingerprint": certificate.sha256.hex(),
        "trusted": bool(status.trusted),
        "stamped": stamped,
        "at": at.isoformat() if at else "",
    }


if __name__ == "__main__":
    sys.exit(main())
