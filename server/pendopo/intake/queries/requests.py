"""Finding requests, as far as the reader may see them."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from pendopo.documents.rules import Secrecy
from pendopo.foundation.errors import Refused
from pendopo.intake.models import Assignment, IncomingLetter, ServiceRequest
from pendopo.intake.queries.desks import Desk, desks_of
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import AT_THE_OFFICE, RequestState
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

_NUMBER = re.compile(r"(?:\d{4}-)?\d{1,9}")
_WORD = re.compile(r"\w+")
WORDS_AT_MOST = 8


def visible_requests(
    account: Account, desks: Sequence[Desk] | None = None
) -> QuerySet[ServiceRequest]:
    """The sent requests an account may read, with what lists need, in one query.

    Whoever reads letters sees all of secrecy B. Those above are seen by the first of the chain, by
    who registered them and by those to whom they are disposed, and their deputies; the deputy of
    the first sees those that lie on nobody's desk, because they lie with the first. Everybody sees
    what the own account asked for. ``desks`` are :func:`desks_of` the account, for who knows them.
    """
    rows = ServiceRequest.objects.exclude(state=RequestState.DRAFT).select_related(
        "incoming", "unit", "organisation"
    )
    own = Q(account=account)
    if Permission.READ_REQUESTS not in permissions_for(account):
        return rows.filter(own)
    own_desk, *others = desks or desks_of(account)
    if own_desk.reach.is_first:
        return rows
    assigned = Assignment.objects.filter(disposition__request=OuterRef("pk"))
    seen = (
        own
        | Q(incoming=None)
        | Q(incoming__secrecy=Secrecy.ORDINARY)
        | Q(incoming__registered_by=account)
        | Q(Exists(assigned.filter(account__in=[account, *(desk.holder for desk in others)])))
    )
    if any(desk.reach.is_first for desk in others):
        waiting = assigned.filter(state=AssignmentState.WAITING)
        seen |= Q(state__in=AT_THE_OFFICE) & ~Q(Exists(waiting))
    return rows.filter(seen)


def request_numbered(account: Account, number: str) -> ServiceRequest:
    """Raises ``Refused('request_not_found')``, also for what the account may not see."""
    request = visible_requests(account).filter(number=number).first()
    if request is None:
        raise Refused("request_not_found")
    return request


def tidy_code(code: str) -> str:
    """A tracking code as somebody types it, as it is stored: ``BCDF ghjk…`` → ``bcdf-ghjk-…``."""
    letters = re.sub(r"[^a-z0-9]", "", code.lower())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def request_by_code(code: str) -> ServiceRequest:
    """What a tracking code opens, also a draft. Raises ``Refused('request_not_found')``."""
    request = (
        ServiceRequest.objects.select_related("incoming", "unit", "event")
        .filter(tracking_code=tidy_code(code[:60]))
        .first()
    )
    if request is None:
        raise Refused("request_not_found")
    return request


def request_to_track(number: str, code: str) -> ServiceRequest:
    """What number and code open together; a wrong number and a wrong code look the same."""
    request = request_by_code(code)
    if request.number is None or request.number != number.strip():
        raise Refused("request_not_found")
    return request


def suspected_duplicates(request: ServiceRequest) -> QuerySet[ServiceRequest]:
    """Other sent requests with the same letter number and sender, oldest first."""
    if not request.letter_number:
        return ServiceRequest.objects.none()
    same_sender = Q(organisation_name__iexact=request.organisation_name)
    if request.unit_id:
        same_sender |= Q(unit=request.unit_id)
    return (
        _of_letter(request.letter_number)
        .exclude(pk=request.pk)
        .exclude(state=RequestState.DRAFT)
        .filter(same_sender)
        .order_by("submitted_at")
    )


def _of_letter(number: str) -> QuerySet[ServiceRequest]:
    """The requests whose letter has this number, in capitals or not; by an index."""
    rows = ServiceRequest.objects.annotate(number_of_letter=Lower("letter_number"))
    return rows.filter(number_of_letter=number.lower())


def requests_called(account: Account, question: str) -> QuerySet[ServiceRequest]:
    """Those an account may see, by number, agenda number, or words of sender, subject and letter.

    Words are found by their Indonesian stem and by their beginning. What looks like a number is
    looked up as one, too.
    """
    rows = visible_requests(account)
    found = _matching(question)
    return rows.filter(found) if found is not None else rows.none()


def _numbered(question: str) -> QuerySet[ServiceRequest, Any]:
    """The ids of requests with this number, agenda number or letter's number.

    A union, so that each is looked up in its own index.
    """
    found = ServiceRequest.objects.filter(number=question).values("pk")
    last = int(question.rpartition("-")[2])
    if "-" in question or last >= 2**31:
        return found
    with_agenda = IncomingLetter.objects.filter(agenda_number=last)
    return found.union(with_agenda.values("request"), _of_letter(question).values("pk"))


def _matching(question: str) -> Q | None:
    question = question.strip()
    if _NUMBER.fullmatch(question):
        return Q(pk__in=_numbered(question))
    words = _WORD.findall(question)[:WORDS_AT_MOST]
    if not words:
        return None
    return Q(
        words=SearchQuery(
            " & ".join(f"{word}:*" for word in words), search_type="raw", config="indonesian"
        )
    )
