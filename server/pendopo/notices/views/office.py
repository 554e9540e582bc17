"""The office's pages: everything that went out, and what a person sends by WhatsApp."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.link import chat_link
from pendopo.gateways.whatsapp.numbers import readable
from pendopo.notices import queries
from pendopo.notices.actions import by_hand as actions
from pendopo.notices.codes import CodeGone
from pendopo.notices.forms import OutboxForm
from pendopo.notices.models import Notice
from pendopo.notices.rules import RETRYABLE, Channel, NoticeState, masked
from pendopo.notices.wording import CHANNELS, STATES, error_words
from pendopo.notices.writing import whatsapp_of
from pendopo.office.queries import office_or_default
from pendopo.people.authentication import may, permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission

readers_only = permission_required(Permission.READ_NOTICES)
senders_only = permission_required(Permission.SEND_NOTICES)

_OLDER_THAN = "sebelum"
_BY_HAND_SHOWN = 50


@never_cache
@readers_only
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Everything that went out, newest first. Who may only read sees no whole address."""
    form = OutboxForm(request.GET)
    wanted, account = form.wanted(), signed_in(request)
    found, older = queries.outbox(account, request.GET.get(_OLDER_THAN), **wanted)
    may_send = may(request, Permission.SEND_NOTICES)
    context = {
        "form": form,
        "rows": [_row(notice, may_send) for notice in found],
        "filtered": bool(wanted),
        "may_send": may_send,
        "by_hand": queries.count_by_hand(account),
        "older": urlencode({**wanted, _OLDER_THAN: older}) if older else "",
        "is_first": _OLDER_THAN not in request.GET,
    }
    return render(request, "notices/outbox.html", context, status=422 if form.errors else 200)


def _row(notice: Notice, may_send: bool) -> dict[str, Any]:
    state, channel = NoticeState(notice.state), Channel(notice.channel)
    address = notice.to_address
    if address and not may_send:
        address = masked(address)
    elif channel is Channel.WHATSAPP:
        address = readable(address)
    is_gone = notice.erased_at or notice.code_until
    return {
        "notice": notice,
        "address": address,
        "channel": CHANNELS[channel],
        "state": STATES[state],
        "error": error_words(notice.error) if notice.error else "",
        "may_retry": may_send and state in RETRYABLE and not is_gone,
    }


@senders_only
@require_POST
def retry(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Puts a message that failed on its way again."""
    said = _("The message is on its way again.")
    return _do(request, actions.retry_notice, notice_id, said, back="notice-outbox")


@never_cache
@senders_only
@require_safe
def by_hand(request: HttpRequest) -> HttpResponse:
    """What waits for a person with WhatsApp, oldest first."""
    office, account = office_or_default(), signed_in(request)
    rows = []
    for notice in queries.to_send_by_hand(account, _BY_HAND_SHOWN):
        with suppress(CodeGone):  # a moment ago its code still counted
            link = chat_link(notice.to_address, whatsapp_of(notice, office))
            number = readable(notice.to_address)
            rows.append({"notice": notice, "number": number, "link": link})
    context = {"rows": rows, "total": queries.count_by_hand(account)}
    return render(request, "notices/by_hand.html", context)


@senders_only
@require_POST
def sent(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A person says that they have sent it."""
    return _do(request, actions.mark_sent, notice_id, _("Noted as sent."), back="notice-by-hand")


@senders_only
@require_POST
def skipped(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A person says that it is not to be sent."""
    said = _("The message was left out.")
    return _do(request, actions.skip, notice_id, said, back="notice-by-hand")


def _do(
    request: HttpRequest,
    action: Callable[[UUID, Account], None],
    notice_id: UUID,
    said: str,
    back: str,
) -> HttpResponse:
    try:
        action(notice_id, signed_in(request))
        messages.success(request, said)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.sentence)
    return redirect(back)
