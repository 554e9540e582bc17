"""A PDF, put together anew from its pages: what is no page stays behind."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from pendopo.files.cleaning.embedded import clear_picture, size_of, take_out_photos
from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.cleaning.unpacking import LARGEST_STREAM, Unpacked, unpacked
from pendopo.files.rules import MB, MOST_PAGES

MOST_OBJECTS = 200_000
LARGEST_SUM = 1000 * MB  # bytes, when unpacked
_PAGE = {
    "/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Resources", "/Contents", "/Group", "/Annots",
}  # fmt: skip
# Of a stream: other files, programs' own data, notes, places on the earth.
_STREAM = (
    "/F", "/FFilter", "/FDecodeParms", "/Metadata", "/PieceInfo", "/OPI", "/Alternates", "/Ref",
    "/AF", "/Measure", "/PtData", "/LastModified", "/StructParent", "/StructParents", "/PS",
)  # fmt: skip
ACTIONS = {
    "/JavaScript", "/Launch", "/GoToE", "/GoToR", "/SubmitForm", "/ResetForm", "/ImportData",
    "/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/Hide", "/Thread", "/GoTo3DView",
    "/SetOCGState",
}  # fmt: skip
_OTHER_FILES = {"/Action", "/Filespec", "/EmbeddedFile"}


def clean_document(path: Path) -> pikepdf.Pdf:
    """A new document with the pages of this one: their drawing, and links to ``https``.

    Forms and notes become part of the drawing. Scripts, actions, attached files, forms, metadata
    and bookmarks stay behind, and so does whatever stood before or after the PDF in the file.
    Raises :class:`Unfit`.
    """
    source = opened(path, recover=True)
    refuse_bombs(source)
    if Name.AcroForm in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations()
    clean = pikepdf.new()
    for page in source.pages:
        for key in set(page.obj.keys()) - _PAGE:
            del page.obj[key]
        _keep_links(page.obj)
        clean.pages.append(page)
    take_out_photos(clean)
    _sweep(clean)
    return clean


def save(document: pikepdf.Pdf, out: Path) -> None:
    """Writes it; nothing is unpacked for that."""
    document.save(
        out,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )


def opened(path: Path, *, recover: bool) -> pikepdf.Pdf:
    """The PDF with its number of pages checked. With ``recover`` a broken table of contents is made
    anew, as every reader does. Raises :class:`Unfit`."""
    try:
        document = pikepdf.open(path, attempt_recovery=recover)
        pages = len(document.pages)
    except pikepdf.PasswordError:
        raise Unfit("file_encrypted") from None
    except pikepdf.PdfError:
        raise Unfit("file_damaged") from None
    if not pages:
        raise Unfit("file_damaged")
    if pages > MOST_PAGES:
        raise Unfit("file_too_many_pages", pages=pages)
    if len(document.objects) > MOST_OBJECTS:
        raise Unfit("file_too_complex")
    return document


def refuse_bombs(document: pikepdf.Pdf) -> None:
    """Raises :class:`Unfit` when something becomes far too large once it is unpacked or drawn."""
    total = 0
    for each in document.objects:
        if isinstance(each, Stream):
            _refuse_huge_picture(each, None)
            packed = unpacked(each)
            _refuse_huge_picture(each, packed)
            total += len(packed.content)
            if total > LARGEST_SUM:
                raise Unfit("file_too_complex")


def _refuse_huge_picture(stream: Stream, packed: Unpacked | None) -> None:
    """By what is said of it, and by what it says itself once that is unpacked."""
    if stream.get("/Subtype") != Name.Image:
        return
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    bits = int(stream.get("/BitsPerComponent", 8))
    if packed and (size := size_of(packed)):
        width, height = max(width, size[0]), max(height, size[1])
    # A picture of one bit is black or white; any other may have three colours.
    if width * height * (bits if bits == 1 else bits * 3) // 8 > LARGEST_STREAM:
        raise Unfit("picture_too_large")


def _keep_links(page: Object) -> None:
    """Of a page's notes only links to https are left, made anew."""
    notes = page.get("/Annots")
    links = [_link(each) for each in notes] if isinstance(notes, Array) else []
    kept = [each for each in links if each is not None]
    if kept:
        page.Annots = Array(kept)
    elif notes is not None:
        del page.Annots


def _link(note: Object) -> Dictionary | None:
    if not isinstance(note, Dictionary) or note.get("/Subtype") != Name.Link:
        return None
    action = note.get("/A")
    if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
        return None
    address, area = str(action.get("/URI", "")), note.get("/Rect")
    if not isinstance(area, Array) or not _is_plain(address):
        return None
    corners = [float(each) for each in area]
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array(corners),
        Border=Array([0, 0, 0]),
        A=Dictionary(S=Name.URI, URI=pikepdf.String(address)),
    )


def _is_plain(address: str) -> bool:
    """Whether it is an https address with nothing hidden in it."""
    if len(address) > 2000 or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def containers(document: pikepdf.Pdf) -> Iterator[Object]:
    """All dictionaries and streams of a document, also those that lie inside of others."""
    for each in document.objects:
        stack = [each]
        while stack:
            held = stack.pop()
            if isinstance(held, Stream | Dictionary):
                yield held
                inner = [held.get(key) for key in list(held.keys())]
            else:
                inner = list(held) if isinstance(held, Array) else []
            stack += [it for it in inner if isinstance(it, Object) and not it.is_indirect]


def is_active(held: Object) -> bool:
    """Whether it is an action that does more than turn a page, or names or holds another file."""
    return str(held.get("/S", "")) in ACTIONS or str(held.get("/Type", "")) in _OTHER_FILES


def _sweep(document: pikepdf.Pdf) -> None:
    """Clears what pages may drag along though no reader needs it for drawing."""
    for held in containers(document):
        if is_active(held):
            for key in list(held.keys()):
                if key not in {"/Length", "/Filter", "/DecodeParms"}:
                    del held[key]
            if isinstance(held, Stream):
                held.write(b"")
        elif isinstance(held, Stream):
            _clear_stream(held)
        else:
            _clear_notes(held)


def _clear_notes(held: Object) -> None:
    """What programs say of a part of the drawing; a picture may have such a name too."""
    for key in ("/Metadata", "/PieceInfo"):
        value = held.get(key)
        is_drawn = isinstance(value, Stream) and value.get("/Subtype") in {Name.Image, Name.Form}
        if value is not None and not is_drawn:
            del held[key]


def _clear_stream(stream: Stream) -> None:
    for key in _STREAM:
        if key in stream:
            del stream[key]
    if stream.get("/Subtype") == Name.PS:  # a program for printers
        stream.write(b"")
    clear_picture(stream)
