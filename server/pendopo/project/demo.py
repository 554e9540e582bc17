"""A demo office to try Pendopo with. No real regency, no real person."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pendopo.foundation import clock
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.office.models import AgencyUnit, Membership, Office
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

PASSWORD = "pendopo-demo"  # noqa: S105  printed at every start; the demo office has no secrets
_PEOPLE = [
    ("admin", _("administrator"), Duty.ADMINISTRATOR, "Sri Wahyuni, S.Kom., M.T.", "diskominfo"),
    ("sekretariat", _("secretariat"), Duty.SECRETARIAT, "Dewi Lestari, S.Sos.", "diskominfo"),
    ("kepala", _("head of office"), Duty.HEAD_OF_OFFICE, "Drs. Bambang Sutrisno", "diskominfo"),
    ("koordinator", _("coordinator"), Duty.COORDINATOR, "Agus Prasetyo, S.T.", "diskominfo"),
    ("operator", _("operator"), Duty.OPERATOR, "Rizky Ramadhan", "diskominfo"),
    ("kendali", _("command centre"), Duty.COMMAND_CENTRE, "Nur Aini, A.Md.", "diskominfo"),
    ("pemohon", _("requester"), Duty.REQUESTER, "Yohanes Wibowo, S.Pd.", "dinas-pendidikan"),
]
_UNITS = [
    ("diskominfo", "Dinas Komunikasi dan Informatika"),
    ("dinas-pendidikan", "Dinas Pendidikan dan Kebudayaan"),
    ("sekretariat-dprd", "Sekretariat DPRD"),
    ("kecamatan-karangjati", "Kecamatan Karangjati"),
]
ACCOUNTS = [(f"{name}@pendopo.test", duty) for name, duty, *_rest in _PEOPLE]


@transaction.atomic
def load_demo() -> None:
    """Office, units, an account per duty, a meeting tomorrow. Loading it again adds nothing."""
    office, is_new = Office.objects.get_or_create(
        only=True,
        defaults={
            "name": "Diskominfo Kabupaten Karangjati",
            "service_name": "Pendopo",
            "is_demo": True,
        },
    )
    if not is_new:
        return
    record("office.created", office, SYSTEM, demo=True)
    units = {slug: AgencyUnit.objects.create(slug=slug, name=name) for slug, name in _UNITS}
    for name, _duty_label, duty, full_name, unit in _PEOPLE:
        # In the demo everyone may hold a meeting.
        duties = {duty, Duty.HOST}
        account = create_account(
            f"{name}@pendopo.test", PASSWORD, full_name, sorted(duties), units[unit].name
        )
        Membership.objects.create(account=account, unit=units[unit])
    _schedule_tomorrow()


def _schedule_tomorrow() -> None:
    owner = Account.objects.get(email="koordinator@pendopo.test")
    tomorrow = (clock.now() + timedelta(days=1)).replace(hour=2, minute=0, second=0, microsecond=0)
    create_meeting(
        owner,
        "Gladi rapat paripurna DPRD",
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=2),
    )
