"""`/pengaturan/hari-libur/`: the days on which the office is closed."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.office import queries
from pendopo.office.actions import holidays as actions
from pendopo.office.forms.service_page import HolidayForm
from pendopo.office.models import Holiday
from pendopo.office.rules.holidays import FIRST_YEAR, LAST_YEAR, HolidayKind
from pendopo.office.wording import HOLIDAY_KINDS
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

may_change = permission_required(Permission.CHANGE_SERVICE)


@never_cache
@permission_required(Permission.READ_UNITS)
@require_safe
def holiday_list(request: HttpRequest) -> HttpResponse:
    """The days off of one year."""
    year = _year(request.GET.get("tahun", ""))
    rows = [
        {"holiday": each, "kind": HOLIDAY_KINDS[HolidayKind(each.kind)]}
        for each in queries.holidays_of(year)
    ]
    years = [near for near in (year - 1, year + 1) if FIRST_YEAR <= near <= LAST_YEAR]
    return render(request, "office/holiday_list.html", {"rows": rows, "year": year, "years": years})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_new(request: HttpRequest) -> HttpResponse:
    """Adds a day off."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            kind = HolidayKind(values["kind"])
            actions.add_holiday(values["day"], values["name"], kind, signed_in(request))
            messages.success(request, _("Saved."))
            return redirect(_list_of(values["day"].year))
        except Refused as refused:
            form.add_error("day", refused.sentence)
    status = 422 if form.errors else 200
    return render(request, "office/holiday.html", {"form": form}, status=status)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_change(request: HttpRequest, day: str) -> HttpResponse:
    """Changes name and kind of a day off."""
    holiday = _holiday(day)
    form = HolidayForm(request.POST or None, instance=holiday)
    if request.method == "POST" and form.is_valid():
        kind = HolidayKind(form.cleaned_data["kind"])
        actions.change_holiday(holiday.day, form.cleaned_data["name"], kind, signed_in(request))
        messages.success(request, _("Saved."))
        return redirect(_list_of(holiday.day.year))
    context = {"form": form, "holiday": holiday}
    return render(request, "office/holiday.html", context, status=422 if form.errors else 200)


@may_change
@require_POST
def holiday_remove(request: HttpRequest, day: str) -> HttpResponse:
    """From now on a working day."""
    holiday = _holiday(day)
    actions.remove_holiday(holiday.day, signed_in(request))
    messages.success(request, _("Taken out. It counts as a working day."))
    return redirect(_list_of(holiday.day.year))


@may_change
@require_POST
def holiday_restore(request: HttpRequest, day: str) -> HttpResponse:
    """Off again."""
    holiday = _holiday(day)
    actions.restore_holiday(holiday.day, signed_in(request))
    messages.success(request, _("Put back."))
    return redirect(_list_of(holiday.day.year))


@may_change
@require_POST
def holiday_take(request: HttpRequest) -> HttpResponse:
    """Takes the national calendar over, without touching what the office changed."""
    year = _year(request.POST.get("tahun", ""))
    changed = actions.take_national_calendar(year, signed_in(request))
    said = ngettext(
        "The national calendar is taken over: %(n)s day changed.",
        "The national calendar is taken over: %(n)s days changed.",
        changed,
    )
    messages.success(request, said % {"n": changed})
    return redirect(_list_of(year))


def _year(words: str) -> int:
    """The year that was asked for, else this one."""
    if words.isdecimal() and FIRST_YEAR <= int(words[:4]) <= LAST_YEAR and len(words) == 4:
        return int(words)
    return timezone.localdate(clock.now()).year


def _list_of(year: int) -> str:
    return reverse("holiday-list", query={"tahun": year})


def _holiday(day: str) -> Holiday:
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise Refused("not_found") from error
    for holiday in queries.holidays_of(wanted.year):
        if holiday.day == wanted:
            return holiday
    raise Refused("not_found")
