"""Reading what is kept."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from pendopo.files import disk, quarantine
from pendopo.files.models import StoredFile
from pendopo.files.quarantine import Input
from pendopo.files.rules import Kind, drawn_width
from pendopo.foundation.errors import Refused

PICTURE_TYPE = "image/webp"


@dataclass(frozen=True)
class Holdings:
    """What is kept and what is held, in numbers. ``size`` is in bytes."""

    files: int
    size: int
    held: int
    erased: int


def holdings() -> Holdings:
    """All files in numbers. One query."""
    there = Q(erased_at=None)
    found = StoredFile.objects.aggregate(
        files=Count("pk", filter=there),
        size=Sum("size", filter=there, default=0),
        held=Count("pk", filter=Q(held_at__isnull=False)),
        erased=Count("pk", filter=~there),
    )
    return Holdings(**found)


def content_of(stored: StoredFile) -> bytes:
    """The whole content. Raises ``Refused('file_erased')``."""
    if stored.erased_at or not stored.content.name:
        raise Refused("file_erased")
    try:
        return disk.path_of(stored.content.name).read_bytes()
    except FileNotFoundError:  # erased since the row was read
        raise Refused("file_erased") from None


def page_picture(stored: StoredFile, page: int, width: int) -> bytes:
    """One page (from 1) of a PDF, or a picture, as WebP of about this width in pixels.

    Drawn in a process of its own the first time, then read from beside the content; it goes with
    it. Raises ``Refused`` with ``page_missing``, ``file_erased``, ``file_damaged``,
    ``file_too_complex`` or ``files_busy``.
    """
    if stored.media_type not in set(Kind) or not 1 <= page <= (stored.pages or 1):
        raise Refused("page_missing")
    wide = drawn_width(width)
    beside = f"page-{page}-{wide}.webp"
    if stored.content.name:
        drawn = disk.path_of(stored.content.name).parent / beside
        if drawn.exists():
            return drawn.read_bytes()
    picture = _draw(stored, page, wide)
    if stored.content.name:
        disk.add_beside(stored.content.name, beside, picture)
    return picture


def _draw(stored: StoredFile, page: int, width: int) -> bytes:
    with disk.working_folder() as folder:
        path = folder / "given-0"
        with disk.room_on_disk():
            path.write_bytes(content_of(stored))
        given = Input(path, Kind(stored.media_type), stored.name)
        return quarantine.work_on("draw", folder, [given], page=page, width=width).path.read_bytes()
