"""What the office decides about messages, as a section of `/pengaturan`."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.notices.actions.policy import change_policy
from pendopo.notices.forms import PolicyForm
from pendopo.notices.models import NoticePolicy
from pendopo.office.sections import Section, add_section


def _policy() -> QuerySet[NoticePolicy]:
    NoticePolicy.objects.get_or_create(only=True)
    return NoticePolicy.objects.all()


def add_sections() -> None:
    """Called once, when the app starts."""
    add_section(
        Section(
            "pemberitahuan",
            _("Messages"),
            _("Quiet hours, the morning digest, and who is told how"),
            "bell",
            PolicyForm,
            _policy,
            change_policy,
        )
    )
