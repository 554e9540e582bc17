"""The office's own lists: instructions of a disposition, reasons of a rejection."""

from django.db import transaction

from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.intake.models import Instruction, RejectionReason
from pendopo.journal.actions import record
from pendopo.journal.models import Subject


@transaction.atomic
def save_instruction(instruction: Instruction, actor: Subject) -> None:
    """Keeps a new or changed instruction; sheets made before keep its old text.

    Raises ``Refused('name_taken')``.
    """
    is_new = instruction.pk is None
    with refused_when_taken("name_taken"):
        instruction.save()
    record(
        "instruction.created" if is_new else "instruction.changed",
        instruction,
        actor,
        in_use=instruction.is_active,
    )


@transaction.atomic
def save_reason(reason: RejectionReason, actor: Subject) -> None:
    """Keeps a new or changed reason; letters drafted before keep its old sentence.

    Raises ``Refused('name_taken')``.
    """
    is_new = reason.pk is None
    with refused_when_taken("name_taken"):
        reason.save()
    record(
        "rejection_reason.created" if is_new else "rejection_reason.changed",
        reason,
        actor,
        in_use=reason.is_active,
    )
