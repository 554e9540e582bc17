"""Files as somebody with bad intent, or with bad luck, might send them; made here, never kept."""

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pendopo.files.tests.photos_in_papers import (
    ascii85,
    boxed,
    image_in,
    jpeg_2000_that_says,
    literal_runs,
    lzw,
    many_scans,
    noted_codes,
    noted_picture,
    packed_content,
    photo_amid,
    photo_amid_in,
    photo_amid_in_parts,
    photo_amid_unowned,
    photo_packed,
    small_picture_within,
)
from pendopo.files.tests.pictures import (
    SECRET,
    jpeg_that_says,
    noted_png,
    paper,
    picture,
    png_that_says,
    text_bomb_png,
    with_place,
)


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
