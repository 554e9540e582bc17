"""The disposition sheet of a letter, as it stands now."""

from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.utils import timezone

from pendopo.documents.rules import Secrecy, Urgency
from pendopo.documents.rules.sheets import (
    DispositionSheet,
    DispositionStep,
    Instruction,
    Recipient,
)
from pendopo.foundation.errors import Refused
from pendopo.intake.models import Assignment, Disposition, IncomingLetter, ServiceRequest
from pendopo.intake.queries.recipients import instructions_in_use
from pendopo.office.models import Position


def sheet_of(request: ServiceRequest) -> DispositionSheet:
    """What the sheet says. Five queries at most; ``Refused('letter_not_registered')`` before."""
    letter = IncomingLetter.objects.filter(request=request).first()
    if letter is None:
        raise Refused("letter_not_registered")
    usual = instructions_in_use()
    return DispositionSheet(
        letter_from=request.organisation_name or request.contact_name,
        letter_number=request.letter_number,
        letter_date=request.letter_date,
        received_on=letter.received_on,
        agenda_number=letter.shown_number,
        urgency=Urgency(letter.urgency),
        secrecy=Secrecy(letter.secrecy),
        subject=letter.subject,
        steps=tuple(_step(step, usual) for step in dispositions_of(request)),
    )


def dispositions_of(request: ServiceRequest) -> list[Disposition]:
    """The dispositions of a letter with their ``given``: assignments, recipients and their
    positions as ``held``. Three queries."""
    titles = Prefetch(
        "account__positions", Position.objects.order_by(Lower("title")), to_attr="held"
    )
    given = Prefetch(
        "assignments",
        Assignment.objects.select_related("account__person")
        .prefetch_related(titles)
        .order_by("account__person__name"),
        to_attr="given",
    )
    rows = request.dispositions.select_related("sender__person", "in_place_of__person")
    return list(rows.prefetch_related(given).order_by("at"))


def _step(step: Disposition, usual: list[str]) -> DispositionStep:
    holder = step.in_place_of or step.sender
    texts = [*usual, *(text for text in step.instructions if text not in usual)]
    given: list[Assignment] = step.given  # type: ignore[attr-defined]
    return DispositionStep(
        passed_on_by=step.position or holder.person.name,
        passed_on_to=tuple(Recipient(_title(each), each.due_on) for each in given),
        instructions=tuple(Instruction(text, text in step.instructions) for text in texts),
        note=step.note,
        initialled_by=_initials(step),
        initialled_at=timezone.localtime(step.at),
    )


def _initials(step: Disposition) -> str:
    if step.in_place_of is None:
        return step.sender.person.name
    return f"{step.sender.person.name} (a.n. {step.in_place_of.person.name})"


def _title(assignment: Assignment) -> str:
    held: list[Position] = assignment.account.held  # type: ignore[attr-defined]
    return held[0].title if held else assignment.account.person.name
