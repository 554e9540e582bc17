"""What nobody learns on the office's other pages about a letter above ordinary secrecy."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from pendopo.documents.models import Document
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.rules import Secrecy
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.requests import visible_requests
from pendopo.journal.models import Entry
from pendopo.people.models import Account

_REQUEST = f"{ServiceRequest._meta.label_lower}:"
_PAPER = f"{Document._meta.label_lower}:"


def hidden_requests(account: Account) -> QuerySet[ServiceRequest]:
    """The requests whose letters are above ordinary secrecy and not this account's to see."""
    above = ServiceRequest.objects.filter(incoming__isnull=False)
    return above.exclude(incoming__secrecy=Secrecy.ORDINARY).exclude(
        pk__in=visible_requests(account).values("pk")
    )


def hidden_among(account: Account, entries: Sequence[Entry]) -> set[int]:
    """The ids of those entries of the journal that tell of such a request, of its assignments or
    its letters. Two queries, and those that find out whose desks the account works at."""
    of_request = {entry.pk: _id_after(_REQUEST, entry) for entry in entries}
    of_paper = {entry.pk: _id_after(_PAPER, entry) for entry in entries}
    requests = hidden_requests(account).filter(pk__in=filter(None, of_request.values()))
    papers = (
        Document.objects.filter(pk__in=filter(None, of_paper.values()))
        .exclude(secrecy=Secrecy.ORDINARY)
        .exclude(pk__in=documents_for(account).values("pk"))
    )
    hidden = {str(pk) for rows in (requests, papers) for pk in rows.values_list("pk", flat=True)}
    return {
        entry.pk
        for entry in entries
        if of_request[entry.pk] in hidden or of_paper[entry.pk] in hidden
    }


def _id_after(label: str, entry: Entry) -> str:
    """The id of what an entry is about, when it is of this kind; empty otherwise."""
    if entry.subject.startswith(label):
        return entry.subject.removeprefix(label)
    return str(entry.facts.get("request", "")) if label == _REQUEST else ""


def hidden_subjects(account: Account) -> QuerySet[Any, str]:
    """The same as subjects of the journal: what was written to the requester holds the title, and
    the code that opens everything."""
    subject = Concat(Value(_REQUEST), Cast("pk", CharField()), output_field=CharField())
    return hidden_requests(account).values_list(subject, flat=True)
