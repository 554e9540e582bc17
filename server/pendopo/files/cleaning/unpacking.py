"""The general filters of a PDF's streams, taken off one after the other within bounds."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.rules import MB

LARGEST_STREAM = 256 * MB  # bytes, unpacked
_LONG_NAMES = {
    "/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode", "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode", "/Fl": "/FlateDecode", "/LZW": "/LZWDecode", "/RL": "/RunLengthDecode",
}  # fmt: skip
_GENERAL = {
    "/ASCII85Decode", "/ASCIIHexDecode", "/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/Crypt",
}  # fmt: skip

_WITH_PARAMETERS = {"/FlateDecode", "/LZWDecode"}


@dataclass(frozen=True)
class Unpacked:
    """What is left when the general filters are off: the content, the filters that only pictures
    have, and the parameters of the first of these."""

    content: bytes | bytearray
    filters: list[str]
    parameters: Dictionary | None


def filters(stream: Stream) -> list[str]:
    """The full names of a stream's filters, in the order of unpacking."""
    found = stream.get("/Filter")
    names = list(found) if isinstance(found, Array) else [] if found is None else [found]
    return [_LONG_NAMES.get(str(each), str(each)) for each in names]


def unpacked(stream: Stream, *, is_exact: bool = False) -> Unpacked:
    """Raises :class:`Unfit` above the limit, and for what can't be unpacked.

    Only with ``is_exact`` a predictor of the last filter is undone: it hardly changes the size.
    """
    names = filters(stream)
    parameters = _parameters(stream, len(names))
    content: bytes | bytearray = stream.read_raw_bytes()
    while names and names[0] in _GENERAL:
        content = _step(content, names[0], parameters[0], is_exact=is_exact or len(names) > 1)
        names, parameters = names[1:], parameters[1:]
    if len(content) > LARGEST_STREAM:
        raise Unfit("file_too_complex")
    return Unpacked(content, names, parameters[0] if parameters else None)


def _parameters(stream: Stream, number: int) -> list[Dictionary | None]:
    """One for each filter."""
    found = stream.get("/DecodeParms")
    given: list[Object | None] = list(found) if isinstance(found, Array) else [found]
    known = [each if isinstance(each, Dictionary) else None for each in given[:number]]
    return known + [None] * (number - len(known))


def _step(
    content: bytes | bytearray, name: str, parameters: Dictionary | None, *, is_exact: bool
) -> bytes | bytearray:
    if name == "/Crypt":  # reading took it off
        return content
    if name == "/FlateDecode":
        whole = bytearray()
        for piece in _inflated(content):
            whole += piece
        predictor = 1 if parameters is None else int(parameters.get("/Predictor", 1))
        if predictor == 1 or not is_exact:
            return whole
    return _by_library(content, name, parameters)


def _by_library(content: bytes | bytearray, name: str, parameters: Dictionary | None) -> bytes:
    """What is rare; the memory of this process is the limit."""
    scratch = pikepdf.new()
    alone = scratch.make_stream(b"")
    known = {
        key: int(parameters[key])
        for key in ("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange")
        if name in _WITH_PARAMETERS and parameters is not None and key in parameters
    }
    alone.write(
        bytes(content), filter=Name(name), decode_parms=Dictionary(known) if known else None
    )
    try:
        return bytes(alone.read_bytes(pikepdf.StreamDecodeLevel.specialized))
    except (pikepdf.PdfError, RuntimeError):
        raise Unfit("file_too_complex") from None


def _inflated(packed: bytes | bytearray) -> Iterator[bytes]:
    """A piece at a time; raises :class:`Unfit` above the limit. Damaged data ends it early."""
    size, unpacker = 0, zlib.decompressobj()
    rest = bytes(packed)
    while rest and not unpacker.eof:
        try:
            piece = unpacker.decompress(rest, MB)
        except zlib.error:
            return
        if not piece and unpacker.unconsumed_tail == rest:
            return
        size, rest = size + len(piece), unpacker.unconsumed_tail
        if size > LARGEST_STREAM:
            raise Unfit("file_too_complex")
        yield piece
