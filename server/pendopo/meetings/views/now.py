"""What is on air now, for the office."""

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.foundation.errors import Refused
from pendopo.foundation.hub import News, stream_events
from pendopo.meetings import queries
from pendopo.people.authentication import permission_required
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

_CHANGES = ("resync", "participant.joined", "participant.left", "meeting.opened", "meeting.ended")


@never_cache
@permission_required(Permission.SEE_LIVE_MEETINGS)
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Live meetings with counts; the list alone when the page asks for it again."""
    template = "_now_list" if request.headers.get("HX-Request") else "now"
    return render(request, f"meetings/{template}.html", {"rows": queries.live_meetings()})


async def now_events(request: HttpRequest) -> StreamingHttpResponse:
    """Says ``changed`` when the list has changed; the page then reads it again."""
    account = await request.auser()
    may_see = Permission.SEE_LIVE_MEETINGS in await sync_to_async(permissions_for)(account)
    if not may_see:
        raise Refused("not_allowed")

    async def on_news(news: News) -> tuple[str, Any] | None:
        return ("changed", {}) if news["kind"] in _CHANGES else None

    return await stream_events(None, on_news)
