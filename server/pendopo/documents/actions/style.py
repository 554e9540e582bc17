"""How the office's letters look."""

from typing import Any

from django.db import transaction

from pendopo.documents.models import LetterStyle
from pendopo.journal.actions import record
from pendopo.journal.models import Subject


@transaction.atomic
def change_letter_style(changes: dict[str, Any], actor: Subject) -> None:
    """Sets what differs, already checked by a form. Signed letters stay as they are."""
    LetterStyle.objects.get_or_create(only=True)
    style = LetterStyle.objects.select_for_update().get(only=True)
    fields = sorted(name for name, value in changes.items() if getattr(style, name) != value)
    if not fields:
        return
    for name in fields:
        setattr(style, name, changes[name])
    style.save(update_fields=fields)
    record("letter_style.changed", style, actor, fields=fields)
