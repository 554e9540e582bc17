"""At the door: waiting, and refusals that say what to do."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import expect

from pendopo.project.postgres import Cluster
from tests.browser.conftest import NewPerson
from tests.browser.senses import moves
from tests.plugins.clients import Program
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.browser


def test_who_waits_comes_in_by_themselves_when_the_host_arrives(
    program: Program, new_person: NewPerson
) -> None:
    starts_at = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    meeting = program.meeting(title="Rapat nanti", starts_at=starts_at)
    budi = new_person("Budi Santoso").open(meeting["join_url"])
    expect(budi.page.get_by_text("Belum dibuka")).to_be_visible()
    expect(budi.page.get_by_role("timer")).to_contain_text("Dibuka dalam")
    budi.knocks()
    budi.is_told("Baik, Budi Santoso. Anda masuk dengan sendirinya begitu rapat dibuka.")
    siti = new_person("Siti Aminah")
    with budi.seated():
        siti.enter(meeting["host_url"])
    budi.is_inside()
    siti.sees(siti, budi)
    moves(siti.page, siti.video(budi.identity))


def test_a_door_that_stands_open_says_so_by_itself(program: Program, new_person: NewPerson) -> None:
    starts_at = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    meeting = program.meeting(title="Rapat nanti", starts_at=starts_at)
    budi = new_person("Budi Santoso").open(meeting["join_url"])
    new_person("Siti Aminah").enter(meeting["host_url"])
    expect(budi.page.get_by_text("Sedang berlangsung")).to_be_visible()
    program.http.post(f"/meetings/{meeting['id']}/end")
    budi.lands_on("Rapat sudah selesai")


def test_a_locked_meeting_lets_in_after_it_is_opened(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    siti.opens_people()
    siti.page.get_by_role("button", name="Kunci rapat", exact=True).click()
    siti.is_told("Rapat dikunci.")
    budi = new_person("Budi Santoso").open(meeting["join_url"])
    expect(budi.page.get_by_text("Rapat sedang dikunci oleh penyelenggara.")).to_be_visible()
    budi.knocks()
    budi.lands_on("Rapat dikunci")
    expect(budi.page.get_by_text("Hubungi penyelenggara")).to_be_visible()
    siti.page.get_by_role("button", name="Buka kunci rapat").click()
    siti.is_told("Kunci rapat dibuka.")
    with budi.seated():
        budi.page.get_by_role("button", name="Coba lagi").click()
    budi.is_inside()
    siti.sees(siti, budi)


def test_a_full_meeting_says_how_many_it_holds(
    meeting: dict[str, str], new_person: NewPerson, office: Office, program: Program
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    with psycopg.connect(Cluster(office.data).url, autocommit=True) as database:
        database.execute(
            'UPDATE meetings_meeting SET "limit" = 1 WHERE slug = %s', [meeting["slug"]]
        )
    budi = new_person("Budi Santoso").open(meeting["join_url"])
    budi.knocks()
    budi.lands_on("Rapat sudah penuh")
    expect(budi.page.get_by_text("menampung paling banyak 1 orang")).to_be_visible()
    siti.leaves()
    path = f"/meetings/{meeting['id']}/attendance"
    until(
        lambda: all(stay["left_at"] for stay in program.http.get(path).json()["items"]),
        "Siti's place is free",
    )
    with budi.seated():
        budi.page.get_by_role("button", name="Coba lagi").click()
    budi.is_inside()


def test_a_missing_name_is_asked_for_where_it_is_missing(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    nobody = new_person("  ").open(meeting["join_url"])
    nobody.knocks()
    expect(nobody.hook("join-name")).to_be_focused()
    expect(nobody.hook("join-name")).to_have_accessible_description("Tulis nama Anda dulu.")
