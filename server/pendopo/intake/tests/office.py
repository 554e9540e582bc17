"""An office with people, and a request, for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.foundation.ids import new_id
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.requests import Channel
from pendopo.office.actions.decisions import create_office
from pendopo.office.models import AgencyUnit, Membership, Position
from pendopo.people.models import Account, DutyAssignment
from pendopo.people.rules import Duty
from pendopo.schedule.rules import Slot

People = dict[str, Account]


def account_with(*duties: Duty, name: str = "") -> Account:
    """An account with just these duties."""
    nth = Account.objects.count() + 1
    account = Account.objects.create_user(
        f"orang{nth}@contoh.go.id", "", name=name or f"Orang {nth}"
    )
    for duty in duties:
        DutyAssignment.objects.create(account=account, duty=duty)
    return account


def an_office() -> People:
    """An office whose head holds a position; an account for each duty that works on letters."""
    create_office("Dinas Kominfo", "Pendopo", "system")
    unit = AgencyUnit.objects.create(name="Dinas Kominfo", slug="kominfo")
    people = {
        "secretary": account_with(Duty.SECRETARIAT, name="Rina"),
        "head": account_with(Duty.HEAD_OF_OFFICE, name="Budi Santoso"),
        "division": account_with(Duty.DIVISION_HEAD, name="Sari"),
        "coordinator": account_with(Duty.COORDINATOR, name="Joko"),
        "auditor": account_with(Duty.AUDITOR, name="Tuti"),
        "host": account_with(Duty.HOST, name="Umi"),
    }
    Position.objects.create(title="Kepala Dinas", unit=unit, account=people["head"])
    Membership.objects.create(account=people["host"], unit=unit)
    return people


def a_slot(days: int = 14, hours: int = 2) -> Slot:
    """A time some days ahead."""
    starts = (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return Slot(starts, starts + timedelta(hours=hours))


def values(**changes: Any) -> dict[str, Any]:
    """What a community organisation fills in; after a few requests it is another person's."""
    nth = ServiceRequest.objects.count() // 4
    return {
        "organisation_name": "PKK Desa Sukamaju",
        "contact_name": "Siti Aminah",
        "contact_whatsapp": f"+62{81234567890 + nth}",
        "contact_email": f"siti{nth or ''}@contoh.org",
        "event_title": "Pelatihan kader posyandu",
        "people": 40,
        "attendance": "online",
        "letter_follows": True,
        **changes,
    }


def a_request(**changes: Any) -> ServiceRequest:
    """A request that was sent."""
    request = start_draft(Channel.WEB)
    save_draft(request, values(**changes), [a_slot()])
    submit_request(request)
    request.refresh_from_db()
    return request


def registration(**changes: object) -> Registration:
    """What a secretary reads in a letter."""
    given = {"received_on": timezone.localdate(), "subject": "Permohonan fasilitasi", **changes}
    return Registration(**given)  # type: ignore[arg-type]


def with_letter(request: ServiceRequest) -> ServiceRequest:
    """The request, its letter being here; nothing lies on the disk."""
    letter = StoredFile.objects.create(
        name="surat.pdf", media_type="application/pdf", size=9, sha256="0" * 64, pages=1,
        content=f"kept/none/{new_id()}", purpose="letter", created_at=clock.now(),
    )  # fmt: skip
    ServiceRequest.objects.filter(pk=request.pk).update(letter=letter, letter_follows=False)
    request.letter, request.letter_follows = letter, False
    return request


def registered(people: People, **changes: object) -> ServiceRequest:
    """A request whose letter is here and was registered by the secretary."""
    request = with_letter(a_request())
    register_letter(request, registration(**changes), people["secretary"])
    return request


def awaited(people: People) -> ServiceRequest:
    """A registered request whose letter is still to come."""
    request = a_request()
    register_letter(request, registration(), people["secretary"])
    return request
