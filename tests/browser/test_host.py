"""What a host does to others, and what they see of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPerson
from tests.browser.senses import is_heard, moves

pytestmark = pytest.mark.browser


def test_a_host_mutes_stops_the_camera_and_renames(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi").enter(meeting["join_url"])
    moves(siti.page, siti.video(budi.identity))
    siti.opens_people()
    budi.opens_people()
    assert budi.page.get_by_role("button", name="Tindakan untuk Siti Aminah").count() == 0

    siti.acts_on(budi, "mute")
    budi.is_told("Penyelenggara mematikan mikrofon Anda.")
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "true")
    expect(budi.hook("mic")).to_have_accessible_name("Nyalakan mikrofon")
    budi.hook("mic").click()  # a mute is no lock
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "false")
    is_heard(siti.page, budi.identity)

    siti.acts_on(budi, "stop_camera")
    budi.is_told("Penyelenggara mematikan kamera Anda.")
    expect(siti.page.locator(siti.video(budi.identity))).to_have_count(0)
    expect(budi.hook("camera")).to_have_accessible_name("Nyalakan kamera")

    siti.acts_on(budi, "rename")
    siti.page.get_by_label("Nama baru").fill("Budi Santoso, S.Sos.")
    siti.page.get_by_label("Nama baru").press("Enter")
    for person in (siti, budi):
        person.name_on_tile(budi, "Budi Santoso, S.Sos.")


def test_locking_is_seen_by_all_and_ending_takes_everyone_out(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)
    siti.opens_people()
    siti.page.get_by_role("button", name="Kunci rapat", exact=True).click()
    for person in (siti, budi):
        person.is_told("Rapat dikunci. Orang baru tidak dapat masuk.")
        expect(person.page.get_by_role("banner")).to_contain_text("Dikunci")
    budi.reloads()  # who was in comes back through the lock

    assert budi.hook("end-for-all").count() == 0
    siti.hook("end-for-all").click()
    for person in (siti, budi):
        person.lands_on("Rapat sudah selesai")
    budi.page.reload()
    budi.lands_on("Rapat sudah selesai")
