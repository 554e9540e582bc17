"""A JPEG 2000's boxes and markers, without decoding it: for those that lie in a PDF."""

from collections.abc import Iterator

from pendopo.files.cleaning.unfit import Unfit

_SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
_PICTURE = b"\xff\x4f\xff\x51"  # a picture without boxes begins so
_HEADER = {b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"}
_NOTE, _TILE, _DATA, _END = 0x64, 0x90, 0x93, b"\xff\xd9"
# Sizes, coding, quantisation, regions, order, packed headers, registration, notes.
_KNOWN = {
    0x50, 0x51, 0x52, 0x53, 0x55, 0x57, 0x58, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63, _NOTE,
    _TILE,
}  # fmt: skip
Box = tuple[bytes, bytes | bytearray]  # kind, content


def without_notes(content: bytes | bytearray) -> bytes:
    """The same picture without descriptions, places, and what follows it. Raises :class:`Unfit` for
    what is no JPEG 2000."""
    if content.startswith(_PICTURE):
        return bytes(_picture(content))
    if not content.startswith(_SIGNATURE):
        raise Unfit("file_damaged")
    kept = [_SIGNATURE]
    for kind, held in _boxes(content[len(_SIGNATURE) :]):
        if kind == b"ftyp":
            kept.append(_box(kind, held))
        elif kind == b"jp2h":
            inner = [_box(*each) for each in _boxes(held) if each[0] in _HEADER]
            kept.append(_box(kind, b"".join(inner)))
        elif kind == b"jp2c":
            return b"".join([*kept, _box(kind, _picture(held))])
    raise Unfit("file_damaged")


def size_of(content: bytes | bytearray) -> tuple[int, int] | None:
    """Width and height as the picture itself says them."""
    at = content.find(_PICTURE) + 8
    if at < 8 or at + 16 > len(content):
        return None
    right, bottom, left, top = (
        int.from_bytes(content[at + 4 * each : at + 4 * each + 4], "big") for each in range(4)
    )
    return max(0, right - left), max(0, bottom - top)


def _boxes(content: bytes | bytearray) -> Iterator[Box]:
    """The last one may break off."""
    at = 0
    while at + 8 <= len(content):
        size, kind, begin = _number(content, at), bytes(content[at + 4 : at + 8]), at + 8
        if size == 1:
            size, begin = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        end = at + size if size else len(content)
        if end < begin:
            raise Unfit("file_damaged")
        yield kind, content[begin:end]
        at = end


def _box(kind: bytes, content: bytes | bytearray) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def _number(content: bytes | bytearray, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "big")


def _picture(content: bytes | bytearray) -> bytearray:
    """Its notes become zeros, so that no length changes; it ends where it says so or breaks off."""
    if not content.startswith(_PICTURE):
        raise Unfit("file_damaged")
    picture, at, tile_ends = bytearray(content), 2, 0
    while at < len(picture) and picture[at : at + 2] != _END:
        marker, end = _marker(picture, at)
        if marker == _DATA:
            end = _end_of_data(picture, at, tile_ends)
        elif marker == _TILE:
            size = _number(picture, at + 6)
            tile_ends = at + size if size else 0
        elif marker == _NOTE:
            picture[at + 4 : end] = bytes(end - at - 4)
        at = end
    return picture[: at + 2]


def _marker(picture: bytearray, at: int) -> tuple[int, int]:
    """Which it is, and where its segment ends."""
    marker = picture[at + 1] if picture[at] == 0xFF and at + 4 <= len(picture) else 0
    end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    if marker != _DATA and (marker not in _KNOWN or not at + 4 <= end <= len(picture)):
        raise Unfit("file_damaged")
    return marker, end


def _end_of_data(picture: bytearray, at: int, tile_ends: int) -> int:
    """Data without a length is that of the last tile; none looks like the end of the picture."""
    end = tile_ends or picture.find(_END, at)
    if end < 0:
        return len(picture)
    if end < at + 2:
        raise Unfit("file_damaged")
    return end
