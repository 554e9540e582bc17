"""What the search finds of requests."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.search import HITS_OF_A_KIND, Hit, finds
from pendopo.intake.queries.requests import requests_called
from pendopo.intake.rules.states import RequestState
from pendopo.intake.wording import STATES
from pendopo.people.authentication import may, signed_in
from pendopo.people.rules import Permission


@finds(_("Requests"))
def requests_found(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Requests by number, sender, event or letter, as far as the reader may see them."""
    if not may(request, Permission.READ_REQUESTS):
        return
    rows = requests_called(signed_in(request), question).order_by("-submitted_at", "-pk")
    for row in rows[:HITS_OF_A_KIND]:
        about = " · ".join([row.organisation_name, str(STATES[RequestState(row.state)])])
        url = reverse("request-detail", args=[row.number])
        yield Hit(f"{row.number} {row.event_title}", url, about)
