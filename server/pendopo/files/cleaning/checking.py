"""A signed PDF: looked at, never changed, for a change would break its signature."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Object

from pendopo.files.cleaning.documents import containers, is_active, opened, refuse_bombs
from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.rules import Kind

_ACTIVE_KEYS = (
    "/JS", "/JavaScript", "/AA", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent",
    "/RichMediaSettings", "/3DD", "/FFilter",
)  # fmt: skip
_ZIP_END = b"PK\x05\x06"
_ZIP_REACH = 22 + 65_535  # bytes before the end in which a ZIP's table of contents may be named


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Raises :class:`Unfit` for what we would have to clean; else how many pages it has."""
    path = Path(order["inputs"][0]["path"])
    content = path.read_bytes()
    if not content.startswith(b"%PDF-") or not content.rstrip(b"\r\n\t \0").endswith(b"%%EOF"):
        raise Unfit("file_damaged")
    if _ZIP_END in content[-_ZIP_REACH:]:
        raise Unfit("file_has_active_content")
    document = opened(path, recover=False)
    if document.is_encrypted:
        raise Unfit("file_encrypted")
    refuse_bombs(document)
    opening = document.Root.get("/OpenAction")
    if opening is not None and not _only_shows(opening):
        raise Unfit("file_has_active_content")
    if any(map(_acts, containers(document))):
        raise Unfit("file_has_active_content")
    return {"media_type": Kind.PDF, "pages": len(document.pages)}


def _only_shows(opening: Object) -> bool:
    """Whether opening it leads to a place in it and nowhere else."""
    return isinstance(opening, Array) or (
        isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) == "/GoTo"
    )


def _acts(held: Object) -> bool:
    is_stream_elsewhere = isinstance(held, pikepdf.Stream) and "/F" in held
    is_action = str(held.get("/Type", "")) == "/Action" and not _may_stay(held)
    has_key = any(key in held for key in _ACTIVE_KEYS)
    return is_stream_elsewhere or has_key or is_action or _is_dangerous(held)


def _is_dangerous(held: Object) -> bool:
    return str(held.get("/Type", "")) != "/Action" and is_active(held)


def _may_stay(action: Object) -> bool:
    """A link that a person follows: within the paper, or to an address."""
    kind, address = str(action.get("/S", "")), str(action.get("/URI", ""))
    return kind in {"/GoTo", "/Named"} or (kind == "/URI" and address.startswith("https://"))
