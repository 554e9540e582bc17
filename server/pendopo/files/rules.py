"""What a file is by its content, how large it may be, and what it is called."""

import re
import unicodedata
from enum import StrEnum

MB = 10**6
LARGEST_FILE = 20 * MB  # bytes, of one upload
MOST_FILES = 20  # that become one PDF
LARGEST_REQUEST = 60 * MB  # bytes, of all that one request brings
MOST_PAGES = 200
LARGEST_SIDE = 16_000  # pixels
MOST_PIXELS = 52_000_000  # a telephone's 50 megapixels
KEPT_SIDE = 2500  # pixels; A4 with 214 dots an inch
HEAD = 64  # bytes that tell the kind
LONGEST_NAME = 120
WIDTHS = (400, 800, 1200, 1600, 2000)  # pixels, of the picture of a page


class Kind(StrEnum):
    """What we take, as media types."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"


ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/webp": ".webp",
    "text/calendar": ".ics",
    "text/csv": ".csv",
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
_BLANKS = b"\xef\xbb\xbf \t\r\n\0"  # what some programs put before a PDF


def kind_of(head: bytes) -> Kind | None:
    """What begins with these bytes (:data:`HEAD` are enough); ``None`` when we don't take it.

    Nothing but the content counts: neither the name nor what the sender's browser said.
    """
    if head.lstrip(_BLANKS).startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    return None


# What may stand at the end of a name in place of, or before, the right ending.
_ENDING = re.compile(
    r"\.(pdf|jpe?g|jfif|png|hei[cf]|webp|gif|bmp|tiff?|svg|docx?|docm|xlsx?|xlsm|pptx?|zip|rar|7z|exe"
    r"|com|bat|cmd|scr|msi|js|vbs|ps1|sh|html?|xhtml|php|jar|lnk|apk|ics|csv|txt)$",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(name: str, ending: str) -> str:
    """The name as people may see and save it: no folders, nothing invisible, the right ending.

    At most :data:`LONGEST_NAME` characters. A name of which nothing is left is ``berkas``.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        " " if unicodedata.category(each)[0] == "Z" else each
        for each in last
        if unicodedata.category(each)[0] != "C"
    )
    words = " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(". ")
    while found := _ENDING.search(words):
        words = words[: found.start()].rstrip(". ")
    words = words[: LONGEST_NAME - len(ending)].rstrip(". ") or "berkas"
    if _RESERVED.fullmatch(words):
        words = f"berkas {words}"
    return words + ending


def drawn_width(wanted: int) -> int:
    """The width in which a page is drawn for one who wants this one: a step of :data:`WIDTHS`."""
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
