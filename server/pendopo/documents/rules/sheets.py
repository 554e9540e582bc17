"""What stands on the sheet of a disposition, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from pendopo.documents.rules import Secrecy, Urgency

MOST_STEPS, MOST_RECIPIENTS, MOST_INSTRUCTIONS = 8, 20, 20
LONGEST_LINE, LONGEST_NOTE = 200, 2000


@dataclass(frozen=True)
class Recipient:
    """Whom a letter is passed on to, by position or name, and by when they are to act."""

    title: str
    due_on: date | None = None


@dataclass(frozen=True)
class Instruction:
    """One of the office's instructions, with its box ticked or not."""

    text: str
    is_ticked: bool


@dataclass(frozen=True)
class DispositionStep:
    """One hand that the letter went through."""

    passed_on_by: str  # the position
    passed_on_to: tuple[Recipient, ...]
    instructions: tuple[Instruction, ...]
    note: str = ""
    initialled_by: str = ""  # the name
    initialled_at: datetime | None = None  # aware


@dataclass(frozen=True)
class DispositionSheet:
    """The sheet that goes with a letter from hand to hand."""

    letter_from: str
    letter_number: str
    letter_date: date | None
    received_on: date
    agenda_number: str
    urgency: Urgency
    secrecy: Secrecy
    subject: str
    steps: tuple[DispositionStep, ...]
