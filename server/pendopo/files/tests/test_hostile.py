"""Hostile files are refused or cleaned; nothing of them stays, and memory is bounded."""

import base64
import io
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pendopo.files import quarantine
from pendopo.files.actions.keeping import checked_signed_copy, keep_checked
from pendopo.files.models import StoredFile
from pendopo.files.queries import content_of
from pendopo.files.tests.hostile import CLEANED, PHOTOS, REFUSED, Made, inflated
from pendopo.files.tests.photos_in_papers import photo_amid, photo_packed
from pendopo.files.tests.pictures import SECRET, paper, with_place
from pendopo.files.tests.stored import keep, sent, use_folders
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM

HARMFUL = (b"/JavaScript", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"PK\x05\x06")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path: Path) -> Path:
    use_folders(settings, tmp_path)
    return tmp_path / "files"


def everything_in(content: bytes) -> bytes:
    """A PDF with all its streams unpacked, so that nothing can hide; anything else as it is."""
    if not content.startswith(b"%PDF-"):
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        for held in document.objects:
            if isinstance(held, pikepdf.Stream):
                out.write(alone(held))
    # Pictures amid a drawing may be written in letters.
    letters = re.findall(rb"ID ([!-uz\s]+)~>", out.getvalue())
    return b"".join([out.getvalue(), *(base64.a85decode(each) for each in letters)])


def alone(stream: pikepdf.Stream) -> bytes:
    """A stream's content without all filters but those of pictures."""
    found = stream.get("/Filter")
    given = list(found) if isinstance(found, pikepdf.Array) else [found] if found else []
    names = [str(each) for each in given if str(each) not in {"/DCTDecode", "/JPXDecode"}]
    scratch = pikepdf.new()
    bare = scratch.make_stream(b"")
    filters = pikepdf.Array([pikepdf.Name(each) for each in names]) if names else None
    bare.write(stream.read_raw_bytes(), filter=filters)
    return bare.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def test_there_are_forty_and_more() -> None:
    assert len(REFUSED) + len(CLEANED) >= 40


@pytest.mark.parametrize(("name", "made", "code"), REFUSED, ids=[each[0] for each in REFUSED])
def test_it_is_refused_and_leaves_nothing(name: str, made: Made, code: str, kept: Path) -> None:
    with pytest.raises(Refused) as refusal:
        keep(name, made())
    assert refusal.value.code == code
    assert refusal.value.sentence
    assert [path for path in kept.parent.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("name", "made", "becomes"), CLEANED, ids=[e[2] for e in CLEANED])
def test_it_is_cleaned_and_named_rightly(name: str, made: Made, becomes: str) -> None:
    stored = keep(name, made())
    with stored.content.open("rb") as file:
        content = everything_in(file.read())
    assert SECRET not in content
    for word in (
        b"/JavaScript",
        b"/Launch",
        b"/OpenAction",
        b"/AA",
        b"/EmbeddedFile",
        b"PK\x05\x06",
    ):
        assert word not in content
    assert stored.name == becomes


@pytest.mark.parametrize(("name", "made"), PHOTOS, ids=[each[0] for each in PHOTOS])
def test_a_photo_in_a_paper_looks_the_same_without_its_notes(name: str, made: Made) -> None:
    assert SECRET in everything_in(made())
    given = drawn(made())
    assert given.getpixel((60, 120)) != (255, 255, 255)
    kept = drawn(content_of(keep(name, made())))
    assert kept.tobytes() == given.tobytes()


def drawn(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        picture: Image.Image = document[0].render(scale=0.5).to_pil()
        return picture.convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
@pytest.mark.parametrize(
    ("orientation", "first"), [(1, "red"), (3, "blue"), (6, "red"), (8, "blue")]
)
def test_a_photo_loses_its_place_and_stands_upright(
    kind: str, orientation: int, first: str
) -> None:
    stored = keep("foto", with_place(kind, orientation))
    with stored.content.open("rb") as file, Image.open(io.BytesIO(file.read())) as photo:
        assert not photo.getexif()
        assert photo.size == ((32, 64) if orientation in {6, 8} else (64, 32))
        red, _, blue = photo.convert("RGB").crop((2, 2, 3, 3)).tobytes()
    assert ("red" if red > blue else "blue") == first


@pytest.mark.parametrize(
    "made",
    [made for name, made, _ in CLEANED if name in {
        "buka.pdf", "jalankan.pdf", "halaman.pdf", "nama.pdf", "tautan.pdf", "skema.pdf",
        "kaya.pdf", "lampiran.pdf", "catatan.pdf", "xfa.pdf", "isian.pdf", "penanda.pdf",
        "luar.pdf"}],
)  # fmt: skip
def test_what_is_active_in_a_signed_copy_is_refused(made: Made) -> None:
    with (
        pytest.raises(Refused, match="file_has_active_content"),
        checked_signed_copy(sent("surat.pdf", made())),
    ):
        pass


def test_a_signed_copy_is_kept_byte_for_byte() -> None:
    content = paper()
    with checked_signed_copy(sent("surat.pdf", content)) as whole:
        stored = keep_checked(whole, "surat.pdf", "reply", SYSTEM)
    assert (content_of(stored), stored.pages) == (content, 1)


def test_an_address_over_https_stays_a_link() -> None:
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.go.id/a"))

    def add(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=link,
            Rect=pikepdf.Array([0, 0, 9, 9]),
        )  # fmt: skip
        document.pages[0].obj.Annots = pikepdf.Array([note])

    stored = keep("surat.pdf", paper(add))
    assert b"https://example.go.id/a" in everything_in(content_of(stored))


# A small process between: a big one would lend its own size to what it starts.
_MEASURE = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
usage = os.wait4(child.pid, 0)[2]
print(usage.ru_maxrss * 1024)
"""


@pytest.mark.parametrize("bomb", ["flate", "runs", "picture", "photo", "amid"])
def test_the_memory_of_the_process_is_bounded(bomb: str, tmp_path: Path) -> None:
    made = {
        "flate": lambda: inflated(2**29),
        "runs": next(made for name, made, _ in REFUSED if name == "bom-panjang.pdf"),
        "picture": _noise,
        "photo": lambda: photo_packed(zlib.compress(_long_note(240)), "Flate"),
        "amid": lambda: paper(lambda document: photo_amid(b"/DCT", _long_note(200), document)),
    }[bomb]()
    (tmp_path / "given").write_bytes(made if bomb != "flate" else _as_paper(made))
    kind = "image/png" if bomb == "picture" else "application/pdf"
    limits = {"memory": quarantine.MEMORY, "cpu_seconds": 20, "file_size": 10**8}
    order = {"job": "clean", "inputs": [{"path": "given", "kind": kind}], "limits": limits}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, sys.executable, "-I", "-m", "pendopo.files.cleaning",
         json.dumps(order)],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) < quarantine.MEMORY


def _as_paper(packed: bytes) -> bytes:
    from pendopo.files.tests.photos_in_papers import packed_content

    return paper(lambda document: packed_content(packed, pikepdf.Name.FlateDecode, document))


def _long_note(size: int) -> bytes:
    """A small photo with so many megabytes of notes."""
    photo, note = with_place("JPEG"), b"\xff\xfe\xff\xff" + bytes(0xFFFD)
    return photo[:2] + note * (size * 10**6 // len(note)) + photo[2:]


def _noise() -> bytes:
    """The largest picture that we take, with transparency."""
    out = io.BytesIO()
    Image.new("RGBA", (8160, 6120)).save(out, "PNG", compress_level=1)
    return out.getvalue()
