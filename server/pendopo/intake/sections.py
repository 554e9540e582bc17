"""What the office decides about requests, as a section of `/pengaturan`."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.intake.actions.policy import change_intake_policy
from pendopo.intake.forms.settings import IntakePolicyForm
from pendopo.intake.models import IntakePolicy
from pendopo.office.sections import Section, add_section


def _policy() -> QuerySet[IntakePolicy]:
    IntakePolicy.objects.get_or_create(only=True)
    return IntakePolicy.objects.all()


def add_sections() -> None:
    """Called once, when the app starts."""
    add_section(
        Section(
            "permohonan",
            _("Requests"),
            _("Agenda numbers, days until an answer, self-service"),
            "mail",
            IntakePolicyForm,
            _policy,
            change_intake_policy,
        )
    )
