"""One's own messages."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.gateways.mail.sending import mail_is_set
from pendopo.notices import queries
from pendopo.notices.actions import by_hand
from pendopo.notices.forms import WayForm
from pendopo.people.authentication import signed_in

_UNREAD_SHOWN = 100
_OLDER_THAN = "sebelum"


@never_cache
@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Unread ones first, then those that were read, newest first."""
    return _page(request)


def _page(request: HttpRequest, form: WayForm | None = None) -> HttpResponse:
    account = signed_in(request)
    read, older = queries.read_of(account, request.GET.get(_OLDER_THAN))
    is_first = _OLDER_THAN not in request.GET
    way = queries.ways_of([account], queries.the_policy())[account.pk]
    context = {
        "unread": queries.unread_of(account, _UNREAD_SHOWN) if is_first else [],
        "read": read,
        "older": older,
        "is_first": is_first,
        "form": form or WayForm(initial={"way": way.value}),
        "mails": mail_is_set(),
    }
    status = 422 if form else 200
    return render(request, "notices/notice_list.html", context, status=status)


@login_required
@require_POST
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Notes that the message was read, and goes where it leads."""
    notice = by_hand.mark_read(signed_in(request), notice_id)
    hosts = {request.get_host()}
    if notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=hosts):
        return redirect(notice.link)
    return redirect("notice-list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Notes that all messages were read."""
    by_hand.mark_all_read(signed_in(request))
    return redirect("notice-list")


@login_required
@require_POST
def way(request: HttpRequest) -> HttpResponse:
    """How the reader wants to be told from now on."""
    form = WayForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    by_hand.choose_way(signed_in(request), form.chosen())
    messages.success(request, _("Saved."))
    return redirect("notice-list")
