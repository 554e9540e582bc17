"""Reading what the office decides about requests."""

from pendopo.intake.models import IntakePolicy


def the_policy() -> IntakePolicy:
    """The one row of decisions; unsaved defaults before anybody has decided."""
    return IntakePolicy.objects.first() or IntakePolicy()
