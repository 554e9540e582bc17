"""The tree of government units."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from pendopo.foundation.errors import Refused
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import AgencyUnit, Membership, Position
from pendopo.office.rules import UnitKind, makes_a_circle
from pendopo.people.models import Account


@transaction.atomic
def create_unit(
    name: str,
    kind: UnitKind,
    parent: AgencyUnit | None,
    actor: Subject,
    slug: str = "",
) -> AgencyUnit:
    """A unit; without a ``slug`` its address is made from its name.

    Raises ``Refused('name_taken')`` when the address is in use.
    """
    with refused_when_taken("name_taken"):
        unit = AgencyUnit.objects.create(
            name=name, kind=kind, parent=parent, slug=slug or free_slug(name)
        )
    record("unit.created", unit, actor, unit_kind=kind)
    return unit


def free_slug(name: str) -> str:
    """An address made from a name, with a number behind it when somebody has it."""
    wanted = slugify(name)[:44].strip("-") or "unit"
    taken = set(AgencyUnit.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken)


@transaction.atomic
def change_unit(unit: AgencyUnit, changes: dict[str, Any], actor: Subject) -> None:
    """Sets what differs of name, kind, parent, and whether it is in use.

    Raises ``Refused`` with ``unit_in_a_circle`` or ``name_taken``.
    """
    if "parent" in changes:
        # One at a time: two who move units at once could close a circle together.
        rows = AgencyUnit.objects.select_for_update().order_by("pk")
        parents = {
            str(pk): str(above) if above else None for pk, above in rows.values_list("pk", "parent")
        }
        wanted = changes["parent"]
        if makes_a_circle(parents, str(unit.pk), str(wanted.pk) if wanted else None):
            raise Refused("unit_in_a_circle")
    unit.refresh_from_db()
    changed = {name: value for name, value in changes.items() if getattr(unit, name) != value}
    if not changed:
        return
    for field, value in changed.items():
        setattr(unit, field, value)
    with refused_when_taken("name_taken"):
        unit.save(update_fields=list(changed))
    record("unit.changed", unit, actor, fields=sorted(changed))


@transaction.atomic
def delete_unit(unit: AgencyUnit, actor: Subject) -> None:
    """Deletes a unit that nothing refers to, else raises ``Refused('unit_in_use')``."""
    key = unit.pk
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError as error:
        raise Refused("unit_in_use") from error
    record("unit.deleted", f"office.agencyunit:{key}", actor)


@transaction.atomic
def put_account_in_unit(account: Account, unit: AgencyUnit | None, actor: Subject) -> None:
    """Says which unit an account works in; ``None`` takes it out."""
    held = Membership.objects.filter(account=account).first()
    if (held.unit if held else None) == unit:
        return
    if unit is None:
        Membership.objects.filter(account=account).delete()
    else:
        Membership.objects.update_or_create(account=account, defaults={"unit": unit})
    record("membership.changed", account, actor, unit=str(unit.pk) if unit else None)


@transaction.atomic
def save_position(position: Position, actor: Subject) -> None:
    """Keeps a new or changed position. Raises ``Refused('name_taken')`` for a second one of this
    title in the unit."""
    is_new = not Position.objects.filter(pk=position.pk).exists()
    with refused_when_taken("name_taken"):
        position.save()
    holder = str(position.account_id) if position.account_id else None
    record(
        "position.created" if is_new else "position.changed",
        position,
        actor,
        account=holder,
        tenure=position.tenure,
    )


@transaction.atomic
def delete_position(position: Position, actor: Subject) -> None:
    """Deletes a position; who held it keeps the account."""
    key = position.pk
    position.delete()
    record("position.deleted", f"office.position:{key}", actor)
