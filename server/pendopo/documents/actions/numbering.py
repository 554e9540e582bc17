"""The number of a letter: given with its signature, once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from pendopo.documents.models import Document, LetterStyle
from pendopo.documents.queries.papers import is_number_issued
from pendopo.documents.rules import LETTERS
from pendopo.foundation.errors import Refused
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.office.actions.numbering import next_number
from pendopo.office.queries import office_or_default
from pendopo.office.rules import letter_number

SERIES = "letters"
_TAKEN = "letter_number_taken"


def give_number(document: Document, day: date) -> None:
    """Gives a letter its number and date, in the caller's transaction; ``day`` is the office's own.

    A number typed from the national letter system stays, and so does its date. A transaction that
    fails gives the number back; then read the document anew before the next try. Raises
    ``Refused('letter_number_taken')`` for a typed number that an issued letter of its year has, and
    ``TransactionManagementError`` outside of a transaction.
    """
    fields = []
    if document.dated_on is None:
        document.dated_on = day
        fields.append("dated_on")
    if not document.number and document.kind in LETTERS:
        document.number_year = document.dated_on.year
        _next_free(document, document.dated_on)
        fields += ["running_number", "number_year", "number"]
    elif document.number and is_number_issued(document.number, document.dated_on.year):
        raise _taken(document)
    if fields:
        document.save(update_fields=fields)


def _next_free(document: Document, day: date) -> None:
    """The office's next number that no letter bears yet.

    Somebody may have typed the very words that a running number comes to. That number was given
    then, by hand, so it is passed over: to wait for a free one would stop all signing, and the
    office's own numbers have no gap that is not filled by such a letter.
    """
    template = office_or_default().number_template
    style = LetterStyle.objects.first() or LetterStyle()
    while True:  # each turn has another number, and a year has only so many letters
        running = next_number(SERIES, day.year)
        number = letter_number(
            template, running, document.classification_code, style.unit_code, day
        )
        if not is_number_issued(number, day.year):
            document.running_number, document.number = running, number
            return


@contextmanager
def number_given_once(document: Document) -> Iterator[None]:
    """Around the saving that makes a letter a signed one: two at once may have typed one number.

    Raises ``Refused('letter_number_taken')``.
    """
    try:
        with refused_when_taken(_TAKEN):
            yield
    except Refused as refused:
        raise _taken(document) from refused  # with the number, for its sentence


def _taken(document: Document) -> Refused:
    year = document.dated_on.year if document.dated_on else None
    return Refused(_TAKEN, number=document.number, year=year)
