"""A reload is the same person, and a copied tab does not make a twin."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPerson
from tests.browser.pages import Person
from tests.browser.senses import counts_tiles, most_tiles, moves, sees_and_hears

pytestmark = pytest.mark.browser


def test_a_reload_keeps_identity_and_goes_straight_in(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    ketut = new_person("Ketut Wirawan").enter(meeting["join_url"])
    people = [siti, budi, ketut]
    for person in people:
        person.sees(*people)
    for person in (siti, ketut):
        counts_tiles(person.page)
    before = budi.identity
    for _ in range(2):
        budi.reloads()
        assert budi.identity == before
    for person in people:
        person.sees(*people)
    for person in (siti, ketut):
        sees_and_hears(person, budi)
        assert most_tiles(person.page) == 3
    moves(budi.page, budi.video(siti.identity))
    assert siti.given["role"] == "host"
    siti.reloads()
    expect(siti.hook("end-for-all")).to_be_visible()  # still the host


def test_switched_off_devices_stay_off_over_a_reload(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    for hook in ("mic", "camera"):
        siti.is_switched(hook, True)
        siti.hook(hook).click()
        siti.is_switched(hook, False)
    siti.reloads()
    for hook in ("mic", "camera"):
        siti.is_switched(hook, False)
    assert siti.page.locator(siti.video(siti.identity)).count() == 0


def test_a_copied_tab_takes_over_and_the_first_says_so(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)
    counts_tiles(siti.page)
    # As "duplicate tab" does: the new tab starts with a copy of this tab's session storage.
    with budi.page.expect_popup() as opened:
        budi.page.evaluate("url => { window.open(url); }", meeting["join_url"])
    twin = Person(budi.context, budi.name, opened.value)
    twin.given = budi.given
    twin.is_inside()
    budi.lands_on("Rapat dibuka di tempat lain")
    siti.sees(siti, budi)
    moves(siti.page, siti.video(budi.identity))

    with budi.seated():
        budi.page.get_by_role("button", name="Pakai di sini").click()
    assert budi.identity == twin.identity
    budi.is_inside()
    twin.lands_on("Rapat dibuka di tempat lain")
    siti.sees(siti, budi)
    assert most_tiles(siti.page) == 2


def test_another_tab_with_the_link_is_another_person(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    other = Person(siti.context, "Tablet Siti").enter(meeting["join_url"])
    assert other.identity != siti.identity
    siti.sees(siti, other)
