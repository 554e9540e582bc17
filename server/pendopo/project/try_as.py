"""“Coba sebagai”: one click to look at the demo office through somebody's eyes."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pendopo.foundation.errors import Refused
from pendopo.meetings import queries
from pendopo.office.queries import the_office
from pendopo.people.models import Account
from pendopo.people.sign_in import sign_in_as


@dataclass(frozen=True)
class Part:
    """Somebody to try as; a villager has no account and enters a meeting as a guest."""

    slug: str
    title: str | Promise
    about: str | Promise
    email: str = ""
    starts_at: str = "home"


PARTS = (
    Part("warga", _("Villager"), _("enters a meeting as a guest, without an account")),
    Part(
        "sekretariat",
        _("Secretary"),
        _("keeps units and letters"),
        "sekretariat@pendopo.test",
        "my-meetings",
    ),
    Part("kepala", _("Head of office"), _("sees everything, signs"), "kepala@pendopo.test", "now"),
    Part(
        "koordinator",
        _("Coordinator"),
        _("plans meetings and rooms"),
        "koordinator@pendopo.test",
        "my-meetings",
    ),
    Part("operator", _("Operator"), _("leads any meeting"), "operator@pendopo.test", "now"),
    Part("dewan", _("Councillor"), _("takes part in plenaries"), "dewan@pendopo.test"),
    Part("auditor", _("Auditor"), _("reads the journal"), "auditor@pendopo.test"),
)


def parts_to_try() -> tuple[Part, ...]:
    """Whom a stranger may try as now: nobody, unless this is the demo office on loopback.

    A password-free door belongs on a machine that only its owner reaches.
    """
    office = the_office()
    is_open = bool(office and office.is_demo) and settings.ONLY_THIS_MACHINE
    return PARTS if is_open else ()


@require_POST
def try_as(request: HttpRequest, slug: str) -> HttpResponse:
    """Signs in as this part, or out for the villager, and leads to where that one starts.

    Raises ``Refused('not_found')`` when there is nobody to try as.
    """
    part = next((each for each in parts_to_try() if each.slug == slug), None)
    if part is None:
        raise Refused("not_found")
    if not part.email:
        logout(request)
        return _as_guest(request)
    account = Account.objects.filter(email=part.email, is_active=True).first()
    if account is None:
        raise Refused("not_found")
    sign_in_as(request, account, "try_as")
    return redirect(part.starts_at)


def _as_guest(request: HttpRequest) -> HttpResponse:
    meeting = queries.meetings().filter(ended_at=None, session__starts_at=None).first()
    if meeting is None:
        messages.info(request, gettext("No meeting is open now. Start one as the coordinator."))
        return redirect("home")
    return redirect("join", slug=meeting.slug)
