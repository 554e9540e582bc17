"""Everything without a mouse, and said to those who do not see it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPerson
from tests.browser.pages import Person

pytestmark = pytest.mark.browser

OUTLINE = """() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 || boxShadow !== 'none';
}"""
WHERE = """() => {
  const here = document.activeElement;
  if (here === document.body) return '';
  window.visited ??= new Set();
  const known = window.visited.has(here);
  window.visited.add(here);
  return known ? null : here.outerHTML.slice(0, 120);
}"""


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def tab_to(page: Page, goal: Locator, most: int = 40) -> None:
    """Presses Tab until the focus is there, and sees it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            assert page.evaluate(OUTLINE), "the focus is not to be seen"
            return
    raise AssertionError(f"{goal} is not reached with {most} Tabs")


def stops(page: Page, most: int = 80) -> list[str]:
    """Every stop of one round with Tab; each must be visible and have a name."""
    page.evaluate("() => { window.visited = new Set(); }")
    found: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop: Any = page.evaluate(WHERE)
        if stop is None:
            return found
        if stop:  # else the round leads past the end of the page
            found.append(stop)
            expect(focused(page)).to_have_accessible_name(re.compile(r"\S"))
            assert page.evaluate(OUTLINE), f"the focus is not to be seen on {stop}"
    raise AssertionError(f"no end after {most} stops")


def test_from_the_link_to_the_goodbye_with_keys_only(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso")
    page, keys = budi.page, budi.page.keyboard
    page.goto(meeting["join_url"])
    budi.hook("join-name").wait_for()
    tab_to(page, budi.hook("join-name"))
    keys.type("Budi Santoso")
    with budi.seated():
        tab_to(page, budi.hook("join-enter"))
        keys.press("Enter")
    budi.is_inside()
    siti.sees(siti, budi)
    budi.is_switched("mic", True)
    budi.is_switched("camera", True)

    keys.press("m")
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "true")
    keys.press("Control+d")
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "false")
    keys.press("v")
    budi.is_switched("camera", False)

    tab_to(page, budi.hook("chat-open"))
    keys.press("Enter")
    expect(budi.hook("chat-input")).to_be_focused()
    keys.type("memo: vitamin")  # letters are letters here, no shortcuts
    keys.press("Enter")
    siti.hook("chat-open").click()
    siti.has_message("memo: vitamin")
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "false")
    keys.press("Escape")
    expect(budi.hook("chat-input")).to_have_count(0)
    expect(budi.hook("chat-open")).to_be_focused()

    keys.press("p")
    expect(focused(page)).to_have_text("Peserta")
    keys.press("Escape")
    expect(budi.hook("chat-open")).to_be_focused()
    tab_to(page, budi.hook("leave"))
    keys.press("Enter")
    budi.lands_on("Anda sudah keluar")
    expect(focused(page)).to_have_text("Anda sudah keluar")
    siti.sees(siti)


def test_every_control_has_a_name_and_shows_the_focus(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").open(meeting["host_url"])
    at_the_door = stops(siti.page)
    assert len(at_the_door) >= 10  # languages, text sizes, switches, form, devices
    with siti.seated():
        siti.knocks()
    siti.is_inside()
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)
    for key in ("c", "p", "?"):
        siti.page.keyboard.press(key)
        inside = stops(siti.page)
        assert any('data-testid="leave"' in stop for stop in inside)
        siti.page.keyboard.press("Escape")
    siti.page.get_by_role("button", name="Lainnya").click()
    assert len(stops(siti.page)) >= 15


def test_space_talks_while_it_is_held(meeting: dict[str, str], new_person: NewPerson) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    budi.is_switched("mic", True)
    budi.page.keyboard.press("m")
    tile = siti.tile(budi.identity)
    expect(tile).to_have_attribute("data-muted", "true")
    budi.page.keyboard.down(" ")
    expect(tile).to_have_attribute("data-muted", "false")
    budi.page.keyboard.up(" ")
    expect(tile).to_have_attribute("data-muted", "true")


def test_a_screen_reader_hears_who_comes_goes_and_writes(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    region = siti.page.get_by_role("status")
    expect(region).to_have_count(1)  # stands before it speaks, else nothing is read out
    siti.page.evaluate(
        "() => { window.region = document.querySelector('[role=status]'); window.said = [];"
        " new MutationObserver(() => window.said.push(window.region.textContent.trim()))"
        ".observe(window.region, { childList: true, characterData: true, subtree: true }); }"
    )
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)  # a message may overtake the news of who wrote it
    budi.hook("chat-open").click()
    budi.says("Selamat pagi")
    expect(siti.hook("chat-open")).to_have_accessible_name(re.compile("1 pesan"))
    budi.leaves()
    siti.sees(siti)
    said(siti, "Budi Santoso masuk", "Budi Santoso: Selamat pagi", "Budi Santoso keluar")


def said(person: Person, *sentences: str) -> None:
    expect(person.page.get_by_role("status")).to_contain_text(sentences[-1])
    heard: list[str] = person.page.evaluate("window.said")
    assert [sentence for sentence in heard if sentence in sentences] == list(sentences)
