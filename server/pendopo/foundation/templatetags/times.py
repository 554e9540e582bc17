"""Dates and times as the reader writes them, always with their zone."""

from datetime import datetime

from django import template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()

# Presidential Decree 41/1987 names the three zones; tzdata knows only these abbreviations for them.
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def zone_label(moment: datetime) -> str:
    """``WIB``, ``WITA`` or ``WIT``; elsewhere the zone's own abbreviation."""
    return _ZONES.get(str(moment.tzinfo), moment.tzname() or "")


def _clock(moment: datetime) -> str:
    separator = "." if (translation.get_language() or "").startswith("id") else ":"
    return f"{moment:%H}{separator}{moment:%M}"


@register.filter(is_safe=True)
def local_date(value: datetime | None) -> str:
    """``Selasa, 24 November 2026`` in the office's zone; empty without a value."""
    return date_format(timezone.localtime(value), "l, j F Y") if value else ""


@register.filter(is_safe=True)
def local_time(value: datetime | None) -> str:
    """``09.00 WIB`` in the office's zone; empty without a value."""
    if not value:
        return ""
    moment = timezone.localtime(value)
    return f"{_clock(moment)} {zone_label(moment)}"


@register.filter(is_safe=True)
def local_clock(value: datetime | None) -> str:
    """``09.00`` alone, for columns whose head names the zone; empty without a value."""
    return _clock(timezone.localtime(value)) if value else ""


@register.simple_tag
def local_span(starts_at: datetime | None, ends_at: datetime | None = None) -> str:
    """``09.00–11.00 WIB``, ``09.00 WIB s.d. selesai``, or over midnight both dates in full."""
    if not starts_at:
        return ""
    starts = timezone.localtime(starts_at)
    if not ends_at:
        return _("%(time)s until finished") % {"time": f"{_clock(starts)} {zone_label(starts)}"}
    ends = timezone.localtime(ends_at)
    if starts.date() == ends.date():
        return f"{_clock(starts)}–{_clock(ends)} {zone_label(ends)}"
    return _("%(starts)s until %(ends)s") % {
        "starts": f"{_clock(starts)} {zone_label(starts)}",
        "ends": f"{local_date(ends_at)}, {local_time(ends_at)}",
    }


@register.simple_tag
def local_zone() -> str:
    """The zone's label for the head of a column of bare clocks."""
    return zone_label(timezone.localtime())
