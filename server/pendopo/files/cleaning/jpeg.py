"""A JPEG's segments, without decoding it: for those that lie in a PDF."""

from collections.abc import Iterator

_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
# JFIF and Adobe say how colours are meant; all other application segments and comments may hold
# the place, the camera or a second picture.
_NEEDED = {0xE0, 0xEE}
_DROPPABLE = {*range(0xE0, 0xF0), 0xFE}
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# The EXIF of a JPEG: its segment, or nothing that we understand.
Segment = tuple[int, int, int]  # marker, begin, end


def _segments(content: bytes) -> Iterator[Segment]:
    """The segments before the picture's own data; then one with the marker of the scan."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in {_SCAN, _END}:
            yield marker, at, len(content)
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        yield marker, at, end
        at = end


def without_notes(content: bytes) -> bytes:
    """The same picture without place, camera, comments and profiles. What is no JPEG is not
    changed."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept = [content[:2]]
    for marker, begin, end in _segments(content):
        if marker not in _DROPPABLE or marker in _NEEDED:
            kept.append(content[begin:end])
        if marker == _SCAN:
            return b"".join(kept)
    return content


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height as the JPEG itself says them."""
    for marker, begin, _ in _segments(content):
        if marker in _SIZES:
            height, width = content[begin + 5 : begin + 7], content[begin + 7 : begin + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return None
