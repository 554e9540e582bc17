"""Erasing what was begun and never sent."""

from datetime import timedelta

from django.db import transaction

from pendopo.files.actions.erasing import erase_file
from pendopo.foundation import clock
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.states import RequestState
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM

AT_ONCE = 500


@transaction.atomic
def erase_old_drafts() -> int:
    """Deletes drafts older than the office keeps them, with their letters; how many went.

    At most :data:`AT_ONCE` a call. The journal gets the count alone.
    """
    limit = clock.now() - timedelta(days=the_policy().draft_days)
    old = ServiceRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=RequestState.DRAFT, created_at__lt=limit
    )
    rows = list(old.order_by("created_at").select_related("letter")[:AT_ONCE])
    for row in rows:
        letter = row.letter
        row.delete()
        if letter is not None:
            erase_file(letter, SYSTEM)
    if rows:
        record("request.drafts_erased", "intake.drafts:all", SYSTEM, count=len(rows))
    return len(rows)
