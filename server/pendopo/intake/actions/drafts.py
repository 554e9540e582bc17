"""A request before it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from pendopo.files.actions.erasing import erase_file
from pendopo.files.actions.keeping import Checked, Upload, checked_pages, keep_checked
from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.models import RequestedSlot, RequestFile, ServiceRequest
from pendopo.intake.rules.invitations import is_safe_to_pass_on
from pendopo.intake.rules.requests import Channel, RequesterClass
from pendopo.intake.rules.states import OPEN, WITH_THE_REQUESTER, RequestState
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.queries import unit_of
from pendopo.people.models import Account
from pendopo.schedule.rules import Slot, is_out_of_range, order_of_times_is_wrong

SLOTS_AT_MOST = 31
# What a form or a program may set in a draft; everything else is set by the actions.
DRAFT_FIELDS = frozenset(
    {
        "requester_class", "organisation_name", "contact_name", "contact_whatsapp",
        "contact_email", "letter_follows", "letter_number", "letter_date", "signatory_name",
        "signatory_position", "event_title", "event_kind", "purpose", "role", "is_open", "people",
        "attendance", "needs_operator", "outside_platform", "outside_url", "outside_meeting_id",
        "outside_passcode", "outside_organiser", "privacy_version", "privacy_read_at", "unit",
        "organisation",
    }
)  # fmt: skip


@transaction.atomic
def start_draft(channel: Channel = Channel.WEB, account: Account | None = None) -> ServiceRequest:
    """An empty request with its tracking code. A unit's account asks for its unit."""
    unit = unit_of(account) if account is not None else None
    request = ServiceRequest.objects.create(
        channel=channel,
        account=account,
        unit=unit,
        requester_class=RequesterClass.GOVERNMENT if unit else RequesterClass.COMMUNITY,
        organisation_name=unit.name if unit else "",
    )
    record("request.started", request, account or requester_of(request), channel=channel)
    return request


@transaction.atomic
def save_draft(
    request: ServiceRequest, values: Mapping[str, Any], slots: Sequence[Slot] | None = None
) -> None:
    """Sets fields of a draft, already checked by a form, and its times if they are given.

    Raises ``Refused`` with ``request_sent_already``, ``outside_link_unsafe``, or about times.
    ``KeyError`` for a field that is not a draft's.
    """
    if unknown := set(values) - DRAFT_FIELDS:
        raise KeyError(", ".join(sorted(unknown)))
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != RequestState.DRAFT:
        raise Refused("request_sent_already")
    if (link := str(values.get("outside_url") or "").strip()) and not is_safe_to_pass_on(link):
        raise Refused("outside_link_unsafe")
    for name, value in values.items():
        setattr(request, name, storable(value).strip() if isinstance(value, str) else value)
    if values:
        request.save(update_fields=list(values))
    if slots is not None:
        set_slots(request, slots)


def check_times(slots: Sequence[Slot]) -> None:
    """Raises ``Refused`` with ``too_many_slots``, ``time_out_of_range`` or
    ``times_out_of_order``."""
    if len(slots) > SLOTS_AT_MOST:
        raise Refused("too_many_slots", limit=SLOTS_AT_MOST)
    for slot in slots:
        if is_out_of_range(slot.starts_at, slot.ends_at):
            raise Refused("time_out_of_range")
        if order_of_times_is_wrong(slot.starts_at, slot.ends_at):
            raise Refused("times_out_of_order")


def set_slots(request: ServiceRequest, slots: Sequence[Slot]) -> None:
    """Replaces the times a request asks for, in the caller's transaction."""
    check_times(slots)
    request.slots.all().delete()
    RequestedSlot.objects.bulk_create(
        RequestedSlot(request=request, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in slots
    )


@contextmanager
def checked_papers(uploads: Sequence[Upload]) -> Iterator[Checked | None]:
    """The photos and PDFs of a letter or an answer as one cleaned PDF, ``None`` for none.

    To be entered before the transaction that keeps it: cleaning takes seconds, in which nobody else
    may wait for a lock. Raises ``Refused`` about a file.
    """
    if not uploads:
        yield None
        return
    with checked_pages(uploads) as paper:
        yield paper


def attach_letter(request: ServiceRequest, uploads: Sequence[Upload], actor: Subject) -> StoredFile:
    """Keeps the letter, several photos as one PDF. Not within a transaction.

    Raises ``Refused`` as :func:`put_letter`, or about a file.
    """
    _require_awaited(ServiceRequest.objects.get(pk=request.pk))
    with checked_pages(uploads) as paper:
        return put_letter(request, paper, actor)


@transaction.atomic
def put_letter(request: ServiceRequest, paper: Checked, actor: Subject) -> StoredFile:
    """Makes a checked paper the letter; in a draft it replaces the one before.

    After the sending only while the request is open or approved, and only where a letter is to
    follow or the office has asked: what is here stays, and further papers lie beside it. Raises
    ``Refused`` with ``letter_not_awaited``, ``data_erased``, ``file_held`` or ``disk_full``.
    """
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    _require_awaited(row)
    is_draft, before = row.state == RequestState.DRAFT, row.letter
    if before is not None and not is_draft:
        return add_file(request, paper, actor)
    kept = keep_checked(paper, "surat.pdf", "letter", actor)
    request.letter, request.letter_follows = kept, False
    request.save(update_fields=["letter", "letter_follows"])
    if before is not None:
        erase_file(before, actor)  # nothing refers to it any more, so no retention would find it
    if not is_draft:
        record("request.letter_came", request, actor, pages=kept.pages, at=clock.now().isoformat())
    return kept


@transaction.atomic
def drop_letter(request: ServiceRequest, actor: Subject) -> None:
    """Takes the letter off a draft whose letter follows after all, and erases its file.

    Does nothing where there is none. Raises ``Refused`` with ``request_sent_already`` or
    ``file_held``.
    """
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != RequestState.DRAFT:
        raise Refused("request_sent_already")
    request.letter = None
    if row.letter is None:
        return
    request.save(update_fields=["letter"])
    erase_file(row.letter, actor)  # as in put_letter: no retention would find it


def add_file(request: ServiceRequest, paper: Checked, actor: Subject) -> StoredFile:
    """Keeps a further paper of a request beside its letter, in the caller's transaction."""
    kept = keep_checked(paper, "lampiran.pdf", "answer", actor)
    RequestFile.objects.create(request=request, file=kept)
    return kept


def _require_awaited(request: ServiceRequest) -> None:
    if request.erased_at is not None:
        raise Refused("data_erased")
    if request.state != RequestState.DRAFT and not _takes_papers(request):
        raise Refused("letter_not_awaited")


def _takes_papers(request: ServiceRequest) -> bool:
    if request.state in WITH_THE_REQUESTER:
        return True
    awaits_letter = request.letter_id is None and request.letter_follows
    return awaits_letter and request.state in OPEN | {RequestState.APPROVED}
