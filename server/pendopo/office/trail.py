"""What entries about the office, its units and positions are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import Fact, Name, describe, names, names_of
from pendopo.office.models import (
    AgencyUnit,
    CommunityOrganization,
    Holiday,
    LegalBasis,
    Office,
    Position,
    StandardText,
)
from pendopo.office.rules import Tenure, UnitKind
from pendopo.office.rules.holidays import HolidayKind
from pendopo.office.rules.service_standard import LegalStatus, StandardPart
from pendopo.office.wording import (
    HOLIDAY_KINDS,
    LEGAL_STATUSES,
    STANDARD_TITLES,
    TENURES,
    UNIT_KINDS,
)


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


def _holiday_kind(kind: str) -> object:
    return HOLIDAY_KINDS[HolidayKind(kind)] if kind in set(HolidayKind) else kind


def _legal_status(status: str) -> object:
    return LEGAL_STATUSES[LegalStatus(status)] if status in set(LegalStatus) else status


def _part(part: str) -> object:
    return STANDARD_TITLES[StandardPart(part)] if part in set(StandardPart) else part


describe(
    "holiday",
    _("Days off"),
    {
        "added": _("Day off added"),
        "changed": _("Day off changed"),
        "removed": _("Day off taken out"),
        "restored": _("Day off put back"),
        "calendar_taken": _("National calendar taken over"),
    },
    {
        "day": Fact(_("Date")),
        "holiday_kind": Fact(_("Kind"), _holiday_kind),
        "year": Fact(_("Year")),
        "changed_days": Fact(_("Changed days")),
    },
)
describe(
    "standard",
    _("Service standard"),
    {"changed": _("Service standard changed"), "reset": _("Service standard as in the beginning")},
    {"part": Fact(_("Part"), _part)},
)
describe(
    "legal_basis",
    _("Legal bases"),
    {
        "added": _("Legal basis added"),
        "changed": _("Legal basis changed"),
        "deleted": _("Legal basis deleted"),
    },
    {"status": Fact(_("Status"), _legal_status)},
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


@names("office.holiday")
def _holidays(ids: list[str]) -> dict[str, Name]:
    return {str(each.pk): Name(each.name) for each in Holiday.objects.filter(pk__in=ids)}


@names("office.standardtext")
def _standard_texts(ids: list[str]) -> dict[str, Name]:
    found = StandardText.objects.filter(pk__in=ids)
    return {str(each.pk): Name(str(STANDARD_TITLES[StandardPart(each.part)])) for each in found}


@names("office.legalbasis")
def _legal_bases(ids: list[str]) -> dict[str, Name]:
    return {str(each.pk): Name(each.number) for each in LegalBasis.objects.filter(pk__in=ids)}
