"""Community organisations."""

from django.db import transaction

from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import CommunityOrganization


@transaction.atomic
def save_organisation(organisation: CommunityOrganization, actor: Subject) -> None:
    """Keeps a new or changed organisation. Raises ``Refused('name_taken')``."""
    is_new = not CommunityOrganization.objects.filter(pk=organisation.pk).exists()
    with refused_when_taken("name_taken"):
        organisation.save()
    record(
        "organisation.created" if is_new else "organisation.changed",
        organisation,
        actor,
        in_use=organisation.is_active,
    )
