"""What the office decides about signing in."""

from typing import Any

from django.db import transaction

from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.people.models import SignInPolicy


@transaction.atomic
def change_sign_in_policy(changes: dict[str, Any], actor: Subject) -> SignInPolicy:
    """Sets these fields of the policy; what stays as it was is not told.

    Raises ``AttributeError`` for a name that is no field of it.
    """
    SignInPolicy.objects.get_or_create(only=True)
    policy = SignInPolicy.objects.select_for_update().get(only=True)
    changed = {name: value for name, value in changes.items() if getattr(policy, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(policy, name, value)
        policy.save(update_fields=list(changed))
        record("sign_in_policy.changed", policy, actor, **changed)
    return policy
