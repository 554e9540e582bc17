"""Pages for whoever holds meetings."""

from datetime import datetime
from typing import Any

import segno
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.idempotency import answer_once
from pendopo.foundation.ids import new_id
from pendopo.meetings import links, queries
from pendopo.meetings.actions.meetings import (
    create_meeting,
    end_meeting,
    note_attendance_download,
)
from pendopo.meetings.attendance_file import attendance_csv
from pendopo.meetings.calendar import calendar_file
from pendopo.meetings.forms import ScheduleForm, StartForm
from pendopo.meetings.models import Meeting
from pendopo.meetings.news import meeting_item
from pendopo.meetings.wording import reason_label
from pendopo.office.queries import office_or_default
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

host_only = permission_required(Permission.HOST_MEETINGS)
# Which meetings someone sees, and which they lead, `meetings.queries` decides.
host_or_reader = permission_required(Permission.HOST_MEETINGS, Permission.READ_ANY_MEETING)


def _meeting(request: HttpRequest, slug: str) -> Meeting:
    return queries.meeting_of(signed_in(request), slug=slug)


@never_cache
@host_or_reader
@require_safe
def my_meetings(request: HttpRequest) -> HttpResponse:
    """Start one, schedule one, and the list of mine."""
    return _my_meetings_page(request, StartForm(), _schedule_form())


def _my_meetings_page(
    request: HttpRequest, start: StartForm, schedule: ScheduleForm
) -> HttpResponse:
    rows = queries.newest_days_first(queries.meetings_of(signed_in(request)))[:200]
    context = {
        "start_form": start,
        "schedule_form": schedule,
        # Each showing of the form may create one meeting: a double click finds the first one.
        "form_id": str(new_id()),
        "meetings": [_row(request, meeting) for meeting in rows],
    }
    status = 422 if start.errors or schedule.errors else 200
    return render(request, "meetings/my_meetings.html", context, status=status)


def _schedule_form(values: QueryDict | None = None) -> ScheduleForm:
    """Ids of its own: it stands beside the start form, which has a title too."""
    return ScheduleForm(values, auto_id="schedule_%s")


def _row(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    return {
        **meeting_item(meeting),
        "starts_at": meeting.session.starts_at,
        "ends_at": meeting.session.ends_at,
        "created_at": meeting.created_at,
        "join_url": links.join_url(request, meeting),
    }


def _create_once(
    request: HttpRequest, title: str, starts_at: datetime | None, ends_at: datetime | None
) -> str:
    """The slug of the meeting that this form created, now or when it was sent before."""
    account = signed_in(request)

    def work() -> tuple[int, str]:
        meeting = create_meeting(account, title, starts_at=starts_at, ends_at=ends_at)
        return 201, meeting.slug

    with transaction.atomic():
        key = request.POST.get("form_id", "")[:40] or str(new_id())
        return str(answer_once(f"account:{account.pk}", key, request.path[:64], work)[1])


@host_only
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Creates a meeting that is open now and leads into it."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _my_meetings_page(request, form, _schedule_form())
    return redirect("join", slug=_create_once(request, form.cleaned_data["title"], None, None))


@host_only
@require_POST
def schedule(request: HttpRequest) -> HttpResponse:
    """Creates a meeting at a time and shows its invitation."""
    form = _schedule_form(request.POST)
    if not form.is_valid():
        return _my_meetings_page(request, StartForm(), form)
    values = form.cleaned_data
    slug = _create_once(request, values["title"], values["starts_at"], values["ends_at"])
    return redirect("meeting-detail", slug=slug)


@never_cache
@host_or_reader
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Invitation, QR code and attendance of one meeting."""
    meeting = _meeting(request, slug)
    join_url = links.join_url(request, meeting)
    rows = queries.attendance_of(meeting)
    leads = queries.may_lead(signed_in(request), meeting)
    context = {
        "meeting": {**_row(request, meeting), "locked": meeting.is_locked},
        "join_url": join_url,
        "host_url": links.host_url(request, meeting) if leads else "",
        "invitation": _invitation(meeting, join_url),
        "attendance": [
            {
                "name": row.name,
                "organisation": row.organisation,
                "joined_at": row.joined_at,
                "left_at": row.left_at,
                "minutes": row.minutes,
                "reason_label": reason_label(row.reason),
            }
            for row in rows
        ],
        "may_end": leads and meeting.ended_at is None,
    }
    return render(request, "meetings/meeting_detail.html", context)


def _invitation(meeting: Meeting, join_url: str) -> str:
    """The text for WhatsApp: always Indonesian, that is what invitees read."""
    with translation.override("id"):
        facts = {
            "session": meeting.session,
            "event": meeting.session.event,
            "join_url": join_url,
            "office": office_or_default(),
        }
        return render_to_string("meetings/invitation.txt", facts).strip()


@host_or_reader
@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Ends the meeting for everyone."""
    account = signed_in(request)
    end_meeting(queries.meeting_led_by(account, slug=slug), account)
    return redirect("meeting-detail", slug=slug)


@host_or_reader
@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting for a calendar."""
    meeting = _meeting(request, slug)
    content = calendar_file(meeting, links.join_url(request, meeting))
    return _download(content, "text/calendar; charset=utf-8", f"{slug}.ics")


@host_or_reader
@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The guest link as a QR code, dark on white in both themes so that every camera reads it."""
    code = segno.make(links.join_url(request, _meeting(request, slug)), error="m")
    svg = code.svg_inline(scale=6, border=4, light="#ffffff", dark="#1b2126", omitsize=True)
    namespaced = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(namespaced, content_type="image/svg+xml")


@host_or_reader
@require_safe
def attendance_download(request: HttpRequest, slug: str) -> HttpResponse:
    """The attendance as CSV. Whoever takes names away is in the journal."""
    meeting = _meeting(request, slug)
    note_attendance_download(meeting, signed_in(request))
    text = attendance_csv(queries.attendance_of(meeting))
    return _download(text.encode(), "text/csv; charset=utf-8", f"daftar-hadir-{slug}.csv")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
