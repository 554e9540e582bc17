"""Changes to what the service page tells the public."""

from django.db import transaction

from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import LegalBasis, StandardText
from pendopo.office.rules.service_standard import StandardPart


@transaction.atomic
def save_standard_text(row: StandardText, actor: Subject) -> None:
    """Keeps the office's own words for a part of the service standard."""
    saved, _ = StandardText.objects.update_or_create(
        part=row.part,
        defaults={"text": row.text, "text_english": row.text_english, "link": row.link},
    )
    record("standard.changed", saved, actor, part=row.part)


@transaction.atomic
def reset_standard_text(part: StandardPart, actor: Subject) -> None:
    """Back to the words of the beginning; without own words nothing happens."""
    row = StandardText.objects.select_for_update().filter(part=part).first()
    if row is not None:
        record("standard.reset", row, actor, part=part)
        row.delete()


@transaction.atomic
def save_legal_basis(basis: LegalBasis, actor: Subject) -> None:
    """Keeps a new or changed legal basis. Raises ``Refused('basis_taken')``."""
    is_new = not LegalBasis.objects.filter(pk=basis.pk).exists()
    with refused_when_taken("basis_taken"):
        basis.save()
    record(
        "legal_basis.added" if is_new else "legal_basis.changed",
        basis,
        actor,
        status=basis.status,
    )


@transaction.atomic
def delete_legal_basis(basis: LegalBasis, actor: Subject) -> None:
    """Takes a legal basis off the list."""
    record("legal_basis.deleted", basis, actor, status=basis.status)
    basis.delete()
