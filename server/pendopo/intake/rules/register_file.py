"""The file for the national letter system: letters as PDF, what is known of them, checksums.

The fields are documented in `docs/features/letter-register.md`; a field is never renamed, and
:data:`VERSION` grows with a new one.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

FORMAT, VERSION = "pendopo-letters", 1
METADATA, CHECKSUMS = "metadata.json", "SHA256SUMS"
# A ZIP's own clock has no zone and says nothing of use: the same letters make the same file.
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class LetterEntry:
    """What the file says of one letter. Dates are ISO 8601; empty or ``None`` is not known.

    ``direction`` is ``incoming`` or ``outgoing``, ``state`` and ``revision`` those of an outgoing
    letter here.
    """

    direction: str
    kind: str
    number: str
    date: str | None
    agenda_number: str
    received_on: str | None
    sender: str
    recipient: str
    subject: str
    urgency: str
    secrecy: str
    classification_code: str
    attachments: str
    copies: tuple[str, ...]
    signatory_name: str
    signatory_title: str
    state: str
    revision: int | None
    verification_url: str


@dataclass(frozen=True)
class PackedLetter:
    """A letter, the name of its PDF in the file, and the PDF; ``None`` while it is to come."""

    entry: LetterEntry
    name: str
    content: bytes | None


def packed(
    request_number: str, office: str, made_at: datetime, letters: Sequence[PackedLetter]
) -> bytes:
    """The ZIP: a PDF for each letter, ``metadata.json``, and ``SHA256SUMS`` over both."""
    files = {each.name: each.content for each in letters if each.content is not None}
    told = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(),
        "office": office,
        "request": request_number,
        "letters": [_told(each) for each in letters],
    }
    files[METADATA] = json.dumps(told, ensure_ascii=False, indent=2).encode()
    sums = "".join(f"{_sum(content)}  {name}\n" for name, content in files.items())
    files[CHECKSUMS] = sums.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), content)
    return out.getvalue()


def _told(letter: PackedLetter) -> dict[str, Any]:
    content = letter.content
    file: dict[str, Any] = {"file": None, "size": None, "sha256": None}
    if content is not None:
        file = {"file": letter.name, "size": len(content), "sha256": _sum(content)}
    return {**file, **asdict(letter.entry)}


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
