"""The desk: what waits, the letter, and the sheet on which it is dealt with."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.desk_work import dispose_several, register_and_dispose
from pendopo.intake.actions.disposition import dispose, finish_assignment, return_letter
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.forms.desk import Sheet, bulk_sheet, sheet_for
from pendopo.intake.models import Assignment
from pendopo.intake.queries.desk import (
    DeskItem,
    desk_item,
    desk_of,
    desk_tally,
    queue_of,
)
from pendopo.intake.queries.desk_papers import PaperItem
from pendopo.intake.queries.desks import Desk, desks_of
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.sheet import dispositions_of
from pendopo.intake.rules.desk import Work
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission

desk_permission = permission_required(
    Permission.READ_REQUESTS, Permission.REGISTER_LETTERS, Permission.DISPOSE_LETTERS
)


@dataclass
class Open:
    """The desks that somebody works at, and what lies there: ``items`` are the letters that came
    in, ``queue`` has the office's own among them, too."""

    account: Account
    desks: list[Desk]
    items: list[DeskItem] = field(default_factory=list)
    queue: list[DeskItem | PaperItem] = field(default_factory=list)

    def beside(self, number: str, by: int) -> str:
        """The number of the letter so many places further in the queue; empty where it ends."""
        numbers = [item.request.number or "" for item in self.items]
        place = numbers.index(number) + by if number in numbers else -1
        return numbers[place] if 0 <= place < len(numbers) else ""


def _open(request: HttpRequest) -> Open:
    account = signed_in(request)
    desks = desks_of(account)
    letters = desk_of(account, desks)
    return Open(account, desks, letters, queue_of(account, letters))


@never_cache
@desk_permission
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The queue; where the screen is wide, its first letter beside it."""
    here = _open(request)
    sheet = sheet_for(here.account, here.items[0].request, here.items[0]) if here.items else None
    return _page(request, here, sheet, is_list=True)


@never_cache
@desk_permission
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter with its sheet; what is refused stands on the sheet, with what was typed."""
    here = _open(request)
    item = desk_item(here.account, here.desks, number)
    case = item.request if item else request_numbered(here.account, number)
    if request.method == "POST":
        return _handed_over(request, here, sheet_for(here.account, case, item, request.POST))
    if item is None:
        messages.info(request, _("%(number)s is no longer on your desk.") % {"number": number})
        return redirect("desk")
    return _page(request, here, sheet_for(here.account, case, item))


def _handed_over(request: HttpRequest, here: Open, sheet: Sheet) -> HttpResponse:
    step, number = request.POST.get("step", ""), sheet.case.number or ""
    following = here.beside(number, 1) or here.beside(number, -1)
    if not sheet.is_valid(step):
        return _page(request, here, sheet, status=422)
    try:
        if not sheet.is_current:
            raise Refused("request_moved_on")
        messages.success(request, _done(step, sheet, here.account))
    except Refused as refused:
        sheet.refusal = refused.sentence
        return _page(request, here, sheet, status=refused.status)
    return redirect("desk-letter", following) if following else redirect("desk")


def _done(step: str, sheet: Sheet, account: Account) -> str:
    """Does what the button says; returns the sentence for it."""
    if step in ("done", "return"):
        return _closed(step, sheet, account)
    case, order = sheet.case, sheet.disposition.order
    numbers = {"number": case.number}
    if sheet.registration is None:
        dispose(case, order(sheet.holder), account)
        return _("%(number)s was passed on.") % numbers
    entry = sheet.registration.registration()
    if step == "register":
        letter = register_letter(case, entry, account)
        sentence = _("%(number)s has the agenda number %(agenda)s.")
    else:
        letter = register_and_dispose(case, entry, order(sheet.holder), account)
        sentence = _("%(number)s has the agenda number %(agenda)s and was passed on.")
    return sentence % {**numbers, "agenda": letter.shown_number}


def _closed(step: str, sheet: Sheet, account: Account) -> str:
    assignment_id = sheet.item.assignment_id if sheet.item else None
    if assignment_id is None:
        # It was done or returned meanwhile, in another window perhaps.
        raise Refused("request_moved_on")
    found = Assignment.objects.select_related("disposition", "account").get(pk=assignment_id)
    note = sheet.disposition.cleaned_data["note"]
    numbers = {"number": sheet.case.number}
    if step == "return":
        return_letter(found, note, account)
        return _("%(number)s was returned.") % numbers
    finish_assignment(found, note, account)
    return _("%(number)s is done.") % numbers


def _page(
    request: HttpRequest, here: Open, sheet: Sheet | None, *, is_list: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    number = (sheet.case.number or "") if sheet else ""
    letter_file = sheet.case.letter if sheet else None
    context: dict[str, Any] = {
        "queue": here.queue,
        "tally": desk_tally(here.account, here.desks),
        "sheet": sheet,
        "is_list": is_list,
        "next": here.beside(number, 1),
        "previous": here.beside(number, -1),
        "pages": range(1, (letter_file.pages or 1) + 1) if letter_file else [],
        "several": any(item.work != Work.REGISTER for item in here.items),
        "may_sign": any(item.work == Work.SIGN for item in here.queue),
        "history": dispositions_of(sheet.case) if sheet and sheet.registration is None else [],
    }
    return render(request, "intake/desk/desk.html", context, status=status)


@never_cache
@desk_permission
@require_http_methods(["GET", "HEAD", "POST"])
def at_once(request: HttpRequest) -> HttpResponse:
    """One disposition for the letters that were ticked in the queue."""
    here = _open(request)
    given = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(here, given)
    form = bulk_sheet(here.account, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            if len(chosen) != len(set(given.getlist("letter"))):
                raise Refused("request_moved_on")
            letters = [(item.request, item.holder) for item in chosen]
            dispose_several(letters, form.order(None), here.account)
            messages.success(
                request, _("%(count)s letters were passed on.") % {"count": len(chosen)}
            )
            return redirect("desk")
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
    context = {"form": form, "items": chosen}
    return render(request, "intake/desk/at_once.html", context, status=status)


def _chosen(here: Open, given: QueryDict) -> list[DeskItem]:
    numbers = set(given.getlist("letter"))
    return [
        item for item in here.items if item.request.number in numbers and item.work != Work.REGISTER
    ]
