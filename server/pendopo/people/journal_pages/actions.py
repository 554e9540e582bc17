"""What reading the journal leaves behind in it."""

from django.db import transaction

from pendopo.journal.actions import record
from pendopo.people.models import Account, Person


@transaction.atomic
def note_trail_read(person: Person, reader: Account, form: str) -> None:
    """That someone opened all entries about a person, on a ``page`` or as a ``csv`` file."""
    record("person.trail_read", person, reader, form=form)
