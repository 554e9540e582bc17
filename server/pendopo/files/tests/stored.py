"""Files as tests hand them in and look at them."""

import io
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from pendopo.files import disk
from pendopo.files.actions.keeping import checked_pages, checked_upload, keep_checked
from pendopo.files.models import StoredFile
from pendopo.journal.models import SYSTEM


def use_folders(settings: Any, tmp_path: Path) -> None:
    """Lets a test keep its files below its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"


def sent(name: str, content: bytes) -> "ContentFile[bytes]":
    """An upload."""
    file = ContentFile(content)
    file.name = name
    return file


def keep(name: str, content: bytes, purpose: str = "letter") -> StoredFile:
    """One upload, checked and kept."""
    with checked_upload(sent(name, content)) as paper:
        return keep_checked(paper, name, purpose, SYSTEM)


def keep_together(contents: Sequence[bytes], name: str = "surat.pdf") -> StoredFile:
    """Several uploads as one PDF."""
    uploads = [sent(f"foto-{number}", each) for number, each in enumerate(contents, 1)]
    with checked_pages(uploads) as paper:
        return keep_checked(paper, name, "letter", SYSTEM)


def photo(colour: str, size: tuple[int, int] = (60, 80), kind: str = "JPEG") -> bytes:
    """A photo of nothing but one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def paper_of(colour: str) -> bytes:
    """A PDF with one page of this colour."""
    with pikepdf.open(io.BytesIO(_as_pdf(colour))) as document:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _as_pdf(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "PDF")
    return out.getvalue()


def colours(pdf: bytes) -> list[str]:
    """The colour in the middle of each page: red, green or blue."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            drawn = page.render(scale=0.2).to_pil().convert("RGB")
            middle = drawn.crop(
                (drawn.width // 2, drawn.height // 2, drawn.width // 2 + 1, drawn.height // 2 + 1)
            ).tobytes()
            found.append(("red", "green", "blue")[middle.index(max(middle))])
    return found


def content_path(stored: StoredFile) -> Path:
    """Where the content lies."""
    assert stored.content.name
    return disk.path_of(stored.content.name)


def files_below(folder: Path) -> list[Path]:
    """All files, but no folders."""
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of this size at this folder; skips the test where the user may not mount one."""
    folder.mkdir(parents=True)
    argv = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(argv, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
