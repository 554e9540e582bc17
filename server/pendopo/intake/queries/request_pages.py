"""The list of requests: filtered, newest first, page by page."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from pendopo.foundation.errors import Refused
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.requests import requests_called, visible_requests
from pendopo.intake.rules.requests import Channel
from pendopo.people.models import Account

PAGE = 50
# Nobody reads the difference between 10,000 and 100,000, but each page would pay for it.
COUNTED_AT_MOST = 10_000
# Who searches and finds so many types another word; finding each costs more than in a list.
FOUND_AT_MOST = 1_000


@dataclass(frozen=True)
class RequestPage:
    """Some rows of the list, and the cursor of the next ones; ``None`` at the end."""

    rows: list[ServiceRequest]
    next: str | None


def filtered_requests(account: Account, wish: Mapping[str, Any]) -> QuerySet[ServiceRequest]:
    """The requests an account may see, by ``question``, ``state``, ``requester_class``,
    ``channel`` and the days ``first_day`` to ``last_day`` on which they came."""
    question = wish.get("question") or ""
    rows = requests_called(account, question) if question else visible_requests(account)
    for name in ("state", "requester_class", "channel"):
        if wish.get(name):
            rows = rows.filter(**{name: wish[name]})
    if wish.get("first_day"):
        rows = rows.filter(submitted_at__gte=_start_of(wish["first_day"]))
    if wish.get("last_day"):
        rows = rows.filter(submitted_at__lt=_start_of(wish["last_day"] + timedelta(days=1)))
    return rows


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Counts:
    """How many were ``asked`` by letter, and ``booked`` by units themselves, counted apart.

    ``is_more``: there are more than were counted; the others are at least so many.
    """

    asked: int
    booked: int
    is_more: bool


def counts_of(rows: QuerySet[ServiceRequest], *, searched: bool = False) -> Counts:
    """How many there are, as far as :data:`COUNTED_AT_MOST`, or of what was ``searched`` as far as
    :data:`FOUND_AT_MOST`. One query."""
    most = FOUND_AT_MOST if searched else COUNTED_AT_MOST
    by_units = Q(channel=Channel.SELF_SERVICE)
    some = rows.order_by()[: most + 1]
    found = some.aggregate(asked=Count("pk", filter=~by_units), booked=Count("pk", filter=by_units))
    asked = min(found["asked"], most)
    return Counts(asked, found["booked"], is_more=sum(found.values()) > most)


def page_of(rows: QuerySet[ServiceRequest], cursor: str) -> RequestPage:
    """At most :data:`PAGE` requests after the cursor, newest first. One query.

    Raises ``Refused('cursor_invalid')``.
    """
    if cursor:
        at, pk = _decode(cursor)
        rows = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    found = list(rows.defer("words").order_by("-submitted_at", "-pk")[: PAGE + 1])
    page = found[:PAGE]
    return RequestPage(page, _encode(page[-1]) if len(found) > PAGE else None)


def _encode(row: ServiceRequest) -> str:
    assert row.submitted_at is not None
    text = f"{row.submitted_at.isoformat()}~{row.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, UUID]:
    try:
        text = base64.urlsafe_b64decode(cursor + "==").decode()
        at, _, pk = text.partition("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise Refused("cursor_invalid")
        return moment, UUID(pk)
    except (ValueError, binascii.Error) as error:
        raise Refused("cursor_invalid") from error
