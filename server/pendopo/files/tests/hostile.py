"""Files as somebody with bad intent, or with bad luck, might send them; made here, never kept."""

import io
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
    ("foto-lokasi.pdf", lambda: paper(partial(image_in, with_place("JPEG"))), "foto-lokasi.pdf"),
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
]  # fmt: skip
