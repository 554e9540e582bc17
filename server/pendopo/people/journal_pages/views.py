"""Pages for those who audit: entries, one person's trail, the queue, how long all is kept."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.foundation.csv_file import csv_text
from pendopo.foundation.errors import Refused
from pendopo.journal import actions, queries
from pendopo.journal.registry import retention_years
from pendopo.journal.rules import Trouble
from pendopo.journal.trails import sentence, work
from pendopo.people.actions.accounts import erase_person
from pendopo.people.authentication import confirmed, permission_required, signed_in
from pendopo.people.journal_pages.actions import note_trail_read
from pendopo.people.journal_pages.forms import EntriesForm, HoldForm, PersonForm
from pendopo.people.journal_pages.queries import (
    entry_rows,
    everything_about,
    person_with,
    persons_among,
    persons_like,
    trail_lines,
)
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

readers_only = permission_required(Permission.READ_JOURNAL)
queue_watchers = permission_required(Permission.READ_JOURNAL, Permission.MANAGE_QUEUE)
queue_managers = permission_required(Permission.MANAGE_QUEUE)
office_changers = permission_required(Permission.CHANGE_OFFICE)

_OLDER_THAN = "sebelum"


def _may(request: HttpRequest, permission: Permission) -> bool:
    return permission in permissions_for(signed_in(request))


def _cursor(request: HttpRequest) -> int | None:
    """Where the page begins. Raises ``Refused('cursor_invalid')``."""
    given = request.GET.get(_OLDER_THAN, "")
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= 18):
        raise Refused("cursor_invalid")
    return int(given)


def _page_of(request: HttpRequest, wanted: queries.Filter) -> dict[str, Any]:
    """A page of entries, and the address of the next one."""
    entries, older_than = queries.newest_entries(wanted, _cursor(request))
    fields = {key: value for key, value in request.GET.items() if value and key != _OLDER_THAN}
    return {
        "rows": entry_rows(entries),
        "older": urlencode({**fields, _OLDER_THAN: older_than}) if older_than else "",
        "is_first": _OLDER_THAN not in request.GET,
    }


@never_cache
@readers_only
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What happened, newest first. Filtered by a subject that is somebody's, it is a trail too."""
    form = EntriesForm(request.GET)
    wanted = form.wanted()
    for someone in persons_among(wanted.about):
        note_trail_read(someone, signed_in(request), "page")
    context = {"form": form, "filtered": wanted != queries.Filter(), **_page_of(request, wanted)}
    return render(request, "people/journal.html", context, status=422 if form.errors else 200)


@never_cache
@readers_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Finds a person by name or e-mail."""
    form = PersonForm(request.GET if "who" in request.GET else None)
    found = persons_like(form.cleaned_data["who"]) if form.is_valid() else []
    context = {"form": form, "found": found, "sought": form.is_valid()}
    return render(
        request, "people/journal_people.html", context, status=422 if form.errors else 200
    )


@never_cache
@readers_only
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All entries about one person. Whoever opens it is in the journal."""
    someone = person_with(person_id)
    note_trail_read(someone, signed_in(request), "page")
    context = {"person": someone, **_page_of(request, everything_about(someone))}
    return render(request, "people/journal_person.html", context)


@permission_required(Permission.ERASE_PERSONS)
@require_POST
@confirmed
def erase(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Erases a person, also one without an account; the name must be written to confirm."""
    someone = person_with(person_id)
    try:
        if request.POST.get("name", "").strip() != someone.name:
            raise Refused("name_not_confirmed")
        erase_person(someone, signed_in(request))
        messages.success(request, _("The person is erased. The journal keeps what happened."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("journal-person", person_id=person_id)


@never_cache
@readers_only
@require_safe
def person_csv(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same as a file, to be given to that person (Law 27/2022, articles 7 and 32)."""
    someone = person_with(person_id)
    note_trail_read(someone, signed_in(request), "csv")
    head = [
        _("Time"), _("What"), _("Subject"), _("Actor"), _("Details"),
        _("Kind"), _("Id of the subject"), _("Id of the actor"), _("Number of the entry"),
    ]  # fmt: skip
    response = HttpResponse(
        csv_text(head, trail_lines(someone)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="jejak-{someone.pk}.csv"'
    return response


@never_cache
@queue_watchers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What is stuck behind the journal."""
    stuck = queries.stuck_jobs()
    jobs = [
        {
            "job": job,
            "work": work(job.reaction or job.task),
            "after": sentence(job.entry.kind) if job.entry else "",
        }
        for job in stuck.jobs
    ]
    context = {
        "queue": stuck,
        "counts": {trouble.value: stuck.counts.get(trouble, 0) for trouble in Trouble},
        "jobs": jobs,
        "may_act": _may(request, Permission.MANAGE_QUEUE),
    }
    return render(request, "people/journal_queue.html", context)


@queue_managers
@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Tries a failed job again."""
    actions.retry_job(job_id, signed_in(request))
    messages.success(request, _("The job is on the queue again."))
    return redirect("journal-queue")


@queue_managers
@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Gives a failed job up."""
    actions.cancel_job(job_id, signed_in(request))
    messages.success(request, _("The job was given up."))
    return redirect("journal-queue")


@never_cache
@readers_only
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """How long the journal is kept, and what holds it."""
    return _keeping_page(request, HoldForm())


def _keeping_page(request: HttpRequest, form: HoldForm) -> HttpResponse:
    context = {
        "form": form,
        "years": retention_years(),
        "partitions": queries.partitions(),
        "holds": queries.standing_holds(),
        "may_hold": _may(request, Permission.CHANGE_OFFICE),
    }
    status = 422 if form.errors else 200
    return render(request, "people/journal_keeping.html", context, status=status)


@office_changers
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """From now on nothing is dropped."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _keeping_page(request, form)
    actions.place_hold(form.cleaned_data["reason"], signed_in(request))
    messages.success(request, _("The journal is held: nothing of it is dropped."))
    return redirect("journal-keeping")


@office_changers
@require_POST
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Ends a hold."""
    actions.lift_hold(hold_id, signed_in(request))
    messages.success(request, _("The hold is lifted."))
    return redirect("journal-keeping")
