"""A demo office to try Pendopo with. No real regency, no real person; its dates follow today's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.foundation import clock
from pendopo.journal.models import SYSTEM
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.queries import meetings
from pendopo.office.actions.decisions import change_office, create_office
from pendopo.office.actions.organisations import save_organisation
from pendopo.office.actions.units import create_unit, put_account_in_unit, save_position
from pendopo.office.models import AgencyUnit, CommunityOrganization, Position
from pendopo.office.queries import the_office, unit_of
from pendopo.office.rules import UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.project.demo_letters import sign_letters, write_letters
from pendopo.schedule.actions import admit_event, save_room
from pendopo.schedule.models import Room, Session
from pendopo.schedule.rules import EventKind, EventRole, EventWish, RoomKind, Slot

PASSWORD = "pendopo-demo"  # noqa: S105  printed at every start; the demo office has no secrets
_HOST = Duty.HOST


@dataclass(frozen=True)
class _Someone:
    name: str
    label: object
    duties: tuple[Duty, ...]
    full_name: str
    unit: str
    position: str

    @property
    def email(self) -> str:
        return f"{self.name}@pendopo.test"


# In the demo everyone but auditor and councillor may hold a meeting.
_PEOPLE = [
    _Someone(
        "admin", _("administrator"), (Duty.ADMINISTRATOR, _HOST), "Sri Wahyuni, S.Kom., M.T.",
        "diskominfo", "Kepala Subbagian Umum dan Kepegawaian",
    ),
    _Someone(
        "sekretariat", _("secretariat"), (Duty.SECRETARIAT, _HOST), "Dewi Lestari, S.Sos.",
        "diskominfo", "Sekretaris Dinas",
    ),
    _Someone(
        "kepala", _("head of office"), (Duty.HEAD_OF_OFFICE, _HOST), "Drs. Bambang Sutrisno, M.Si.",
        "diskominfo", "Kepala Dinas Komunikasi dan Informatika",
    ),
    _Someone(
        "bidang", _("head of division"), (Duty.DIVISION_HEAD, _HOST), "Ratna Kusumawati, S.T.",
        "bidang-aptika", "Kepala Bidang Aplikasi dan Informatika",
    ),
    _Someone(
        "koordinator", _("coordinator"), (Duty.COORDINATOR, _HOST), "Agus Prasetyo, S.T.",
        "bidang-aptika", "Koordinator Layanan Rapat Daring",
    ),
    _Someone(
        "operator", _("operator"), (Duty.OPERATOR, _HOST), "Rizky Ramadhan",
        "bidang-aptika", "Pranata Komputer Terampil",
    ),
    _Someone(
        "kendali", _("command centre"), (Duty.COMMAND_CENTRE, _HOST), "Nur Aini, A.Md.",
        "diskominfo", "Petugas Pusat Kendali",
    ),
    _Someone(
        "auditor", _("auditor"), (Duty.AUDITOR,), "Hendra Gunawan, S.E., Ak.",
        "inspektorat", "Auditor Muda",
    ),
    _Someone(
        "pemohon", _("requester"), (Duty.REQUESTER, _HOST), "Yohanes Wibowo, S.Pd.",
        "dinas-pendidikan", "Kepala Seksi Kurikulum",
    ),
    _Someone(
        "dewan", _("councillor"), (Duty.REQUESTER,), "H. Suparman, S.H.",
        "sekretariat-dprd", "Anggota DPRD, Komisi A",
    ),
]  # fmt: skip
_UNITS = [
    ("diskominfo", "Dinas Komunikasi dan Informatika", UnitKind.AGENCY, ""),
    ("bidang-aptika", "Bidang Aplikasi dan Informatika", UnitKind.DIVISION, "diskominfo"),
    ("dinas-pendidikan", "Dinas Pendidikan dan Kebudayaan", UnitKind.AGENCY, ""),
    ("smpn-1-karangjati", "SMP Negeri 1 Karangjati", UnitKind.SCHOOL, "dinas-pendidikan"),
    ("inspektorat", "Inspektorat Daerah", UnitKind.AGENCY, ""),
    ("sekretariat-dprd", "Sekretariat DPRD", UnitKind.COUNCIL, ""),
    ("kecamatan-karangjati", "Kecamatan Karangjati", UnitKind.SUBDISTRICT, ""),
    ("desa-sumberagung", "Desa Sumberagung", UnitKind.VILLAGE, "kecamatan-karangjati"),
    ("desa-margomulyo", "Desa Margomulyo", UnitKind.VILLAGE, "kecamatan-karangjati"),
]
_ORGANISATIONS = [
    ("PKK Kabupaten Karangjati", "Jalan Pemuda 8, Karangjati"),
    ("Karang Taruna Desa Sumberagung", "Balai Desa Sumberagung"),
    ("Forum Relawan Kebencanaan Karangjati", "Jalan Diponegoro 41, Karangjati"),
]
_ROOMS = [
    ("Aula Diskominfo", RoomKind.PHYSICAL, 120, "Lantai 2, Jalan Merdeka 1"),
    ("Ruang Pusat Kendali", RoomKind.PHYSICAL, 25, "Lantai 1, Jalan Merdeka 1"),
    ("Ruang daring A", RoomKind.VIRTUAL, 500, ""),
    ("Ruang daring B", RoomKind.VIRTUAL, 200, ""),
]
_DECISIONS = {
    "letterhead_government": "Pemerintah Kabupaten Karangjati",
    "letterhead_office": "Dinas Komunikasi dan Informatika",
    "letterhead_address": "Jalan Merdeka 1, Karangjati 57700",
    "letter_place": "Karangjati",
}


@dataclass(frozen=True)
class _Planned:
    """A meeting on a day counted from today, at an hour of the office's zone."""

    title: str
    owner: str
    day: int
    hour: int
    hours: int


