"""What entries about the office, its units and positions are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names, names_of
from pendopo.office.models import AgencyUnit, CommunityOrganization, Office, Position
from pendopo.office.rules import Tenure, UnitKind
from pendopo.office.wording import TENURES, UNIT_KINDS


def _changes(changes: dict[str, list[Any]]) -> str:
    """``Label: old → new`` for each; only the label where the values are not quoted."""
    said = []
    for field, values in changes.items():
        label = str(getattr(Office._meta.get_field(field), "verbose_name", field))
        said.append(f"{label}: {' → '.join(map(str, values))}" if values else label)
    return "; ".join(said)


def _unit(pk: str | None) -> str:
    return names_of([f"office.agencyunit:{pk}"])[f"office.agencyunit:{pk}"].text if pk else "–"


def _kind(kind: str) -> object:
    return UNIT_KINDS[UnitKind(kind)] if kind in set(UnitKind) else kind


def _tenure(tenure: str) -> object:
    return TENURES[Tenure(tenure)] if tenure in set(Tenure) else tenure


describe(
    "office",
    _("Office"),
    {
        "created": _("Office set up"),
        "changed": _("Settings of the office changed"),
        "emblem_changed": _("Emblem changed"),
        "set_up": _("First run finished"),
        "mail_tested": _("Test mail sent"),
    },
    {
        "demo": Fact(_("With sample data")),
        "changes": Fact(_("Changes"), _changes),
        "sha256": Fact(_("Checksum")),
    },
)
describe(
    "unit",
    _("Units"),
    {"created": _("Unit added"), "changed": _("Unit changed"), "deleted": _("Unit deleted")},
    {"unit_kind": Fact(_("Kind"), _kind), "fields": Fact(_("Fields"))},
)
describe(
    "position",
    _("Positions"),
    {
        "created": _("Position added"),
        "changed": _("Position changed"),
        "deleted": _("Position deleted"),
    },
    {"account": Fact(_("Account")), "tenure": Fact(_("How it is held"), _tenure)},
)
describe(
    "organisation",
    _("Community organisations"),
    {"created": _("Organisation added"), "changed": _("Organisation changed")},
    {"in_use": Fact(_("In use"))},
)
describe(
    "membership",
    _("Membership of units"),
    {"changed": _("Unit of an account changed")},
    {"unit": Fact(_("Unit"), _unit)},
)
describe(
    "workbook",
    _("Workbooks"),
    {"imported": _("Workbook taken over")},
    {"units": Fact(_("Units")), "accounts": Fact(_("Accounts"))},
)


@names("office.office")
def _offices(ids: list[str]) -> dict[str, Name]:
    return {str(office.pk): Name(office.name) for office in Office.objects.filter(pk__in=ids)}


@names("office.agencyunit")
def _units(ids: list[str]) -> dict[str, Name]:
    return {str(unit.pk): Name(unit.name) for unit in AgencyUnit.objects.filter(pk__in=ids)}


@names("office.position")
def _positions(ids: list[str]) -> dict[str, Name]:
    return {str(each.pk): Name(each.title) for each in Position.objects.filter(pk__in=ids)}


@names("office.communityorganization")
def _organisations(ids: list[str]) -> dict[str, Name]:
    found = CommunityOrganization.objects.filter(pk__in=ids)
    return {str(each.pk): Name(each.name) for each in found}
