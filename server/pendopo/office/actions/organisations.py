"""Community organisations."""

from django.db import IntegrityError, transaction

from pendopo.foundation.errors import Refused
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import CommunityOrganization


@transaction.atomic
def save_organisation(organisation: CommunityOrganization, actor: Subject) -> None:
    """Keeps a new or changed organisation. Raises ``Refused('name_taken')``."""
    is_new = not CommunityOrganization.objects.filter(pk=organisation.pk).exists()
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise Refused("name_taken") from error
    record(
        "organisation.created" if is_new else "organisation.changed",
        organisation,
        actor,
        in_use=organisation.is_active,
    )
