"""What the search finds of meetings."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.search import Hit, finds
from pendopo.foundation.templatetags.times import local_date, local_time
from pendopo.meetings import queries
from pendopo.people.authentication import may, signed_in
from pendopo.people.rules import Permission


@finds(_("Meetings"))
def meetings_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Meetings the reader sees, by words of the title or the code, newest first."""
    if not may(request, Permission.HOST_MEETINGS, Permission.READ_ANY_MEETING):
        return
    rows = queries.newest_days_first(queries.meetings_called(signed_in(request), question))
    for meeting in rows[:20]:
        at = meeting.session.starts_at or meeting.created_at
        unit = meeting.session.event.unit
        about = f"{local_date(at)}, {local_time(at)}" + (f" · {unit.name}" if unit else "")
        url = reverse("meeting-detail", args=[meeting.slug])
        yield Hit(meeting.session.event.title, url, about)
