"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pendopo.foundation.pages import text_size_of
from pendopo.intake.queries.desk import waiting_count
from pendopo.notices.queries import unread_count
from pendopo.office.models import Office
from pendopo.office.queries import the_office
from pendopo.people.authentication import account_of
from pendopo.people.queries import duties_of, permissions_for
from pendopo.people.rules import Permission
from pendopo.project.guides import guide_for
from pendopo.project.try_as import parts_to_try

_WORKS_AT_A_DESK = frozenset(
    {Permission.READ_REQUESTS, Permission.REGISTER_LETTERS, Permission.DISPOSE_LETTERS}
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """``page`` for the templates; nothing is read before a template asks for it."""
    return {"page": SimpleLazyObject(lambda: _page(request))}


def _page(request: HttpRequest) -> dict[str, Any]:
    office = the_office() or Office(service_name="Pendopo")
    account = account_of(request) if hasattr(request, "user") else None
    allowed = permissions_for(account) if account else frozenset()
    here = request.resolver_match.url_name if request.resolver_match else None
    return {
        "language": get_language(),
        "text_size": text_size_of(request),
        "office_name": office.name,
        "service_name": office.service_name,
        "emblem_name": (office.emblem.name or "").rpartition("/")[2],
        "shows_ornaments": office.shows_ornaments,
        "demo": office.is_demo,
        "signed_in": account is not None,
        "account_name": account.person.name if account else "",
        "unread": SimpleLazyObject(lambda: unread_count(account)) if account else 0,
        "may_desk": bool(allowed & _WORKS_AT_A_DESK),
        "waiting": SimpleLazyObject(lambda: waiting_count(account)) if account else 0,
        "may": {permission.value: True for permission in allowed},
        "may_list": bool(allowed & {Permission.HOST_MEETINGS, Permission.READ_ANY_MEETING}),
        "may_set": bool(
            allowed & {Permission.CHANGE_OFFICE, Permission.READ_UNITS, Permission.MANAGE_ACCOUNTS}
        ),
        "first_run_goes_on": Permission.CHANGE_OFFICE in allowed and office.set_up_at is None,
        "guide": guide_for(here or "", duties_of(account) if account else ()),
        "try_as": SimpleLazyObject(parts_to_try),
    }
