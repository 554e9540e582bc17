"""Taking names, contacts and texts out of messages; that they went out stays."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, CharField, QuerySet, Value, When

from pendopo.foundation import clock
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.notices.models import Attachment, Notice
from pendopo.notices.rules import PENDING, NoticeState

_BATCH = 1000


@transaction.atomic
def erase_for_person(person_id: UUID) -> int:
    """Empties all messages to a person; how many. What had not gone out yet never will."""
    return _empty(Notice.objects.filter(person=person_id, erased_at=None))


@transaction.atomic
def erase_about(about: str, actor: Subject) -> int:
    """Empties all messages about one subject, say a request whose time is over; how many."""
    count = _empty(Notice.objects.filter(about=about, erased_at=None))
    if count:
        record("notice.erased", about, actor, count=count)
    return count


def erase_old(kept_days: int) -> int:
    """Empties what is older than so many days; how many. In steps, so that no lock lasts long."""
    before = clock.now() - timedelta(days=kept_days)
    total = 0
    while count := _erase_batch(before):
        total += count
    return total


@transaction.atomic
def forget_codes() -> int:
    """Empties the codes that count no more; how many. What had not gone out with one never will."""
    expired = Notice.objects.filter(sealed_code__isnull=False, code_until__lte=clock.now())
    waited = list(expired.select_for_update().values_list("pk", "state", "channel"))
    for pk, state, channel in waited:
        if state in PENDING:
            record(
                "notice.failed", f"notices.notice:{pk}", SYSTEM,
                channel=channel, error="code_expired",
            )  # fmt: skip
    gone = Notice.objects.filter(pk__in=[pk for pk, _, _ in waited])
    gone.filter(state__in=PENDING).update(state=NoticeState.FAILED, error="code_expired")
    return gone.update(sealed_code=None)


@transaction.atomic
def _erase_batch(before: datetime) -> int:
    old = Notice.objects.filter(created_at__lt=before, erased_at=None).order_by("created_at")
    ids = list(old.values_list("pk", flat=True)[:_BATCH])
    count = _empty(Notice.objects.filter(pk__in=ids, erased_at=None)) if ids else 0
    if count:
        record("notice.erased", "notices", SYSTEM, count=count)
    return count


def _empty(rows: QuerySet[Notice]) -> int:
    Attachment.objects.filter(notice__in=rows.values("pk")).delete()
    state = Case(
        When(state__in=PENDING, then=Value(NoticeState.SKIPPED.value)),
        default="state",
        output_field=CharField(),
    )
    return rows.update(
        to_name="",
        to_address="",
        subject="",
        text="",
        link="",
        link_label="",
        calendar="",
        sealed_code=None,
        thread="",
        provider_id="",
        state=state,
        erased_at=clock.now(),
    )
