"""What the office decides about requests."""

from typing import Any

from django.db import transaction

from pendopo.intake.models import IntakePolicy
from pendopo.journal.actions import record
from pendopo.journal.models import Subject

# A telephone number has no place in the journal.
_NOT_QUOTED = {"whatsapp"}


@transaction.atomic
def change_intake_policy(changes: dict[str, Any], actor: Subject) -> IntakePolicy:
    """Sets these fields; what stays as it was is not told. Already checked by a form."""
    IntakePolicy.objects.get_or_create(only=True)
    policy = IntakePolicy.objects.select_for_update().get(only=True)
    old = {field: getattr(policy, field) for field in changes}
    changed = {field: value for field, value in changes.items() if old[field] != value}
    if changed:
        for field, value in changed.items():
            setattr(policy, field, value)
        policy.save(update_fields=list(changed))
        facts = {
            field: [] if field in _NOT_QUOTED else [old[field], value]
            for field, value in changed.items()
        }
        record("intake_policy.changed", policy, actor, changes=facts)
    return policy
