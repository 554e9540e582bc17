"""How a letter names days and times: in Indonesian, whole, and short enough for its line."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from pendopo.documents.rules.placeholders import LONGEST_VALUE
from pendopo.foundation.templatetags.times import local_date, local_span
from pendopo.schedule.rules import Slot

NOTHING = "–"  # what stands in a letter where there is nothing to say


def days_of(slots: Sequence[Slot]) -> str:
    """``Selasa, 1 Desember 2026``, several joined; days in a row, or too many, as from and to."""
    starts = list({timezone.localdate(slot.starts_at): slot.starts_at for slot in slots}.items())
    if not starts:
        return NOTHING
    named = [local_date(moment) for _day, moment in starts]
    days = [day for day, _moment in starts]
    in_a_row = days[-1] - days[0] == timedelta(days=len(days) - 1)
    if len(days) > 2 and in_a_row:
        return f"{named[0]} s.d. {named[-1]}"
    listed = "; ".join(named)
    if len(listed) > LONGEST_VALUE:
        return f"{named[0]} s.d. {named[-1]} ({len(days)} hari, sesuai jadwal yang dimohonkan)"
    return listed


def times_of(slots: Sequence[Slot]) -> str:
    """``09.00–11.00 WIB``; where the times differ, each with its day."""
    spans = [str(local_span(slot.starts_at, slot.ends_at)) for slot in slots]
    if len(set(spans)) == 1:
        return spans[0]
    listed = "; ".join(
        f"{span} ({date_format(timezone.localtime(slot.starts_at), 'j F Y')})"
        for span, slot in zip(spans, slots, strict=True)
    )
    if len(listed) > LONGEST_VALUE:
        return "sesuai jadwal yang dimohonkan"
    return listed or NOTHING


def choices_of(choices: Sequence[Sequence[Slot]]) -> str:
    """A line for each alternative that is offered, with all its days; where that is too long, with
    the first and the last one."""
    whole = "\n".join(f"{days_of(days)}, pukul {times_of(days)}" for days in choices)
    if len(whole) <= LONGEST_VALUE:
        return whole
    return "\n".join(_ends_of(days) for days in choices)


def _ends_of(days: Sequence[Slot]) -> str:
    first, last = timezone.localtime(days[0].starts_at), timezone.localtime(days[-1].starts_at)
    span = f"{date_format(first, 'j F Y')}, pukul {local_span(days[0].starts_at, days[0].ends_at)}"
    if len(days) == 1:
        return span
    return f"{span}, s.d. {date_format(last, 'j F Y')} ({len(days)} hari)"
