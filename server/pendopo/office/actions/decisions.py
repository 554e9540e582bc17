"""What the office decides for itself."""

from typing import Any

from django.db import transaction

from pendopo.foundation import clock
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.journal.rules import personal_facts
from pendopo.office.models import Office

# Free text may hold a telephone number; the journal says only that it changed.
NOT_QUOTED = frozenset({"letterhead_address", "invitation_closing"})


def _may_be_quoted(field: str, *values: Any) -> bool:
    """Whether old and new value may stand in the journal, which takes nothing that looks personal:
    also a name may be an address."""
    return field not in NOT_QUOTED and not personal_facts({"values": values})


@transaction.atomic
def create_office(name: str, service_name: str, actor: Subject, *, is_demo: bool = False) -> Office:
    """The office with the defaults of every decision; what is there already stays as it is."""
    office, is_new = Office.objects.get_or_create(
        only=True,
        defaults={
            "name": name,
            "service_name": service_name,
            "is_demo": is_demo,
            # The demo needs no first run.
            "set_up_at": clock.now() if is_demo else None,
        },
    )
    if is_new:
        record("office.created", office, actor, demo=is_demo)
    return office


@transaction.atomic
def change_office(changes: dict[str, Any], actor: Subject) -> None:
    """Sets what differs, and writes old and new value of each into the journal.

    ``changes``: field → value, already checked by a form. Nothing differs: nothing is written.
    """
    office = Office.objects.select_for_update().get()
    old = {field: getattr(office, field) for field in changes}
    changed = {field: value for field, value in changes.items() if old[field] != value}
    if not changed:
        return
    for field, value in changed.items():
        setattr(office, field, value)
    office.save(update_fields=list(changed))
    facts = {
        field: [old[field], value] if _may_be_quoted(field, old[field], value) else []
        for field, value in changed.items()
    }
    record("office.changed", office, actor, changes=facts)


@transaction.atomic
def finish_first_run(actor: Subject) -> None:
    """Notes that the office was set up; a second time does nothing."""
    if Office.objects.filter(set_up_at=None).update(set_up_at=clock.now()):
        record("office.set_up", Office.objects.get(), actor)


@transaction.atomic
def note_test_mail(actor: Subject) -> None:
    """Notes that a test mail was handed over to the mail server."""
    record("office.mail_tested", Office.objects.get(), actor)
