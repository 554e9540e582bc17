"""Erasing what was begun and never sent."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pendopo.files.actions.erasing import erase_file
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.states import RequestState
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM

BATCH = 100


class Erased(NamedTuple):
    """How many drafts went, and how many stayed because their letter is on legal hold."""

    erased: int
    held: int


def erase_old_drafts() -> Erased:
    """Deletes drafts older than the office keeps them, with their letters, a batch a transaction.

    One that is held stays, and stops none of the others; it is tried again every night. The journal
    gets the counts alone.
    """
    erased, held = 0, set[UUID]()
    while True:
        gone, stayed = _erase_batch(held)
        erased, held = erased + gone, held | stayed
        if not gone and not stayed:
            return Erased(erased, len(held))


@transaction.atomic
def _erase_batch(tried: set[UUID]) -> tuple[int, set[UUID]]:
    limit = clock.now() - timedelta(days=the_policy().draft_days)
    old = ServiceRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=RequestState.DRAFT, created_at__lt=limit
    )
    rows = list(old.exclude(pk__in=tried).order_by("created_at").select_related("letter")[:BATCH])
    held = {row.pk for row in rows if not _erase(row)}
    if erased := len(rows) - len(held):
        record("request.drafts_erased", "intake.drafts:all", SYSTEM, count=erased, held=len(held))
    return erased, held


def _erase(draft: ServiceRequest) -> bool:
    """``False`` when its letter is held; then it is as it was."""
    try:
        with transaction.atomic():
            if draft.letter is not None:
                erase_file(draft.letter, SYSTEM)
            draft.delete()
    except Refused as refused:
        if refused.code != "file_held":
            raise
        return False
    return True
