"""Pictures and papers for tests; some hold a word or a place that must not stay in them."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Pdf
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
