"""What messages do when the journal says something."""

from uuid import UUID

from pendopo.journal.models import Entry
from pendopo.journal.registry import reacts_to
from pendopo.notices.actions.erasing import erase_for_person


@reacts_to("person.erased")
def erase_notices_of_person(entry: Entry) -> None:
    """Takes the person out of all messages to them."""
    erase_for_person(UUID(entry.subject.partition(":")[2]))
