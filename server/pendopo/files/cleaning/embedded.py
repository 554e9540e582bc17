"""Pictures that lie in a PDF packed in their own way: without place, camera and other notes."""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from pendopo.files.cleaning import jpeg, jpeg2000
from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.cleaning.unpacking import LARGEST_STREAM, Unpacked, filters, unpacked

_JPEG, _JPEG_2000 = "/DCTDecode", "/JPXDecode"
# Scans in black and white: they have no notes.
_BILEVEL = {"/CCITTFaxDecode", "/JBIG2Decode"}
_KEYS = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent",
    "/ImageMask", "/Mask", "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/OC",
    "/Filter", "/DecodeParms", "/Length",
}  # fmt: skip
# A picture amid the drawing: it begins so, and one of its filters is a photo's. Any letter of a
# name may be written as a number.
_AMID = re.compile(rb"(?<![^\0\t\n\f\r \])>}])BI(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*+/")
_PHOTO = re.compile(
    rb"/(?:(?:D|#44)(?:C|#43)(?:T|#54)|(?:J|#4[Aa])(?:P|#50)(?:X|#58))", re.IGNORECASE
)


def size_of(packed: Unpacked) -> tuple[int, int] | None:
    """Width and height as the picture itself says them."""
    by = {_JPEG: jpeg.size_of, _JPEG_2000: jpeg2000.size_of}
    sizes = [by[name](packed.content) for name in packed.filters if name in by]
    return sizes[0] if sizes else None


def clear_picture(stream: Stream, *, is_whole: bool = False) -> None:
    """Leaves the picture's pixels and what is needed to draw them. Raises :class:`Unfit` for what
    no reader would draw; with ``is_whole`` also for a JPEG without its end."""
    if stream.get("/Subtype") == Name.Image:
        for key in set(stream.keys()) - _KEYS:
            del stream[key]
    names = set(filters(stream))
    if not names & {_JPEG, _JPEG_2000}:
        return
    packed = unpacked(stream)
    if packed.filters == [_JPEG_2000]:
        stream.write(jpeg2000.without_notes(packed.content), filter=Name.JPXDecode)
    elif packed.filters == [_JPEG]:
        cleaned = jpeg.without_notes(packed.content, is_whole=is_whole)
        colours = None if packed.parameters is None else packed.parameters.get("/ColorTransform")
        known = None if colours is None else Dictionary(ColorTransform=int(colours))
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=known)
    else:
        raise Unfit("file_damaged")


def take_out_photos(document: Pdf) -> None:
    """Photos amid a drawing become pictures of their own, already cleaned.

    Raises :class:`Unfit` where that is not possible.
    """
    before = max((each.objgen[0] for each in _streams(document)), default=0)
    done = set()
    for page in document.pages:
        drawing = _drawing_of(page)
        done |= {each.objgen for each in drawing}
        if _has_photo_amid(drawing):
            page.externalize_inline_images(shallow=True)
            if _has_photo_amid(_drawing_of(page)):
                raise Unfit("file_too_complex")
    for each in _streams(document):
        if each.objgen not in done and _has_photo_amid([each]):
            _take_out(each, document)
    for each in _streams(document):
        if each.objgen[0] > before and each.get("/Subtype") == Name.Image:
            clear_picture(each, is_whole=True)


def _streams(document: Pdf) -> list[Stream]:
    return [each for each in document.objects if isinstance(each, Stream)]


def _drawing_of(page: pikepdf.Page) -> list[Stream]:
    parts = page.obj.get("/Contents")
    given = list(parts) if isinstance(parts, Array) else [parts]
    return [each for each in given if isinstance(each, Stream)]


def _take_out(drawing: Stream, document: Pdf) -> None:
    """Of a form, a pattern, or what else is drawn; its resources are to be its own."""
    if "/Resources" not in drawing:
        raise Unfit("file_too_complex")
    kind = drawing.get("/Subtype")
    drawing.Subtype = Name.Form
    resources = Dictionary(XObject=Dictionary(A=drawing))
    page = Dictionary(Type=Name.Page, Contents=document.make_stream(b""), Resources=resources)
    pikepdf.Page(document.make_indirect(page)).externalize_inline_images()
    if kind is None:
        del drawing["/Subtype"]
    else:
        drawing.Subtype = kind
    if _has_photo_amid([drawing]):
        raise Unfit("file_too_complex")


def _has_photo_amid(drawing: list[Stream]) -> bool:
    """Whether it may have; that of a page may be cut into parts anywhere."""
    whole = bytearray()
    for each in drawing:
        if each.get("/Subtype") == Name.Image:
            continue
        part = unpacked(each, is_exact=True)
        if not part.filters:
            whole += part.content
            whole += b"\n"
        if len(whole) > LARGEST_STREAM:
            raise Unfit("file_too_complex")
    first = _AMID.search(whole)
    return first is not None and _PHOTO.search(whole, first.end() - 1) is not None
