"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pendopo.foundation.pages import text_size_of
from pendopo.office.queries import the_office
from pendopo.people.authentication import account_of
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission


def page_context(request: HttpRequest) -> dict[str, Any]:
    """``page`` for the templates; nothing is read before a template asks for it."""
    return {"page": SimpleLazyObject(lambda: _page(request))}


def _page(request: HttpRequest) -> dict[str, Any]:
    office = the_office()
    account = account_of(request) if hasattr(request, "user") else None
    allowed = permissions_for(account) if account else frozenset()
    return {
        "language": get_language(),
        "text_size": text_size_of(request),
        "office_name": office.name if office else "",
        "service_name": office.service_name if office else "Pendopo",
        "demo": bool(office and office.is_demo),
        "signed_in": account is not None,
        "account_name": account.person.name if account else "",
        "may_host": Permission.HOST_MEETINGS in allowed,
        "may_list": bool(allowed & {Permission.HOST_MEETINGS, Permission.READ_ANY_MEETING}),
        "may_see_live": Permission.SEE_LIVE_MEETINGS in allowed,
        "may_read_journal": Permission.READ_JOURNAL in allowed,
        "may_manage_queue": Permission.MANAGE_QUEUE in allowed,
    }
