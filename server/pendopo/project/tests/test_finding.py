"""Search and guides: what is found, by whom, and which guide a page opens."""

import pytest
from django.test import Client
from django.urls import get_resolver

from pendopo.journal.models import SYSTEM
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.office.actions.decisions import create_office
from pendopo.office.actions.units import create_unit, save_position
from pendopo.office.models import Position
from pendopo.office.rules import UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.project.guides import BY_DUTY, BY_PAGE, guide_for, guides
from pendopo.schedule.actions import save_room
from pendopo.schedule.models import Room


@pytest.fixture
def host(db: None) -> Account:
    create_office("Kantor", "Layanan", SYSTEM)
    account = create_account("host@t.example", "x", "Ratna", [Duty.HOST])
    create_meeting(account, "Rapat anggaran 100%_daerah")
    unit = create_unit("Dinas Anggaran", UnitKind.AGENCY, None, SYSTEM)
    save_position(Position(title="Kepala Anggaran", unit=unit, account=account), SYSTEM)
    save_room(Room(name="Ruang Anggaran", people=20), SYSTEM)
    return account


def found_by(account: Account | None, question: str) -> list[str]:
    client = Client()
    if account:
        client.force_login(account)
    groups = client.get("/cari", {"q": question}).context["groups"]
    return [hit.title for group in groups for hit in group["hits"]]


def with_duty(duty: Duty) -> Account:
    return create_account(f"{duty}@t.example", "x", "Lain", [duty])


MEETING = "Rapat anggaran 100%_daerah"


def test_a_stranger_finds_nothing(host: Account) -> None:
    assert found_by(None, "anggaran") == []


def test_a_host_finds_their_own_meetings(host: Account) -> None:
    assert found_by(host, "ANGGARAN") == [MEETING]
    assert found_by(with_duty(Duty.REQUESTER), "anggaran") == []


def test_staff_find_units_people_and_rooms(host: Account) -> None:
    assert found_by(with_duty(Duty.SECRETARIAT), "anggaran") == [
        "Ruang Anggaran",
        "Dinas Anggaran",
        "Kepala Anggaran",
    ]
    assert found_by(with_duty(Duty.AUDITOR), "ratna") == ["Kepala Anggaran"]


def test_an_administrator_finds_settings_by_their_words(host: Account) -> None:
    assert "Penomoran" in found_by(with_duty(Duty.ADMINISTRATOR), "nomor")


@pytest.mark.parametrize("question", ["%_", "100%_d"])
def test_wildcards_are_letters(host: Account, question: str) -> None:
    assert found_by(host, question) == [MEETING]
    assert found_by(host, "a%g") == []


@pytest.mark.parametrize("question", ["", "a", "x" * 5000, "\0\0\0", "' OR 1=1 --", "<script>"])
def test_odd_questions_are_answered(host: Account, question: str) -> None:
    client = Client()
    client.force_login(host)
    page = client.get("/cari", {"q": question})
    assert page.status_code == 200
    assert b"<script>" not in page.content


def test_every_guide_named_exists_and_every_guide_is_named() -> None:
    named = {slug for _, slug in BY_PAGE} | set(BY_DUTY.values())
    assert named == set(guides())


@pytest.mark.parametrize(
    ("page", "duties", "slug"),
    [
        ("home", [], "peserta"),
        ("home", ["operator", "host"], "petugas"),
        ("now", ["head_of_office"], "kepala-dinas"),
        ("meeting-detail", ["operator", "host"], "petugas"),
        ("unit-list", ["secretariat", "host"], "sekretariat"),
        ("journal-queue", ["command_centre"], "pusat-kendali"),
        ("my-meetings", ["host"], "penyelenggara"),
        ("office-section", ["administrator"], "administrator"),
        ("account_login", [], "akun"),
        ("", ["a duty of a later version"], "peserta"),
    ],
)
def test_the_guide_of_a_page(page: str, duties: list[str], slug: str) -> None:
    assert guide_for(page, duties) == slug


def test_guides_are_shown_with_their_links_and_tables(db: None) -> None:
    page = Client().get("/panduan/peserta").content.decode()
    assert "<table>" in page
    assert 'href="/panduan/' in Client().get("/panduan/pemohon").content.decode()
    assert Client().get("/panduan/tidak-ada").status_code == 404


def test_the_beginnings_of_page_names_still_fit_a_page() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    for beginning, _ in BY_PAGE:
        assert any(name.startswith(beginning) for name in names), beginning
