"""What papers do when the journal says something."""

from uuid import UUID

from pendopo.documents.actions.credentials import delete_credentials_of
from pendopo.journal.models import Entry
from pendopo.journal.registry import reacts_to
from pendopo.people.models import Account


@reacts_to("person.erased")
def delete_credentials_of_person(entry: Entry) -> None:
    """Takes away with what an erased person signed; letters that were signed stay."""
    person = UUID(entry.subject.partition(":")[2])
    for account in Account.objects.filter(person_id=person):
        delete_credentials_of(account)
