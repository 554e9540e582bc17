"""Taking letters into the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pendopo.documents.rules import Secrecy, Urgency
from pendopo.files.actions.keeping import Upload
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.intake.actions.calendar import veil_on_calendar
from pendopo.intake.actions.drafts import (
    attach_letter,
    checked_papers,
    put_letter,
    save_draft,
    start_draft,
)
from pendopo.intake.actions.moving import move, note_step, require_permission
from pendopo.intake.actions.replies import keep_as_secret
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.requests import Channel, Register, RequesterClass, is_day_of_receipt
from pendopo.intake.rules.states import OPEN, RequestState, Step, may_register_late
from pendopo.office.actions.numbering import next_number
from pendopo.office.models import AgencyUnit, CommunityOrganization
from pendopo.people.models import Account
from pendopo.schedule.rules import Slot


@dataclass(frozen=True)
class Registration:
    """What the register says of a letter. The agenda number is given, or typed as
    ``external_number`` where the national letter system gives it. Of the letter's own number and
    date, what is left out stays as the requester wrote it; ``clears`` names what the letter turned
    out not to have."""

    received_on: date
    subject: str
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.ORDINARY
    letter_number: str = ""
    letter_date: date | None = None
    clears: frozenset[str] = frozenset()
    external_number: str = ""
    unit: AgencyUnit | None = None
    organisation: CommunityOrganization | None = None


@transaction.atomic
def register_letter(
    request: ServiceRequest, entry: Registration, account: Account
) -> IncomingLetter:
    """SUBMITTED → REGISTERED, with the next agenda number of the year of receipt.

    On the urgent path a request may be ahead of its letter: then it is registered where it stands.
    The number is given in the transaction of the move: whoever loses the race takes none, so that
    the register has no gap. Raises ``Refused`` with ``not_allowed``, ``request_moved_on``,
    ``external_number_required``, ``agenda_number_taken``, ``received_day_wrong`` or
    ``text_required``.
    """
    require_permission(Step.REGISTER, account)
    if not is_day_of_receipt(entry.received_on, timezone.localdate(clock.now())):
        raise Refused("received_day_wrong")
    if not (subject := " ".join(storable(entry.subject).split())):
        raise Refused("text_required")
    _take_step(request, account)
    _note_sender(request, entry)
    register = Register(the_policy().register)
    external = " ".join(storable(entry.external_number).split())
    if register == Register.EXTERNAL and not external:
        raise Refused("external_number_required")
    year = entry.received_on.year
    letter = IncomingLetter(
        request=request,
        register=register,
        year=year,
        received_on=entry.received_on,
        subject=subject[:200],
        urgency=entry.urgency,
        secrecy=entry.secrecy,
        registered_at=clock.now(),
        registered_by=account,
    )
    if register == Register.OWN:
        letter.agenda_number = next_number(f"agenda.{register}", year)
    else:
        letter.external_number = external[:80]
    with refused_when_taken("agenda_number_taken"):
        letter.save()
    keep_as_secret(request, letter, account)
    veil_on_calendar(request, account)
    return letter


def _take_step(request: ServiceRequest, account: Account) -> None:
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    is_registered = IncomingLetter.objects.filter(request=row).exists()
    if may_register_late(
        row.state, is_authorised=row.authorised_at is not None, is_registered=is_registered
    ):
        note_step(request, Step.REGISTER, account)
    else:
        move(request, Step.REGISTER, account)


def _note_sender(request: ServiceRequest, entry: Registration) -> None:
    """What the secretary read in the letter: its number and day, and who sent it."""
    changed = []
    number = " ".join(storable(entry.letter_number).split())[:80]
    if number or "letter_number" in entry.clears:
        request.letter_number = number
        changed.append("letter_number")
    if entry.letter_date or "letter_date" in entry.clears:
        request.letter_date = entry.letter_date
        changed.append("letter_date")
    if entry.unit is not None:
        request.unit, request.requester_class = entry.unit, RequesterClass.GOVERNMENT
        changed += ["unit", "requester_class"]
    elif entry.organisation is not None:
        request.organisation = entry.organisation
        request.requester_class = RequesterClass.COMMUNITY
        changed += ["organisation", "requester_class"]
    if changed:
        request.save(update_fields=changed)


def enter_letter(
    channel: Channel,
    values: Mapping[str, Any],
    slots: Sequence[Slot],
    uploads: Sequence[Upload],
    account: Account,
) -> ServiceRequest:
    """A letter that came on paper, by WhatsApp or by mail, entered and sent for somebody else.

    Not within a transaction when there are files.
    """
    require_permission(Step.REGISTER, account)
    with checked_papers(uploads) as paper, transaction.atomic():
        request = start_draft(channel)
        save_draft(request, {"letter_follows": paper is None, **values}, slots)
        if paper:
            put_letter(request, paper, account)
        submit_request(request, account)
    return request


def receive_letter(request: ServiceRequest, uploads: Sequence[Upload], account: Account) -> None:
    """A letter that was to follow has reached the office on another way than by its own page.

    Not within a transaction. Raises ``Refused`` with ``not_allowed``, ``letter_not_awaited`` or
    about a file.
    """
    require_permission(Step.REGISTER, account)
    if not ServiceRequest.objects.filter(
        pk=request.pk, letter=None, letter_follows=True, state__in=OPEN | {RequestState.APPROVED}
    ).exists():
        raise Refused("letter_not_awaited")
    attach_letter(request, uploads, account)
