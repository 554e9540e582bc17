"""What the search finds of the office: units, organisations, positions and settings."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.search import Hit, finds
from pendopo.office import queries
from pendopo.office.rules import UnitKind
from pendopo.office.sections import sections
from pendopo.office.wording import UNIT_KINDS
from pendopo.people.authentication import may
from pendopo.people.rules import Permission


@finds(_("Units"))
def units_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Units, for staff; who may change them lands on the form."""
    if not may(request, Permission.READ_UNITS):
        return
    page = "unit-change" if may(request, Permission.CHANGE_UNITS) else "unit"
    for unit in queries.units_called(question)[:20]:
        yield Hit(unit.name, reverse(page, args=[unit.slug]), str(UNIT_KINDS[UnitKind(unit.kind)]))


@finds(_("Positions"))
def positions_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Positions by title or holder, for staff."""
    if not may(request, Permission.READ_UNITS):
        return
    changes = may(request, Permission.CHANGE_UNITS)
    for position in queries.positions_called(question)[:20]:
        url = (
            reverse("position-change", args=[position.pk]) if changes else reverse("position-list")
        )
        holder = position.account.person.name if position.account else ""
        yield Hit(position.title, url, " · ".join(filter(None, [holder, position.unit.name])))


@finds(_("Community organisations"))
def organisations_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Community organisations by name, for staff."""
    if not may(request, Permission.READ_UNITS):
        return
    changes = may(request, Permission.CHANGE_UNITS)
    for each in queries.organisations().filter(name__icontains=question)[:20]:
        url = reverse("organisation-change", args=[each.pk])
        yield Hit(each.name, url if changes else reverse("organisation-list"), each.address)


@finds(_("Settings"))
def settings_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Sections of the settings by title, in the reader's language."""
    if not may(request, Permission.CHANGE_OFFICE):
        return
    for section in sections():
        if question.lower() in f"{section.title} {section.about}".lower():
            yield Hit(
                str(section.title),
                reverse("office-section", args=[section.slug]),
                str(section.about),
            )


@finds(_("Accounts"))
def accounts_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Accounts by name or address, for who manages them."""
    if not may(request, Permission.MANAGE_ACCOUNTS):
        return
    for account in queries.accounts_called(question)[:20]:
        url = reverse("staff-account", args=[account.pk])
        yield Hit(account.person.name, url, account.email)
