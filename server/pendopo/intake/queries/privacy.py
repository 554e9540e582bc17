"""The notice about personal data, what is held about a requester, and whose time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.models import (
    ErasureWish,
    LegalHold,
    Preparation,
    PrivacyNotice,
    Question,
    RequestedSlot,
    ServiceRequest,
    Transition,
)
from pendopo.intake.privacy_text import DEFAULT_ENGLISH, DEFAULT_TEXT
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.tracking import subject_of_request
from pendopo.intake.rules.purposes import USES, Use
from pendopo.intake.rules.retention import is_due, latest_end
from pendopo.intake.rules.states import OPEN, RequestState
from pendopo.intake.rules.tracking import read_number
from pendopo.journal.models import Entry
from pendopo.journal.queries import Filter, newest_entries
from pendopo.schedule.models import Session

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Idle(TypedDict):
    """What :func:`idle_requests` adds to a request."""

    idle_since: datetime


class Ending(TypedDict):
    """What :func:`ended_requests` adds to a request."""

    ended: datetime
    held: bool


def _first_version() -> PrivacyNotice:
    """What holds until the office publishes words of its own."""
    return PrivacyNotice(version=1, text=DEFAULT_TEXT, text_english=DEFAULT_ENGLISH)


def current_notice() -> PrivacyNotice:
    """The notice that holds now. Version 1 comes with the program and is in no table."""
    return PrivacyNotice.objects.order_by("-version").first() or _first_version()


def notice_version(version: int) -> PrivacyNotice:
    """One version, as it was read. Raises ``Refused('not_found')``."""
    found = PrivacyNotice.objects.filter(version=version).first()
    if found is None and version == 1:
        return _first_version()
    if found is None:
        raise Refused("not_found")
    return found


def notice_versions() -> list[PrivacyNotice]:
    """All versions, the newest first."""
    found = list(PrivacyNotice.objects.order_by("-version"))
    return found if any(each.version == 1 for each in found) else [*found, _first_version()]


@dataclass(frozen=True)
class Held:
    """One thing that is kept about a requester: which field, what it says, and why."""

    field: str
    value: str
    use: Use


def held_about(request: ServiceRequest) -> list[Held]:
    """Everything personal that is kept of a request, each with its use. Eight queries at most."""
    rows: list[Model] = [request, *request.questions.all(), *request.transitions.exclude(note="")]
    rows += list(request.files.select_related("file"))
    rows += list(request.erasure_wishes.all())
    rows += list(request.organisers.filter(removed_at=None))
    preparation = Preparation.objects.filter(request=request).select_related("rundown_file").first()
    if preparation is not None:
        rows += [preparation, *preparation.sites.all()]
    return [held for row in rows for held in _held_in(row)]


def _held_in(row: Model) -> Iterable[Held]:
    model = row._meta.model_name
    for field, use in USES.items():
        owner, _, name = field.partition(".")
        if owner != model or field == "onetimecode.digest":
            continue
        value = getattr(row, name)
        if value:
            yield Held(field, _said(value), use)


def _said(value: object) -> str:
    if isinstance(value, Model):
        return str(getattr(value, "name", "") or getattr(value, "email", ""))
    return value.isoformat() if isinstance(value, datetime) else str(value)


def trail_of(request: ServiceRequest) -> list[Entry]:
    """What happened with a request's data, newest first, at most the newest 200. Two queries."""
    subjects = [subject_of_request(request), f"intake.requester:{request.pk}"]
    subjects += [f"intake.organiser:{pk}" for pk in request.organisers.values_list("pk", flat=True)]
    return newest_entries(Filter(about=subjects))[0]


def is_held(request: ServiceRequest) -> bool:
    """Whether a legal hold stands."""
    return request.holds.filter(lifted_at=None).exists()


def standing_holds() -> QuerySet[LegalHold]:
    """Holds that were not lifted, oldest first, with request and who placed them. One query."""
    rows = LegalHold.objects.filter(lifted_at=None).order_by("placed_at")
    return rows.select_related("request", "placed_by__person")


