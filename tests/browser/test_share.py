"""A shared screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPerson
from tests.browser.senses import moves

pytestmark = pytest.mark.browser


def test_a_shared_screen_is_seen_and_gone_after_stopping(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.hook("share").click()
    seen = moves(budi.page, budi.screen(siti.identity))
    assert seen["width"] / seen["height"] == pytest.approx(1920 / 1080, abs=0.01)
    assert seen["width"] >= 960  # large enough to read
    expect(budi.hook("screen-tile")).to_have_accessible_name("Layar Siti Aminah")
    moves(budi.page, budi.video(siti.identity))  # the camera goes on beside it
    assert budi.tiles() == sorted([siti.identity, budi.identity])
    expect(siti.hook("share")).to_have_attribute("aria-pressed", "true")

    siti.hook("share").click()
    expect(budi.hook("screen-tile")).to_have_count(0)
    expect(siti.hook("screen-tile")).to_have_count(0)
    expect(siti.hook("share")).to_have_attribute("aria-pressed", "false")