_MEETINGS = [
    _Planned("Rapat koordinasi penanganan stunting", "koordinator", 0, 13, 2),
    _Planned("Gladi rapat paripurna DPRD", "koordinator", 1, 9, 2),
    _Planned("Webinar Kurikulum Merdeka untuk guru SMP", "pemohon", 2, 9, 3),
    _Planned("Pelantikan pejabat fungsional", "sekretariat", 3, 10, 2),
]
# Open to the public: they stand on the home page.
_PUBLIC = [
    (_Planned("Rapat dengar pendapat umum: jalan desa", "sekretariat", 0, 9, 3), EventKind.HEARING),
    (_Planned("Webinar literasi digital untuk UMKM", "koordinator", 0, 19, 2), EventKind.WEBINAR),
    (_Planned("Sosialisasi layanan PPID", "koordinator", 1, 13, 2), EventKind.WEBINAR),
]
_ALWAYS_OPEN = "Ruang terbuka Diskominfo"
ACCOUNTS = [(someone.email, someone.label) for someone in _PEOPLE]


def load_demo() -> bool:
    """Office, units, an account per duty, meetings, letters; only where there is nothing yet.

    ``False`` when an office or an account is there: then nothing is added. Call it outside of any
    transaction: each signature has one of its own.
    """
    if not _fill():
        return False
    sign_letters(_owner("kepala"), PASSWORD)
    return True


@transaction.atomic
def _fill() -> bool:
    if the_office() is not None or Account.objects.exists():
        return False
    create_office("Diskominfo Kabupaten Karangjati", "Pendopo", SYSTEM, is_demo=True)
    change_office(_DECISIONS, SYSTEM)
    units: dict[str, AgencyUnit] = {}
    for slug, name, kind, parent in _UNITS:
        units[slug] = create_unit(name, kind, units.get(parent), SYSTEM, slug)
    for name, address in _ORGANISATIONS:
        save_organisation(CommunityOrganization(name=name, address=address), SYSTEM)
    for someone in _PEOPLE:
        unit = units[someone.unit]
        account = create_account(
            someone.email, PASSWORD, someone.full_name, sorted(someone.duties), unit.name
        )
        put_account_in_unit(account, unit, SYSTEM)
        save_position(Position(title=someone.position, unit=unit, account=account), SYSTEM)
    for name, room_kind, people, place in _ROOMS:
        save_room(Room(name=name, kind=room_kind, people=people, place=place), SYSTEM)
    keep_demo_current()
    write_letters({someone.name: _owner(someone.name) for someone in _PEOPLE})
    return True


@transaction.atomic
def keep_demo_current() -> None:
    """Plans the demo's meetings for today and the days after, and keeps one room open.

    Does nothing where they are planned already, and nothing in a real office.
    """
    office = the_office()
    if office is None or not office.is_demo:
        return
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    for plan in _MEETINGS:
        starts_at = today + timedelta(days=plan.day, hours=plan.hour)
        _plan_once(plan.title, plan.owner, starts_at, starts_at + timedelta(hours=plan.hours))
    for plan, kind in _PUBLIC:
        starts_at = today + timedelta(days=plan.day, hours=plan.hour)
        _admit_once(plan, kind, Slot(starts_at, starts_at + timedelta(hours=plan.hours)))
    if not meetings().filter(session__event__title=_ALWAYS_OPEN, ended_at=None).exists():
        create_meeting(_owner("koordinator"), _ALWAYS_OPEN)


def _plan_once(title: str, owner: str, starts_at: datetime, ends_at: datetime) -> None:
    known = meetings().filter(session__event__title=title, session__starts_at__gte=starts_at)
    if not known.exists():
        create_meeting(_owner(owner), title, starts_at=starts_at, ends_at=ends_at)


def _admit_once(plan: _Planned, kind: EventKind, slot: Slot) -> None:
    if not Session.objects.filter(event__title=plan.title, starts_at=slot.starts_at).exists():
        owner = _owner(plan.owner)
        wish = EventWish(plan.title, kind, EventRole.HOST, (slot,), is_open=True)
        admit_event(wish, owner, SYSTEM, unit_of(owner))


def _owner(name: str) -> Account:
    return Account.objects.get(email=f"{name}@pendopo.test")
