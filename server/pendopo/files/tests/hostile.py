"""Files as somebody with bad intent, or with bad luck, might send them; made here, never kept."""

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()
SECRET = b"alert-of-the-attacker"
PLACE = {1: "S", 2: (7.0, 58.0, 12.5), 3: "E", 4: (110.0, 21.0, 3.25)}


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#8a4b14" if mode == "RGB" else 0).save(out, kind, **more)
    return out.getvalue()


def with_place(kind: str, orientation: int = 1) -> bytes:
    """Left half red, right half blue; where it was taken, and how the camera was held."""
    image = Image.new("RGB", (64, 32), "red")
    image.paste("blue", (32, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, SECRET.decode()
    exif.get_ifd(0x8825).update(PLACE)
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes(), quality=95)
    return out.getvalue()


def noted_png() -> bytes:
    notes = PngInfo()
    notes.add_text("Location", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode() * 10)
    return picture("PNG", pnginfo=notes)


def png_that_says(width: int, height: int) -> bytes:
    """A header without a picture worth its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg_that_says(width: int, height: int) -> bytes:
    content = bytearray(picture())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def text_bomb_png() -> bytes:
    content = picture("PNG")
    data = b"note\0\0" + zlib.compress(bytes(200_000_000))
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return content[:33] + chunk + content[33:]


def paper(change: Callable[[Pdf], object] | None = None, pages: int = 1, **save: Any) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(300, 400))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def script() -> Dictionary:
    return action("JavaScript", JS=String(SECRET.decode()))


def opening(act: Dictionary, document: Pdf) -> None:
    document.Root.OpenAction = act


def on_page(act: Dictionary, document: Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=act, C=act)


def named_script(document: Pdf) -> None:
    tree = Dictionary(Names=Array([String("a"), document.make_indirect(script())]))
    document.Root.Names = Dictionary(JavaScript=tree)


def noted(subtype: str, document: Pdf, **more: Any) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 99, 99]), **more
    )
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def attached(document: Pdf) -> None:
    document.attachments["a.exe"] = SECRET * 5


def attachment_note(document: Pdf) -> None:
    stream = document.make_stream(SECRET, Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
    noted("FileAttachment", document, FS=document.make_indirect(spec))


def xfa(document: Pdf) -> None:
    form = document.make_stream(b"<xdp>" + SECRET + b"</xdp>")
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form)


def field_script(document: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("x"),
        Rect=Array([0, 0, 99, 20]), AA=Dictionary(K=script(), F=script()),
    )  # fmt: skip
    held = document.make_indirect(field)
    document.pages[0].obj.Annots = Array([held])
    document.Root.AcroForm = Dictionary(Fields=Array([held]))


def bookmark_script(document: Pdf) -> None:
    item = document.make_indirect(Dictionary(Title=String("a"), A=script()))
    document.Root.Outlines = Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1)


def described(document: Pdf) -> None:
    document.docinfo["/Author"] = String(SECRET.decode())
    document.Root.Metadata = document.make_stream(SECRET, Type=Name.Metadata, Subtype=Name.XML)
    document.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET.decode())))


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


def postscript(document: Pdf) -> None:
    program = document.make_stream(SECRET, Type=Name.XObject, Subtype=Name.PS)
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=program))


def elsewhere(document: Pdf) -> None:
    stream = document.make_stream(b"q Q")
    stream.F = String("\\\\attacker\\" + SECRET.decode())
    document.pages[0].obj.Contents = stream


def hidden_property(document: Pdf) -> None:
    document.pages[0].obj.Resources = Dictionary(Properties=Dictionary(A=script()))


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bom.bin", bytes(5_000_000))
        archive.writestr("a.html", SECRET)
    return out.getvalue()


def inflated(size: int) -> bytes:
    packer = zlib.compressobj(9)
    pieces = [packer.compress(bytes(2**20)) for _ in range(size // 2**20)]
    return b"".join([*pieces, packer.flush()])


def runs(size: int) -> bytes:
    return b"\x81\x00" * (size // 128) + b"\x80"


def locked(owner: str = "", user: str = "") -> bytes:
    return paper(encryption=pikepdf.Encryption(owner=owner, user=user))


JS, LAUNCH = script(), action("Launch", F=String(SECRET.decode()))
Made = Callable[[], bytes]
# What is refused: name, content, code.
REFUSED: list[tuple[str, Made, str]] = [
    ("kosong.pdf", bytes, "file_empty"),
    ("program.pdf", lambda: b"MZ\x90\0" + bytes(500), "file_kind_unknown"),
    ("program.jpg", lambda: b"\x7fELF" + bytes(500), "file_kind_unknown"),
    ("halaman.pdf", lambda: b"<html><script>alert(1)</script>", "file_kind_unknown"),
    ("gambar.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>",
     "file_kind_unknown"),
    ("surat.pdf", zipped, "file_kind_unknown"),
    ("naskah.pdf", lambda: b"%!PS-Adobe-3.0\n(a) (w) file", "file_kind_unknown"),
    ("gerak.jpg", lambda: picture("GIF"), "file_kind_unknown"),
    ("html-dahulu.pdf", lambda: b"<script>a()</script>" + paper(), "file_kind_unknown"),
    ("video.heic", lambda: b"\0\0\0\x18ftypmp42" + bytes(500), "file_kind_unknown"),
    ("terpotong.pdf", lambda: b"%PDF-1.7\n" + bytes(300), "file_damaged"),
    ("kepala.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(300), "file_damaged"),
    ("terpotong.jpg", lambda: picture(size=(900, 900))[:900], "file_damaged"),
    ("terpotong.png", lambda: picture("PNG", (900, 900))[:200], "file_damaged"),
    ("terpotong.heic", lambda: picture("HEIF", (128, 128))[:-60], "file_damaged"),
    ("hanya-kepala.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(500), "file_damaged"),
    ("raksasa.png", partial(png_that_says, 50_000, 50_000), "picture_too_large"),
    ("panjang.png", partial(png_that_says, 50_000, 10), "picture_too_large"),
    ("raksasa.jpg", partial(jpeg_that_says, 50_000, 50_000), "picture_too_large"),
    ("bom-teks.png", text_bomb_png, "file_damaged"),
    ("berpagar.pdf", partial(locked, owner="a", user="b"), "file_encrypted"),
    ("panjang.pdf", partial(paper, pages=201), "file_too_many_pages"),
    ("bom.pdf", lambda: paper(partial(packed_content, inflated(300 * 2**20), Name.FlateDecode)),
     "file_too_complex"),
    ("bom-ganda.pdf", lambda: paper(partial(
        packed_content, zlib.compress(inflated(2**31)),
        Array([Name.FlateDecode, Name.FlateDecode]))), "file_too_complex"),
    ("bom-panjang.pdf", lambda: paper(partial(
        packed_content, runs(2**30), Name.RunLengthDecode)), "file_too_complex"),
    ("gambar-raksasa.pdf", lambda: paper(partial(
        image_in, b"", Width=50_000, Height=50_000, Filter=Name.FlateDecode)),
     "picture_too_large"),
    ("foto-raksasa.pdf", lambda: paper(partial(image_in, jpeg_that_says(50_000, 50_000))),
     "picture_too_large"),
    ("foto-raksasa-kemas.pdf", lambda: photo_packed(
        zlib.compress(jpeg_that_says(50_000, 50_000)), "Flate"), "picture_too_large"),
    ("jpx-raksasa.pdf", lambda: paper(partial(
        image_in, jpeg_2000_that_says(50_000, 50_000), Filter=Name.JPXDecode)),
     "picture_too_large"),
    ("bom-foto.pdf", lambda: photo_packed(inflated(300 * 2**20), "Flate"), "file_too_complex"),
    ("bom-huruf.pdf", lambda: paper(partial(
        packed_content, ascii85(inflated(300 * 2**20)),
        Array([Name.ASCII85Decode, Name.FlateDecode]))), "file_too_complex"),
    ("bukan-foto.pdf", lambda: paper(partial(image_in, SECRET)), "file_damaged"),
    ("bukan-jpx.pdf", lambda: paper(partial(image_in, SECRET, Filter=Name.JPXDecode)),
     "file_damaged"),
    ("foto-terbalik.pdf", lambda: paper(partial(
        image_in, with_place("JPEG"), Filter=Array([Name.DCTDecode, Name.FlateDecode]))),
     "file_damaged"),
    ("foto-tanpa-akhir.pdf", lambda: paper(partial(photo_amid, b"/DCT", with_place("JPEG")[:-2])),
     "file_damaged"),
    ("foto-tanpa-sumber.pdf", lambda: paper(photo_amid_unowned), "file_too_complex"),
]  # fmt: skip
# Photos in a PDF, with notes in every place: name, content. They look the same without.
PHOTOS: list[tuple[str, Made]] = [
    ("foto-lokasi.pdf", lambda: paper(partial(image_in, with_place("JPEG")))),
    ("foto-huruf.pdf", lambda: photo_packed(ascii85(with_place("JPEG")), "ASCII85")),
    ("foto-heksa.pdf", lambda: photo_packed(with_place("JPEG").hex().encode() + b">", "ASCIIHex")),
    ("foto-kempis.pdf", lambda: photo_packed(zlib.compress(with_place("JPEG")), "Flate")),
    ("foto-lzw.pdf", lambda: photo_packed(lzw(with_place("JPEG")), "LZW")),
    ("foto-deret.pdf", lambda: photo_packed(literal_runs(with_place("JPEG")), "RunLength")),
    ("foto-berlapis.pdf", lambda: photo_packed(
        ascii85(zlib.compress(with_place("JPEG"))), "ASCII85", "Flate",
        DecodeParms=Array([Dictionary(), Dictionary(), Dictionary(ColorTransform=0)]))),
    ("foto-ganda.pdf", lambda: paper(partial(
        image_in, picture(size=(64, 32)) + with_place("JPEG")))),
    ("foto-didahului.pdf", lambda: paper(partial(image_in, SECRET + with_place("JPEG")))),
    ("foto-bertahap.pdf", lambda: paper(partial(image_in, many_scans()))),
    ("foto-kecil.pdf", lambda: paper(partial(image_in, small_picture_within()))),
    ("foto-keterangan.pdf", lambda: paper(noted_picture)),
    ("jpx-kotak.pdf", lambda: paper(partial(image_in, boxed(), Filter=Name.JPXDecode))),
    ("jpx-kempis.pdf", lambda: paper(partial(
        image_in, zlib.compress(boxed()), Filter=Array([Name.FlateDecode, Name.JPXDecode])))),
    ("jpx-telanjang.pdf", lambda: paper(partial(
        image_in, noted_codes() + SECRET, Filter=Name.JPXDecode))),
    ("jpx-terbuka.pdf", lambda: paper(partial(
        image_in, noted_codes(has_length=False) + SECRET, Filter=Name.JPXDecode))),
    ("sela.pdf", lambda: paper(partial(photo_amid, b"/DCT", with_place("JPEG")))),
    ("sela-huruf.pdf", lambda: paper(partial(
        photo_amid, b"[/A85 /DCT]", ascii85(with_place("JPEG"))))),
    ("sela-bagian.pdf", lambda: paper(photo_amid_in_parts)),
    ("sela-bentuk.pdf", lambda: paper(photo_amid_in)),
]  # fmt: skip
# What is kept without the harm: name, content, the name it gets. None of them holds SECRET after.
CLEANED: list[tuple[str, Made, str]] = [
    ("buka.pdf", lambda: paper(partial(opening, JS)), "buka.pdf"),
    ("jalankan.pdf", lambda: paper(partial(opening, LAUNCH)), "jalankan.pdf"),
    ("halaman.pdf", lambda: paper(partial(on_page, JS)), "halaman.pdf"),
    ("nama.pdf", lambda: paper(named_script), "nama.pdf"),
    ("tautan.pdf", lambda: paper(partial(noted, "Link", A=LAUNCH)), "tautan.pdf"),
    ("skrip-tautan.pdf", lambda: paper(partial(noted, "Link", A=JS)), "skrip-tautan.pdf"),
    ("kirim.pdf", lambda: paper(partial(noted, "Link", A=action(
        "SubmitForm", F=String(SECRET.decode())))), "kirim.pdf"),
    ("jauh.pdf", lambda: paper(partial(noted, "Link", A=action(
        "GoToR", F=String(SECRET.decode())))), "jauh.pdf"),
    ("skema.pdf", lambda: paper(partial(noted, "Link", A=action(
        "URI", URI=String("javascript:" + SECRET.decode())))), "skema.pdf"),
    ("film.pdf", lambda: paper(partial(noted, "Movie", A=JS)), "film.pdf"),
    ("kaya.pdf", lambda: paper(partial(
        noted, "RichMedia", RichMediaContent=Dictionary(X=String(SECRET.decode())))), "kaya.pdf"),
    ("lampiran.pdf", lambda: paper(attached), "lampiran.pdf"),
    ("catatan.pdf", lambda: paper(attachment_note), "catatan.pdf"),
    ("xfa.pdf", lambda: paper(xfa), "xfa.pdf"),
    ("isian.pdf", lambda: paper(field_script), "isian.pdf"),
    ("penanda.pdf", lambda: paper(bookmark_script), "penanda.pdf"),
    ("keterangan.pdf", lambda: paper(described), "keterangan.pdf"),
    ("pencetak.pdf", lambda: paper(postscript), "pencetak.pdf"),
    ("luar.pdf", lambda: paper(elsewhere), "luar.pdf"),
    ("sifat.pdf", lambda: paper(hidden_property), "sifat.pdf"),
    ("rangkap-zip.pdf", lambda: paper() + zipped() + SECRET, "rangkap-zip.pdf"),
    ("rangkap.jpg", lambda: picture() + paper(partial(opening, JS)) + SECRET, "rangkap.jpg"),
    ("rangkap.png", lambda: picture("PNG") + b"<script>" + SECRET + zipped(), "rangkap.png"),
    ("lokasi.jpg", lambda: with_place("JPEG"), "lokasi.jpg"),
    ("lokasi.heic", lambda: with_place("HEIF"), "lokasi.jpg"),
    ("catatan.png", noted_png, "catatan.png"),
    ("ulasan.jpg", lambda: picture(comment=SECRET), "ulasan.jpg"),
    ("surat.pdf", picture, "surat.jpg"),
    ("foto.jpg.exe", paper, "foto.pdf"),
    ("../../etc/passwd", paper, "passwd.pdf"),
    ("C:\\Windows\\surat.PDF", paper, "surat.pdf"),
    ("gnp.\u202efdp.jpg", picture, "gnp.fdp.jpg"),
    ("a\0b\r\nSet-Cookie: x.png", partial(picture, "PNG"), "abSet-Cookie x.png"),
    ("p" * 300 + ".pdf", paper, "p" * 116 + ".pdf"),
    ("..", paper, "berkas.pdf"),
    ("foto-terputus.pdf", lambda: paper(partial(image_in, with_place("JPEG")[:-2])),
     "foto-terputus.pdf"),
    *((name, made, name) for name, made in PHOTOS),
]  # fmt: skip
