"""What the office decides about its messages."""

from datetime import time
from typing import Any

from django.db import transaction

from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.notices.models import NoticePolicy

# A telephone number has no place in the journal.
_NOT_QUOTED = {"office_whatsapp"}


@transaction.atomic
def change_policy(changes: dict[str, Any], actor: Subject) -> NoticePolicy:
    """Sets these fields; what stays as it was is not told. Already checked by a form."""
    NoticePolicy.objects.get_or_create(only=True)
    policy = NoticePolicy.objects.select_for_update().get(only=True)
    old = {field: getattr(policy, field) for field in changes}
    changed = {field: value for field, value in changes.items() if old[field] != value}
    if changed:
        for field, value in changed.items():
            setattr(policy, field, value)
        policy.save(update_fields=list(changed))
        facts = {
            field: [] if field in _NOT_QUOTED else [_plain(old[field]), _plain(value)]
            for field, value in changed.items()
        }
        record("notice_policy.changed", policy, actor, changes=facts)
    return policy


def _plain(value: Any) -> Any:
    return f"{value:%H.%M}" if isinstance(value, time) else value
