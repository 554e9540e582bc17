"""The office's emblem: any picture in, a small clean PNG out."""

import hashlib
import io

from django.core.files.base import ContentFile, File
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from pendopo.foundation.errors import Refused
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import Office

LARGEST_FILE = 5 * 2**20
LARGEST_SIDE = 6000
KEPT_SIDE = 512  # pixels; the largest use is a letterhead in print
FORMATS = ("PNG", "JPEG", "WEBP")


def clean_picture(upload: "File[bytes]") -> bytes:
    """The picture drawn anew as PNG of at most :data:`KEPT_SIDE` pixels a side.

    What else the file held (place, camera, scripts after the picture) is gone. Raises ``Refused``
    with ``emblem_too_large`` or ``emblem_unreadable``.
    """
    if (upload.size or 0) > LARGEST_FILE:
        raise Refused("emblem_too_large")
    try:
        with Image.open(io.BytesIO(upload.read()), formats=FORMATS) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise Refused("emblem_too_large")
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise Refused("emblem_unreadable") from error
    drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


@transaction.atomic
def set_emblem(upload: "File[bytes] | None", actor: Subject) -> None:
    """Keeps this picture as the office's emblem; ``None`` goes back to the drawing of the hall.

    The file before it is deleted once the change is certain. Raises ``Refused`` as
    :func:`clean_picture`.
    """
    office = Office.objects.select_for_update().get()
    before = office.emblem.name
    storage = office.emblem.storage
    digest = ""
    if upload is None:
        office.emblem = ""
    else:
        content = clean_picture(upload)
        digest = hashlib.sha256(content).hexdigest()
        # Named after its content, so that a browser may keep it for ever.
        office.emblem.save(f"emblem-{digest[:16]}.png", ContentFile(content), save=False)
    office.save(update_fields=["emblem"])
    record("office.emblem_changed", office, actor, sha256=digest)
    if before and before != office.emblem.name:
        transaction.on_commit(lambda: storage.delete(before))
