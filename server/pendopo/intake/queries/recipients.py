"""To whom a letter can be passed on, and to whom it usually goes."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Lower

from pendopo.intake.models import Instruction
from pendopo.intake.rules.dispositions import next_duty
from pendopo.office.models import Position
from pendopo.office.queries import office_or_default
from pendopo.people.models import Account
from pendopo.people.queries import duties_of
from pendopo.people.rules import ALLOWS, Duty, Permission
from pendopo.people.wording import DUTY_LABELS

# The auditor reads, but never works on a letter.
WORKING_DUTIES = [duty for duty in Duty if Permission.DISPOSE_LETTERS in ALLOWS[duty]]


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter can go to; ``is_suggested`` by the chain."""

    account: Account
    title: str
    is_suggested: bool

    @property
    def name(self) -> str:
        """The name."""
        return self.account.person.name


def recipients_for(holder: Account, without: Collection[Account] = ()) -> list[Recipient]:
    """Everybody who works on letters but these, those suggested first, then by name.

    ``holder`` is at whose desk the letter lies; the chain says who comes next. Five queries at
    most.
    """
    wanted = next_duty(office_or_default().chain, duties_of(holder))
    titles = Prefetch("positions", Position.objects.order_by(Lower("title")), to_attr="held")
    accounts = (
        Account.objects.filter(
            is_active=True, person__erased_at=None, duties__duty__in=WORKING_DUTIES
        )
        .exclude(pk__in=[holder.pk, *(each.pk for each in without)])
        .select_related("person")
        .prefetch_related("duties", titles)
        .order_by(Lower("person__name"))
        .distinct()
    )
    found = [_recipient(account, wanted) for account in accounts]
    return sorted(found, key=lambda each: not each.is_suggested)


def _recipient(account: Account, wanted: str | None) -> Recipient:
    duties = [held.duty for held in account.duties.all()]
    positions: list[Position] = account.held  # type: ignore[attr-defined]
    labels = [str(DUTY_LABELS[duty]) for duty in WORKING_DUTIES if duty in duties]
    title = positions[0].title if positions else ", ".join(labels)
    return Recipient(account, title, wanted is not None and wanted in duties)


def instructions_in_use() -> list[str]:
    """The texts of the check boxes, in their order. One query."""
    return list(Instruction.objects.filter(is_active=True).values_list("text", flat=True))
