"""A cable is pulled and plugged in again: the same person comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cable import Cable, why_not
from tests.browser.conftest import DEVICES, NewBrowser, NewContext, NewPerson
from tests.browser.pages import Person
from tests.browser.senses import counts_tiles, most_tiles, moves, sees_and_hears, stands_still
from tests.plugins.clients import Program
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(why_not()), reason=why_not())]


@pytest.fixture
def cable(office: Office, tmp_path: Path) -> Iterator[Cable]:
    """To a place that reaches the office's pages, signalling and media."""
    web, signalling, media = office.port, office.port + 1, office.port + 3
    with Cable(tmp_path, [web, signalling], [media]) as laid:
        yield laid


@pytest.fixture
def far_person(cable: Cable, new_browser: NewBrowser, new_context: NewContext) -> Person:
    """Somebody at the far end."""
    browser = new_browser(*DEVICES, program=cable.chromium)
    return Person(new_context(browser), "Budi Santoso")


def test_a_pulled_cable_is_told_and_mended(
    meeting: dict[str, str],
    new_person: NewPerson,
    far_person: Person,
    cable: Cable,
    program: Program,
) -> None:
    siti, budi = new_person("Siti Aminah").enter(meeting["host_url"]), far_person
    budi.enter(meeting["join_url"])
    sees_and_hears(siti, budi)
    sees_and_hears(budi, siti)
    counts_tiles(siti.page)

    cable.pull()
    budi.is_told("Menyambung kembali")
    stands_still(siti.page, siti.video(budi.identity))

    cable.plug_in()
    budi.is_connected(30)
    moves(budi.page, budi.video(siti.identity), 30)
    moves(siti.page, siti.video(budi.identity), 30)
    sees_and_hears(siti, budi)
    sees_and_hears(budi, siti)
    budi.sees(siti, budi)
    siti.sees(siti, budi)
    assert most_tiles(siti.page) == 2
    expect(budi.page.get_by_role("status").filter(has_text="Menyambung")).to_have_count(0)

    budi.leaves()
    path = f"/meetings/{meeting['id']}/attendance"
    budis = until(
        lambda: [
            stay["reason"]
            for stay in program.http.get(path).json()["items"]
            if stay["name"] == budi.name and stay["left_at"]
        ],
        "the leaving is noted",
    )
    assert budis == ["left"]  # one stay over the gap
