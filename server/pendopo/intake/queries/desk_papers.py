"""The office's own letters that wait on a desk: for a signature, or for an initial."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from pendopo.documents.models import Document, Initial
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.queries.signing import waiting_for
from pendopo.documents.rules import LETTERS, OPEN_STATES
from pendopo.intake.models import Assignment, ServiceRequest
from pendopo.intake.rules.desk import Work, days_over, days_waiting
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

# How ``Document.about`` begins for a letter about a request.
_ABOUT_REQUEST = f"{ServiceRequest._meta.label_lower}:"


@dataclass(frozen=True)
class PaperItem:
    """A letter of the office that waits; due on the day by which the request is to be answered."""

    document: Document
    work: Work
    since: datetime
    due_on: date | None
    days: int
    days_over: int

    holder = None  # a signature is nobody else's to give

    @property
    def sender(self) -> str:
        """To whom it goes, where the list shows who asks: the organisation below "Yth. …", above
        "di Tempat"."""
        first, *others = self.document.addressee.splitlines()
        return (others[0] if len(others) > 1 else "") or first.removeprefix("Yth. ")

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.document.subject


def desk_papers(account: Account) -> QuerySet[Document]:
    """What waits for an account's signature or initial, oldest first, each once.

    An initial is awaited from everybody on whose desk the request's letter has lain, but who wrote
    the draft and who signs it, until it is signed. Rows have ``is_to_sign``, ``since`` and
    ``due_on``.
    """
    due = ServiceRequest.objects.filter(pk=OuterRef("case_id")).values("answer_due")[:1]
    rows = Document.objects.filter(kind__in=LETTERS, state__in=OPEN_STATES).annotate(
        case_id=_case_id(),
        since=F("created_at"),
        due_on=Subquery(due),
        is_to_sign=_is_to_sign(account),
    )
    wanted = Q(is_to_sign=True)
    if Permission.DRAFT_DOCUMENTS in permissions_for(account):
        wanted |= Q(pk__in=_to_initial(account).values("pk"))
    return rows.filter(wanted).order_by("since", "pk")


def _is_to_sign(account: Account) -> Exists | Value:
    if Permission.SIGN_DOCUMENTS not in permissions_for(account):
        return Value(False)
    return Exists(waiting_for(account).order_by().filter(pk=OuterRef("pk")))


def _to_initial(account: Account) -> QuerySet[Document]:
    had_it = Assignment.objects.filter(account=account, disposition__request=OuterRef("case_id"))
    initialled = Initial.objects.filter(document=OuterRef("pk"), account=account)
    return (
        documents_for(account)
        .filter(kind__in=LETTERS, state__in=OPEN_STATES)
        .annotate(case_id=_case_id())
        .filter(Exists(had_it), ~Exists(initialled))
        .exclude(created_by=account)
    )


def _case_id() -> Case:
    # Guarded, for the rest of another subject is no id of a request.
    inside = Cast(Substr("about", len(_ABOUT_REQUEST) + 1), UUIDField())
    return Case(
        When(about__startswith=_ABOUT_REQUEST, then=inside),
        default=Value(None),
        output_field=UUIDField(),
    )


def paper_items(account: Account, today: date, limit: int) -> list[PaperItem]:
    """The oldest of them as rows of the desk. One query."""
    return [_item(row, today) for row in desk_papers(account)[:limit]]


def _item(row: Document, today: date) -> PaperItem:
    due_on: date | None = row.due_on  # type: ignore[attr-defined]
    return PaperItem(
        document=row,
        work=Work.SIGN if row.is_to_sign else Work.INITIAL,  # type: ignore[attr-defined]
        since=row.created_at,
        due_on=due_on,
        days=days_waiting(timezone.localdate(row.created_at), today),
        days_over=days_over(due_on, today),
    )
