"""Taking files in. Checking comes before the transaction, which then only writes.

Checking takes seconds in a process of its own: ``with checked_pages(uploads) as paper:``, then the
transaction, and in it ``keep_checked(paper, …)``. What is rolled back leaves no row; its content is
nobody's, and goes with the sweep.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from django.core.files.base import File
from django.db import transaction

from pendopo.files import disk, quarantine
from pendopo.files.models import StoredFile
from pendopo.files.quarantine import Input, Result
from pendopo.files.rules import (
    ENDINGS,
    HEAD,
    LARGEST_FILE,
    LONGEST_NAME,
    MB,
    MOST_FILES,
    Kind,
    clean_name,
    kind_of,
)
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.actions import record
from pendopo.journal.models import Subject

Upload: TypeAlias = "File[Any]"
# What was checked and cleaned, in a folder that goes with the block: it is not kept yet.
Checked: TypeAlias = Result


@contextmanager
def checked_upload(upload: Upload) -> Iterator[Checked]:
    """What somebody sent (PDF, JPEG, PNG or HEIC), cleaned; kept only by :func:`keep_checked`.

    To be entered before a transaction. Raises ``Refused`` with ``file_empty``, ``file_too_large``,
    ``file_kind_unknown``, ``file_damaged``, ``file_encrypted``, ``file_too_many_pages``,
    ``file_too_complex``, ``picture_too_large``, ``files_busy`` or ``disk_full``; its facts name
    the file.
    """
    with disk.working_folder() as folder:
        yield quarantine.work_on("clean", folder, [_take(upload, folder, 0)])


@contextmanager
def checked_pages(uploads: Sequence[Upload]) -> Iterator[Checked]:
    """One PDF made of these photos and PDFs, in their order; also of a single one.

    To be entered before a transaction. A photo becomes a page of A4, upright. Raises ``Refused`` as
    :func:`checked_upload`, whose facts say by ``file`` and ``number`` (from 1) which one it is
    about, and ``too_many_files``.
    """
    if not uploads:
        raise Refused("file_empty", file="", number=1)
    if len(uploads) > MOST_FILES:
        raise Refused("too_many_files", most=MOST_FILES)
    with disk.working_folder() as folder:
        given = [_take(upload, folder, position) for position, upload in enumerate(uploads)]
        yield quarantine.work_on("join", folder, given)


@contextmanager
def checked_signed_copy(upload: Upload) -> Iterator[Checked]:
    """A PDF byte for byte, so that its signatures stay whole, for :func:`keep_checked`.

    What :func:`checked_upload` would take out of it is refused (``file_has_active_content``), as is
    what is no PDF (``file_not_pdf``). Whether it is signed, and by whom, the caller checks.
    """
    with disk.working_folder() as folder:
        given = _take(upload, folder, 0)
        if given.kind is not Kind.PDF:
            raise Refused("file_not_pdf", file=given.called, number=1)
        checked = quarantine.work_on("check", folder, [given])
        yield Result(given.path, Kind.PDF, checked.pages)


def keep_made(
    content: bytes, name: str, media_type: str, purpose: str, actor: Subject
) -> StoredFile:
    """Keeps a paper that we made ourselves, byte for byte. Raises ``Refused('disk_full')``."""
    pages = _pages_of(content) if media_type == Kind.PDF else None
    with disk.working_folder() as folder:
        path = folder / "out"
        with disk.room_on_disk():
            path.write_bytes(content)
        return keep_checked(Result(path, media_type, pages), name, purpose, actor)


def _take(upload: Upload, folder: Path, position: int) -> Input:
    """Puts an upload down in the working folder, counted and identified by its content."""
    path, size = folder / f"given-{position}", 0
    called = clean_name(upload.name or "", "")
    facts = {"file": called, "number": position + 1}
    upload.seek(0)
    with disk.room_on_disk(), path.open("xb") as out:
        for chunk in upload.chunks():
            size += out.write(chunk)
            if size > LARGEST_FILE:
                raise Refused("file_too_large", most=LARGEST_FILE // MB, **facts)
    if not size:
        raise Refused("file_empty", **facts)
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
    if kind is None:
        raise Refused("file_kind_unknown", **facts)
    return Input(path, kind, called)


def keep_checked(result: Checked, name: str, purpose: str, actor: Subject) -> StoredFile:
    """Keeps what was checked, under this name and the ending that its kind has.

    Raises ``Refused('disk_full')``.
    """
    # The content first, then its row: a row without content never is.
    kept = disk.keep(result.path)
    try:
        return _note(kept, result, name, purpose, actor)
    except BaseException:
        disk.remove(kept.name)
        raise


@transaction.atomic
def _note(kept: disk.Kept, result: Result, name: str, purpose: str, actor: Subject) -> StoredFile:
    ending = ENDINGS.get(result.media_type, Path(name).suffix[:10])
    stored = StoredFile.objects.create(
        name=clean_name(name, ending)[:LONGEST_NAME],
        media_type=result.media_type,
        size=kept.size,
        sha256=kept.sha256,
        pages=result.pages,
        content=kept.name,
        purpose=purpose,
        created_at=clock.now(),
    )
    record(
        "files.kept", stored, actor,
        purpose=purpose, media_type=str(result.media_type), size=kept.size, pages=result.pages,
    )  # fmt: skip
    return stored


def _pages_of(content: bytes) -> int | None:
    """Of a PDF of our own, which may be opened here."""
    # Loading it takes a third of a second, which most commands and processes never need.
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return len(document.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
