"""The number of a letter: given with its signature, once."""

from datetime import date

from pendopo.documents.models import Document, LetterStyle
from pendopo.documents.rules import LETTERS
from pendopo.office.actions.numbering import next_number
from pendopo.office.queries import office_or_default
from pendopo.office.rules import letter_number

SERIES = "letters"


def give_number(document: Document, day: date) -> None:
    """Gives a letter its number and date, in the caller's transaction; ``day`` is the office's own.

    A number typed from the national letter system stays, and so does its date. A transaction that
    fails gives the number back; then read the document anew before the next try. Raises
    ``TransactionManagementError`` outside of a transaction.
    """
    fields = []
    if document.dated_on is None:
        document.dated_on = day
        fields.append("dated_on")
    if not document.number and document.kind in LETTERS:
        style = LetterStyle.objects.first() or LetterStyle()
        year = document.dated_on.year
        document.running_number = next_number(SERIES, year)
        document.number_year = year
        document.number = letter_number(
            office_or_default().number_template,
            document.running_number,
            document.classification_code,
            style.unit_code,
            document.dated_on,
        )
        fields += ["running_number", "number_year", "number"]
    if fields:
        document.save(update_fields=fields)
