"""What leaves the house: under its name, sniffed by nobody, and pages as pictures."""

import io
from collections.abc import Callable
from email.message import Message
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pytest
from django.http import HttpResponse
from PIL import Image

from pendopo.files import quarantine
from pendopo.files.actions.keeping import keep_made
from pendopo.files.models import StoredFile
from pendopo.files.queries import content_of, page_picture
from pendopo.files.responses import file_response, picture_response
from pendopo.files.rules import WIDTHS, drawn_width
from pendopo.files.tests.hostile import JS, LAUNCH, inflated, locked, opening
from pendopo.files.tests.photos_in_papers import packed_content
from pendopo.files.tests.pictures import SECRET, paper, picture, png_that_says
from pendopo.files.tests.stored import (
    content_path,
    files_below,
    keep,
    keep_together,
    photo,
    use_folders,
)
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    use_folders(settings, tmp_path)
    return tmp_path


def unclean(content: bytes, media_type: str = "application/pdf") -> StoredFile:
    """As if cleaning had been passed by: a paper of an older version, or restored."""
    return keep_made(content, "surat", media_type, "letter", SYSTEM)


def name_in(answer: HttpResponse) -> str:
    """The name as a browser reads it."""
    disposition = Message()
    disposition["Content-Disposition"] = answer["Content-Disposition"]
    return unquote(disposition.get_filename() or "")


@pytest.mark.parametrize(
    ("called", "shown"),
    [
        ("Undangan Rapat Koordinasi.pdf", "Undangan Rapat Koordinasi.pdf"),
        ("Surat Dinas Pendidikan – ½ hari.pdf", "Surat Dinas Pendidikan – ½ hari.pdf"),
        ("ꦱꦸꦫꦠ꧀.pdf", "ꦱꦸꦫꦠ꧀.pdf"),
        ("Jum'at; kopi, teh.pdf", "Jum'at; kopi, teh.pdf"),
        ('a"; filename="b.exe', "a ; filename= b.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
    ],
)
@pytest.mark.parametrize("download", [True, False])
def test_it_has_the_name_that_people_gave_it(called: str, shown: str, download: bool) -> None:
    answer = file_response(keep(called, paper()), download=download)
    kind = "attachment" if download else "inline"
    assert answer["Content-Disposition"].startswith(f"{kind}; filename")
    assert answer["Content-Disposition"].isascii()
    assert name_in(answer) == shown


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(paper, "application/pdf"), (picture, "image/jpeg"), (partial(picture, "PNG"), "image/png")],
)
def test_a_browser_may_neither_guess_nor_load_nor_keep_anything(
    content: Callable[[], bytes], media_type: str
) -> None:
    stored = keep("surat", content())
    for answer in (file_response(stored), picture_response(stored, 1, 400)):
        policy = answer["Content-Security-Policy"].split("; ")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert ("sandbox" in policy) == (answer["Content-Type"] != "application/pdf")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cache-Control"] == "private, no-store"
    answer = file_response(stored)
    assert (answer["Content-Type"], answer.content) == (media_type, content_of(stored))


@pytest.mark.parametrize("media_type", ["text/calendar", "text/csv", "text/html", "image/svg+xml"])
def test_what_a_browser_could_run_is_only_saved(media_type: str) -> None:
    answer = file_response(unclean(b"<script>a()</script>", media_type))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("wanted", [1, 399, 400, 401, 1000, 2000, 99_999])
def test_a_page_is_drawn_in_a_step_of_widths(wanted: int) -> None:
    width = drawn_width(wanted)
    assert width in WIDTHS
    assert width >= wanted or width == WIDTHS[-1]


def opened(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn))


def test_pages_are_webp_of_about_the_width_each_its_own(folder: Path) -> None:
    stored = keep_together([photo("red"), photo("blue")])
    for number, colour in ((1, 0), (2, 2)):
        with opened(page_picture(stored, number, 700)) as drawn:
            assert (drawn.format, abs(drawn.width - 800) <= 1) == ("WEBP", True)
            pixel = drawn.convert("RGB").crop((400, 500, 401, 501)).tobytes()
            assert pixel.index(max(pixel)) == colour
    with pytest.raises(Refused, match="page_missing"):
        page_picture(stored, 3, 700)
    for page in (0, -1):
        with pytest.raises(Refused, match="page_missing"):
            page_picture(stored, page, 700)


def test_a_page_is_drawn_once_and_then_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    stored = keep("surat.pdf", paper())
    first = page_picture(stored, 1, 400)

    def never(*given: Any, **more: Any) -> quarantine.Result:
        raise AssertionError("drawn again")

    monkeypatch.setattr(quarantine, "work_on", never)
    assert page_picture(stored, 1, 400) == first
    beside = content_path(stored).parent
    assert {path.name for path in beside.iterdir()} == {"content", "page-1-400.webp"}
    with pytest.raises(AssertionError, match="drawn again"):
        page_picture(stored, 1, 500)


def test_what_is_no_picture_has_no_pages() -> None:
    with pytest.raises(Refused, match="page_missing"):
        page_picture(unclean(b"BEGIN:VCALENDAR", "text/calendar"), 1, 400)


BROKEN: list[tuple[str, Callable[[], bytes], str, set[str]]] = [
    ("locked", partial(locked, owner="a", user="b"), "application/pdf", {"file_damaged"}),
    ("cut off", lambda: paper()[:200], "application/pdf", {"file_damaged"}),
    ("no paper", lambda: b"MZ\x90\0" * 99, "application/pdf", {"file_damaged"}),
    ("huge picture", partial(png_that_says, 50_000, 50_000), "image/png", {"picture_too_large"}),
    ("not the picture", paper, "image/png", {"file_damaged"}),
]


@pytest.mark.parametrize(
    ("made", "media_type", "codes"), [each[1:] for each in BROKEN], ids=[e[0] for e in BROKEN]
)
def test_what_can_not_be_drawn_is_refused_in_words(
    made: Callable[[], bytes], media_type: str, codes: set[str], folder: Path
) -> None:
    stored = unclean(made(), media_type)
    with pytest.raises(Refused) as refusal:
        page_picture(stored, 1, 2000)
    assert refusal.value.code in codes
    assert refusal.value.sentence
    assert len(files_below(folder)) == 1  # nothing half was put beside it


def huge(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 14_400_000, 14_400_000])


def flat(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 1, 1_000_000])


BOMB = partial(packed_content, inflated(2**29), pikepdf.Name.FlateDecode)


@pytest.mark.parametrize(
    "change",
    [partial(opening, JS), partial(opening, LAUNCH), huge, flat, BOMB],
    ids=["script", "launch", "huge page", "flat page", "bomb"],
)
def test_a_hostile_paper_is_drawn_within_bounds_or_refused(
    change: Callable[[pikepdf.Pdf], object],
) -> None:
    stored = unclean(paper(change))
    drawn, code = b"", ""
    try:
        drawn = page_picture(stored, 1, 2000)
    except Refused as refused:
        code = refused.code
    assert code in {"", "file_too_complex", "file_damaged"}
    if drawn:
        assert SECRET not in drawn
        with opened(drawn) as image:
            assert (image.width <= 2000, image.height <= 6000) == (True, True)
