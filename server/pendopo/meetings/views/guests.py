"""Pages for whoever has a link: no account needed."""

from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.hub import News, stream_events
from pendopo.foundation.pages import client_data
from pendopo.journal.models import subject_of
from pendopo.meetings import queries
from pendopo.meetings.device import device_of, remember_device
from pendopo.meetings.forms import JoinForm
from pendopo.meetings.models import Meeting
from pendopo.meetings.news import meeting_item
from pendopo.meetings.programme import programme
from pendopo.meetings.rules.admission import doors_open_at
from pendopo.office.models import AgencyUnit
from pendopo.office.service_standard import legal_rows, service_standard
from pendopo.people.authentication import account_of


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The service page: the doors, what is on, and what the office promises."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["address"]
        if queries.meetings().filter(slug=slug).exists():
            return redirect("join", slug=slug)
        form.add_error("address", Refused("meeting_not_found").sentence)
    context = {
        "join_form": form,
        "days": programme(),
        "facts": service_standard(),
        "legal_rows": legal_rows(),
    }
    return render(request, "meetings/home.html", context)


@never_cache
@require_safe
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """The guest page: prejoin, waiting, the meeting, and what comes after."""
    meeting = queries.meeting_by_slug(slug)
    account = account_of(request)
    data = client_data(
        request,
        slug=meeting.slug,
        meeting=meeting_item(meeting),
        account_name=account.person.name if account else "",
        account_organisation=account.person.organisation if account else "",
    )
    response = render(request, "meetings/join.html", {"page_data": data, "meeting": meeting})
    remember_device(response, device_of(request))
    return response


async def join_events(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Tells a waiting page when the meeting opens, is locked or ends."""
    meeting = await queries.meetings().filter(slug=slug).afirst()
    if meeting is None:
        raise Refused("meeting_not_found")
    subject = subject_of(meeting)

    async def on_news(news: News) -> tuple[str, Any] | None:
        if news["kind"] not in ("resync", "timer") and news.get("subject") != subject:
            return None
        return "state", await _state(meeting)

    def seconds_until_open() -> float | None:
        opens_at = doors_open_at(meeting.session.starts_at)
        if opens_at is None or opens_at < clock.now():
            return None
        return (opens_at - clock.now()).total_seconds() + 0.2

    return await stream_events(("state", meeting_item(meeting)), on_news, seconds_until_open)


async def _state(meeting: Meeting) -> dict[str, Any]:
    """The meeting's state now; gives the database connection back at once."""

    def read() -> dict[str, Any]:
        try:
            return meeting_item(queries.meetings().get(pk=meeting.pk))
        finally:
            connections.close_all()

    return await sync_to_async(read)()


@never_cache
@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """A unit's permanent address: leads to its meeting, or says that there is none."""
    found = AgencyUnit.objects.filter(slug=slug).first()
    if found is None:
        raise Refused("unit_unknown")
    meeting = queries.meeting_at_unit(slug)
    if meeting is not None:
        return redirect("join", slug=meeting.slug)
    return render(request, "meetings/unit.html", {"unit": found})


@require_safe
def device_test(request: HttpRequest) -> HttpResponse:
    """Camera, microphone, speaker and network, without a meeting."""
    return render(request, "meetings/device_test.html", {"page_data": client_data(request)})
