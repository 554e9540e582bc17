"""Photos that lie in a PDF, packed and noted in every way that readers understand."""

import base64
import io
import random
import struct
import zlib
from functools import partial
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from pendopo.files.tests.pictures import SECRET, paper, picture, with_place


def image_in(content: bytes, document: Pdf, **more: Any) -> None:
    facts = {"Width": 64, "Height": 32, "Filter": Name.DCTDecode} | more
    image = document.make_stream(
        content, Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, **facts,
    )  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=image))
    document.pages[0].obj.Contents = document.make_stream(b"q 300 0 0 400 0 0 cm /A Do Q")


def ascii85(content: bytes) -> bytes:
    return base64.a85encode(content) + b"~>"


def lzw(content: bytes) -> bytes:
    """So many clearings that no code is longer than nine bits."""
    codes = []
    for at in range(0, len(content), 250):
        codes += [256, *content[at : at + 250]]
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    return int(bits + "0" * (-len(bits) % 8), 2).to_bytes((len(bits) + 7) // 8, "big")


def literal_runs(content: bytes) -> bytes:
    pieces = [content[at : at + 128] for at in range(0, len(content), 128)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


def photo_packed(packed: bytes, *names: str, **more: Any) -> bytes:
    """A PDF with a photo that is packed in more than its own way."""
    filters = Array([Name(f"/{name}Decode") for name in (*names, "DCT")])
    return paper(partial(image_in, packed, Filter=filters, **more))


def speckled() -> Image.Image:
    return Image.frombytes("RGB", (64, 32), random.Random(1).randbytes(64 * 32 * 3))


def many_scans() -> bytes:
    """Notes amid the scans of a photo, as segments and as they are."""
    out = io.BytesIO()
    speckled().save(out, "JPEG", progressive=True, quality=90)
    content, note = out.getvalue(), struct.pack(">H", len(SECRET) + 2) + SECRET
    at = content.rindex(b"\xff\xda")
    noted = content[:at] + b"\xff\xfe" + note + b"\xff\xed" + note + content[at:]
    return noted.replace(b"\xff\xda", SECRET + b"\xff\xda", 1)


def small_picture_within() -> bytes:
    """JFIF's own small picture, and what nobody knows under Adobe's number."""
    content = picture(size=(64, 32))
    jfif = content[6:18] + b"\x03\x03" + (SECRET + bytes(27))[:27]
    more = struct.pack(">H", len(jfif) + 2) + jfif
    other = b"\xff\xee" + struct.pack(">H", len(SECRET) + 2) + SECRET
    return content[:2] + b"\xff\xe0" + more + other + content[20:]


def jpeg_2000(**more: Any) -> bytes:
    out = io.BytesIO()
    speckled().save(out, "JPEG2000", **more)
    return out.getvalue()


def box(kind: bytes, content: bytes = SECRET, *, long: bool = False, open_: bool = False) -> bytes:
    if long:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", 0 if open_ else len(content) + 8, kind) + content


def boxed() -> bytes:
    """Every place in which a JPEG 2000 may have notes: before, within, and after the picture."""
    content = jpeg_2000()
    header, codes = content.index(b"jp2h") - 4, content.index(b"jp2c") - 4
    inner = content[header + 8 : codes] + box(b"xml ") + box(b"res ")
    return (
        content[:header] + box(b"xml ", long=True) + box(b"jp2h", inner) + box(b"asoc")
        + box(b"jp2c", content[codes + 8 :] + SECRET, long=True)
        + box(b"jp2i") + box(b"uuid", open_=True)
    )  # fmt: skip


def noted_codes(*, has_length: bool = True) -> bytes:
    """A JPEG 2000 without boxes, with notes in its own header and in a tile's."""
    content = bytearray(jpeg_2000(no_jp2=True))
    note = b"\xff\x64" + struct.pack(">HH", len(SECRET) + 4, 1) + SECRET
    tile = content.index(b"\xff\x90")
    size = len(note) + struct.unpack_from(">I", content, tile + 6)[0] if has_length else 0
    struct.pack_into(">I", content, tile + 6, size)
    return bytes(content[:tile] + note + content[tile : tile + 12] + note + content[tile + 12 :])


def jpeg_2000_that_says(width: int, height: int) -> bytes:
    content = bytearray(jpeg_2000())
    struct.pack_into(">II", content, content.index(b"\xff\x4f\xff\x51") + 8, width, height)
    return bytes(content)


def noted_picture(document: Pdf) -> None:
    """What programs put beside a photo: its own description, and a soft mask that is a photo."""
    note = document.make_stream(SECRET, Type=Name.Metadata, Subtype=Name.XML)
    image_in(
        with_place("JPEG"), document, Metadata=note, Exif=String(SECRET.decode()),
        PieceInfo=Dictionary(A=String(SECRET.decode())),
    )  # fmt: skip
    page = document.pages[0].obj
    grey = io.BytesIO()
    Image.linear_gradient("L").resize((64, 32)).save(grey, "JPEG", comment=SECRET)
    page.Resources.XObject.A.SMask = document.make_stream(
        zlib.compress(grey.getvalue()), Type=Name.XObject, Subtype=Name.Image, Width=64, Height=32,
        BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        Filter=Array([Name.FlateDecode, Name.DCTDecode]),
    )  # fmt: skip
    page.Resources.Properties = Dictionary(MC0=Dictionary(Metadata=note))


def amid(names: bytes, photo: bytes) -> bytes:
    """A photo within the drawing itself."""
    head = b"q 300 0 0 400 0 0 cm BI /W 64 /H 32 /BPC 8 /CS /RGB /F " + names + b" ID "
    return head + photo + b"\nEI Q"


def photo_amid(names: bytes, photo: bytes, document: Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(amid(names, photo))


def photo_amid_in_parts(document: Pdf) -> None:
    whole = amid(b"[/A85 /#44#43T]", ascii85(with_place("JPEG")))
    at = whole.index(b" /F ")
    parts = [document.make_stream(whole[:at]), document.make_stream(whole[at:])]
    document.pages[0].obj.Contents = Array(parts)


def photo_amid_in(document: Pdf, **more: Any) -> None:
    """In a form, and in a pattern."""
    drawing = amid(b"/DCT", with_place("JPEG"))
    area = Array([0, 0, 300, 400])
    form = document.make_stream(
        drawing, Type=Name.XObject, Subtype=Name.Form, BBox=area, Resources=Dictionary()
    )
    pattern = document.make_stream(
        drawing, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=area, XStep=300,
        YStep=400, Resources=Dictionary(),
    )  # fmt: skip
    page = document.pages[0].obj
    page.Resources = Dictionary(XObject=Dictionary(A=form), Pattern=Dictionary(P=pattern))
    page.Contents = document.make_stream(
        b"q .5 0 0 .5 0 0 cm /A Do Q /Pattern cs /P scn 150 200 150 200 re f"
    )


def photo_amid_unowned(document: Pdf) -> None:
    photo_amid_in(document)
    del document.pages[0].obj.Resources.XObject.A["/Resources"]


def packed_content(content: bytes, filters: Any, document: Pdf) -> None:
    stream = document.make_stream(b"")
    stream.write(content, filter=filters)
    document.pages[0].obj.Contents = stream