def open_erasure_wishes() -> QuerySet[ErasureWish]:
    """Wishes that nobody has answered, the most urgent first. One query."""
    return ErasureWish.objects.filter(answered_at=None).select_related("request").order_by("due_at")


def erasure_wish(wish_id: int) -> ErasureWish:
    """One wish, answered or not. Raises ``Refused('not_found')``."""
    found = ErasureWish.objects.filter(pk=wish_id).first()
    if found is None:
        raise Refused("not_found")
    return found


def request_to_hold(number: str) -> ServiceRequest:
    """A request by its number as typed, whatever its secrecy: a court asks for any. Raises
    ``Refused('request_not_found')``."""
    found = ServiceRequest.objects.filter(number=read_number(number) or None).first()
    if found is None or found.state == RequestState.DRAFT:
        raise Refused("request_not_found")
    return found


def restricted_requests() -> QuerySet[ServiceRequest]:
    """Requests whose requester wants no further use, newest first. One query."""
    rows = ServiceRequest.objects.filter(restricted_at__isnull=False, erased_at=None)
    return rows.order_by("-restricted_at")


def idle_requests(before: datetime) -> "QuerySet[WithAnnotations[ServiceRequest, Idle]]":
    """Open requests that nobody has taken further since ``idle_since``, which lies before a moment.

    A question waits since it was asked; anything else since the last time that was asked for is
    over. Offers have an end of their own.
    """
    asked = Question.objects.filter(request=OuterRef("pk"), answered_at=None).order_by("-asked_at")
    slots = RequestedSlot.objects.filter(request=OuterRef("pk")).order_by("-ends_at")
    waiting = OPEN - {RequestState.ALTERNATIVE_OFFERED}
    return (
        ServiceRequest.objects.filter(state__in=waiting)
        .annotate(
            idle_since=Case(
                When(
                    state=RequestState.NEEDS_COMPLETION,
                    then=Subquery(asked.values("asked_at")[:1]),
                ),
                default=Subquery(slots.values("ends_at")[:1]),
                output_field=DateTimeField(),
            )
        )
        .filter(idle_since__lte=before)
        .select_related("event", "account")
        .order_by("pk")
    )


def ended_requests() -> "QuerySet[WithAnnotations[ServiceRequest, Ending]]":
    """Decided requests that still hold names, with ``ended`` and ``held``.

    An approved one ends with its last session, any other with its last step; what is still open has
    no end.
    """
    last_session = (
        Session.objects.filter(event=OuterRef("event"))
        .values("event")
        .annotate(last=Max("ends_at"))
        .values("last")
    )
    last_step = Transition.objects.filter(request=OuterRef("pk")).order_by("-id").values("at")[:1]
    closed = [RequestState.APPROVED, RequestState.REJECTED, RequestState.CANCELLED]
    return (
        ServiceRequest.objects.filter(state__in=closed, erased_at=None)
        .annotate(
            ended=Case(
                When(state=RequestState.APPROVED, then=Subquery(last_session)),
                default=Subquery(last_step),
                output_field=DateTimeField(),
            ),
            held=Exists(LegalHold.objects.filter(request=OuterRef("pk"), lifted_at=None)),
        )
        .filter(ended__isnull=False)
        .order_by(F("ended").asc(), "pk")
    )


def ended_at(request: ServiceRequest) -> datetime | None:
    """When a request came to its end; ``None`` while it has none."""
    row = ended_requests().filter(pk=request.pk).first()
    return row.ended if row is not None else None


def due_for_erasure(limit: int) -> list[ServiceRequest]:
    """Requests whose time is over and that nothing holds, the oldest first. Two queries."""
    years, now = the_policy().kept_years, clock.now()
    rows = ended_requests().filter(held=False, ended__lte=latest_end(now, years))
    return [row for row in rows[:limit] if is_due(row.ended, years, now, is_held=row.held)]
