"""How long files are kept, what holds them, and their end."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pendopo.files import disk
from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject, subject_of

BATCH = 500
ORPHANS_KEPT = timedelta(days=1)


@transaction.atomic
def keep_file_until(stored: StoredFile, last_day: date | None, actor: Subject) -> None:
    """Sets the last day on which the content is kept; ``None``: without an end."""
    is_there = StoredFile.objects.filter(pk=stored.pk, erased_at=None)
    if is_there.exclude(keep_until=last_day).update(keep_until=last_day):
        record("files.kept_until", stored, actor, until=last_day and last_day.isoformat())
    stored.keep_until = last_day


@transaction.atomic
def place_hold(stored: StoredFile, reason: str, actor: Subject) -> bool:
    """From now on nothing erases this file; ``False`` when it was held already.

    The reason stays out of the journal: it is free text. Raises ``Refused`` with
    ``file_hold_reason_missing`` or ``file_erased``.
    """
    reason = " ".join(storable(reason).split())[:200]
    if not reason:
        raise Refused("file_hold_reason_missing")
    placed = StoredFile.objects.filter(pk=stored.pk, erased_at=None, held_at=None).update(
        held_at=clock.now(), held_by=subject_of(actor), hold_reason=reason
    )
    if placed:
        record("files.hold_placed", stored, actor)
    stored.refresh_from_db()
    if stored.erased_at:
        raise Refused("file_erased")
    return bool(placed)


@transaction.atomic
def lift_hold(stored: StoredFile, actor: Subject) -> bool:
    """Ends the hold; ``False`` when there was none. What is due goes with the next night."""
    lifted = StoredFile.objects.filter(pk=stored.pk, held_at__isnull=False).update(
        held_at=None, held_by="", hold_reason=""
    )
    if lifted:
        record("files.hold_lifted", stored, actor)
    stored.refresh_from_db()
    return bool(lifted)


@transaction.atomic
def erase_file(stored: StoredFile, actor: Subject) -> bool:
    """Erases the content and the name; the row stays and says when. ``False`` when it was so.

    The content leaves the disk once this is committed. Raises ``Refused('file_held')``.
    """
    row = StoredFile.objects.select_for_update().get(pk=stored.pk)
    if row.held_at:
        raise Refused("file_held")
    if row.erased_at:
        return False
    _erase([row])
    record("files.erased", stored, actor, files=1, purpose=row.purpose)
    stored.refresh_from_db()
    return True


def erase_due_files() -> int:
    """Erases what is kept no longer and held by nobody, a batch a transaction; how many."""
    today, erased = timezone.localdate(clock.now()), 0
    while count := _erase_batch(today):
        erased += count
    return erased


@transaction.atomic
def _erase_batch(today: date) -> int:
    rows = list(
        StoredFile.objects.select_for_update(skip_locked=True)
        .filter(keep_until__lt=today, erased_at=None, held_at=None)
        .order_by("keep_until")[:BATCH]
    )
    if rows:
        _erase(rows)
        record("files.erased", SYSTEM, SYSTEM, files=len(rows))
    return len(rows)


def _erase(rows: Sequence[StoredFile]) -> None:
    contents = [row.content.name for row in rows if row.content.name]
    ids: list[UUID] = [row.pk for row in rows]
    StoredFile.objects.filter(pk__in=ids).update(content="", name="", erased_at=clock.now())

    def remove() -> None:
        for name in contents:
            disk.remove(name)

    # What a crash leaves of them has no row any more, and goes with the sweep.
    transaction.on_commit(remove)


def sweep_disk() -> int:
    """Takes content away that no row names, and uploads that nobody finished, when they are older
    than :data:`ORPHANS_KEPT`; how many contents."""
    before, swept = clock.now() - ORPHANS_KEPT, 0
    for names in disk.contents_older_than(before):
        known = StoredFile.objects.filter(content__in=names).values_list("content", flat=True)
        for name in set(names).difference(known):
            disk.remove(name)
            swept += 1
    disk.clear_uploads_older_than(before)
    if swept:
        with transaction.atomic():
            record("files.swept", SYSTEM, SYSTEM, files=swept)
    return swept
