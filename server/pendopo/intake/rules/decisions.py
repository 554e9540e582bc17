"""What becomes of an offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pendopo.intake.rules.requests import Channel
from pendopo.schedule.rules import Slot


class OfferState(StrEnum):
    """Whether the requester has answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


# Whoever enters these for somebody else has the paper, or its picture, before them.
_BROUGHT = frozenset({Channel.PAPER, Channel.WHATSAPP, Channel.MAIL})


@dataclass(frozen=True)
class Grounds:
    """On what a request can be granted: its letter as a file, the head's word on the urgent path,
    or the number of a letter as the register read it."""

    channel: str
    has_letter: bool
    is_authorised: bool
    has_number_in_register: bool


def may_be_granted(grounds: Grounds) -> bool:
    """Whether a request may be approved, or offered other times: every answer is to a letter.

    Without one only what the head of office authorised, and what units book for themselves. What
    was brought to the office need not be scanned once the register names it by its number.
    """
    if grounds.has_letter or grounds.is_authorised or grounds.channel == Channel.SELF_SERVICE:
        return True
    return grounds.channel in _BROUGHT and grounds.has_number_in_register


# One time, or for an event of several days all of them.
Choice: TypeAlias = Slot | Sequence[Slot]


def days_of_choice(choice: Choice) -> list[Slot]:
    """The days of an alternative in their order."""
    days = [choice] if isinstance(choice, Slot) else choice
    return sorted(days, key=lambda slot: slot.starts_at)


def moved_to(asked: Sequence[Slot], first: Slot) -> list[Slot]:
    """What was asked for, as a whole moved so that its first day is this one.

    The other days keep their distance from it and begin and end as much earlier or later.
    """
    if not asked:
        return [first]
    days = days_of_choice(asked)
    begin, end = first.starts_at - days[0].starts_at, first.ends_at - days[0].ends_at
    return [Slot(day.starts_at + begin, day.ends_at + end) for day in days]
