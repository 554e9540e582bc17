"""A JPEG's segments, without decoding it: for those that lie in a PDF."""

import re
from collections.abc import Iterator

from pendopo.files.cleaning.unfit import Unfit

_BEGIN, _END, _SCAN, _JFIF, _ADOBE = b"\xff\xd8", 0xD9, 0xDA, 0xE0, 0xEE
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Sizes, tables, scans, intervals: what a decoder needs. JFIF and Adobe say how colours are meant
# and are made anew. All others, and what lies between or after, may hold the place, the camera or a
# second picture.
_NEEDED = _SIZES | {0xC4, 0xCC, _SCAN, 0xDB, 0xDC, 0xDD}
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a segment
_NEXT = re.compile(rb"\xff+[^\x00\xff]")
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
Segment = tuple[int, int, int]  # marker, begin, end


def _segments(content: bytes | bytearray) -> Iterator[Segment]:
    """All of the first picture, that of a scan with its data, up to its end or where it breaks off.

    As decoders do, it skips what stands before the picture and between segments.
    """
    at = content.find(_BEGIN) + len(_BEGIN)
    while at >= len(_BEGIN) and (found := _NEXT.search(content, at)):
        begin, marker = found.end() - 2, content[found.end() - 1]
        at = begin + 2
        if marker in _ALONE:
            continue
        if marker == _END:
            yield marker, begin, at
            return
        at += int.from_bytes(content[at : at + 2], "big")
        if not begin + 4 <= at <= len(content):
            return
        if marker == _SCAN:
            after = _AFTER_SCAN.search(content, at)
            at = after.start() if after else len(content)
        yield marker, begin, at


def without_notes(content: bytes | bytearray, *, is_whole: bool = False) -> bytes:
    """The same picture without place, camera, comments, profiles, and what follows it.

    Raises :class:`Unfit` for what is no JPEG; with ``is_whole`` also for one without its end.
    """
    kept: list[bytes | bytearray] = [_BEGIN]
    seen = set()
    for marker, begin, end in _segments(content):
        seen.add(marker)
        if marker in _NEEDED:
            kept.append(content[begin:end])
        elif marker in {_JFIF, _ADOBE}:
            kept.append(_about_colours(marker, content[begin + 4 : end]))
    if _SCAN not in seen or not _SIZES & seen or (is_whole and _END not in seen):
        raise Unfit("file_damaged")
    return b"".join([*kept, bytes([0xFF, _END])])


def _about_colours(marker: int, given: bytes | bytearray) -> bytes:
    """JFIF without its small picture, Adobe's without what follows; of others nothing."""
    if marker == _JFIF and given.startswith(b"JFIF\0") and len(given) >= 14:
        return b"\xff\xe0\x00\x10" + given[:12] + b"\0\0"
    if marker == _ADOBE and given.startswith(b"Adobe") and len(given) >= 12:
        return b"\xff\xee\x00\x0e" + given[:12]
    return b""


def size_of(content: bytes | bytearray) -> tuple[int, int] | None:
    """Width and height as the JPEG itself says them."""
    for marker, begin, _ in _segments(content):
        if marker in _SIZES:
            height, width = content[begin + 5 : begin + 7], content[begin + 7 : begin + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return None
