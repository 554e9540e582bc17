"""The desk of somebody who deals with many letters: with keys alone, and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import NewContext
from tests.browser.pages import sign_in
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 740}
At = Callable[..., Page]


@pytest.fixture
def at(new_context: NewContext) -> At:
    """Signs a demo account in and opens its desk."""

    def open_desk(account: str, size: dict[str, int] = WIDE) -> Page:
        page = new_context(viewport=size).new_page()
        sign_in(page, account)
        page.goto("/meja/")
        return page

    return open_desk


def waiting(page: Page) -> int:
    """The number in the title."""
    found = re.match(r"(\d+)", page.get_by_role("heading", level=1).inner_text())
    assert found
    return int(found[1])


def current(page: Page) -> Locator:
    return page.locator('.queue-link[aria-current="true"]')


def numbers(page: Page) -> list[str]:
    """The letters of the queue, without the office's own."""
    links = page.locator('.queue-link[href^="/meja/"]')
    return [link.get_attribute("href") or "" for link in links.all()]


def press(page: Page, key: str, lands_at: str) -> None:
    page.keyboard.press(key)
    page.wait_for_url(f"**{lands_at}")


def test_letters_are_registered_and_passed_on_with_keys_alone(at: At) -> None:
    page = at("sekretariat")
    first, second, third = numbers(page)[:3]
    before = waiting(page)
    # From the list the scan and the sheet of the first letter stand beside the queue.
    expect(page.get_by_alt_text("Halaman 1 surat")).to_be_visible()
    expect(page.get_by_role("button", name="Daftarkan dan teruskan")).to_be_visible()
    press(page, "j", second)
    expect(current(page)).to_have_attribute("href", second)
    press(page, "j", third)
    press(page, "k", second)
    press(page, "k", first)

    # While somebody types, keys only write.
    subject = page.get_by_label("Hal", exact=True)
    subject.focus()
    page.keyboard.press("End")
    page.keyboard.type(" jd?")
    expect(subject).to_have_value(re.compile(r" jd\?$"))
    expect(page.locator("#desk-keys")).to_be_hidden()
    page.evaluate("document.activeElement.blur()")

    # D registers and passes on as it stands, and the next letter is open.
    press(page, "d", second)
    expect(page.get_by_role("status").filter(has_text="diteruskan")).to_be_visible()
    expect(current(page)).to_have_attribute("href", second)
    assert waiting(page) == before - 1
    assert first not in numbers(page)


def test_the_keys_are_told_by_one_of_them(at: At) -> None:
    page = at("kepala")
    where = page.url
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Tombol di meja kerja")
    expect(keys).to_be_visible()
    for key in "JKDPS?":
        expect(keys.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$"))).to_be_visible()
    page.keyboard.press("j")  # not while the list is open
    expect(keys).to_be_visible()
    assert page.url == where
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    press(page, "s", "/naskah/tanda-tangan/")
    page.go_back()
    press(page, "p", "/naskah/?state=draft")


def test_several_are_passed_on_at_once_with_keys_alone(at: At) -> None:
    page = at("kepala")
    before = waiting(page)
    ticks = page.locator('.queue [name="letter"]')
    chosen = [ticks.nth(place).get_attribute("value") for place in (0, 1, 2)]
    sign = page.get_by_role("button", name="Tanda tangani yang dicentang sekaligus")
    expect(sign).to_be_visible()
    tab_to(page, ticks.nth(0), most=60)
    page.keyboard.press("Space")
    for place in (1, 2):
        tab_to(page, ticks.nth(place))
        page.keyboard.press("Space")
    # What is ticked are letters to pass on: the button for signing goes away.
    expect(sign).to_have_count(0)
    pass_on = page.get_by_role("button", name="Teruskan yang dicentang sekaligus")
    tab_to(page, pass_on, most=400)
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja/sekaligus?**")
    expect(page.locator(".chosen li")).to_have_count(3)
    assert violations(page) == []
    division = page.get_by_role("checkbox", name=re.compile("Ratna Kusumawati"))
    expect(page.locator(".recipient-due:visible")).to_have_count(0)
    tab_to(page, division)
    page.keyboard.press("Space")
    expect(page.locator(".recipient-due:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja/")
    expect(page.get_by_role("status").filter(has_text="3 surat")).to_be_visible()
    assert waiting(page) == before - 3
    assert not set(chosen) & set(numbers(page))


def test_two_windows_pass_a_letter_on_once(at: At) -> None:
    page = at("sekretariat")
    address = numbers(page)[0]
    late = page.context.new_page()
    for each in (page, late):
        each.goto(address)
    page.keyboard.press("d")
    expect(page.get_by_role("status").filter(has_text="diteruskan")).to_be_visible()
    late.get_by_label("Catatan").fill("Yang diketik tetap ada.")
    late.get_by_role("button", name="Daftarkan dan teruskan").click()
    expect(late.get_by_role("alert").first).to_be_visible()
    expect(late.get_by_label("Catatan")).to_have_value("Yang diketik tetap ada.")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1440"])
@pytest.mark.parametrize("account", ["sekretariat", "kepala"])
def test_the_desk_reads_well(at: At, account: str, size: dict[str, int]) -> None:
    page = at(account, size)
    letter = numbers(page)[-1]
    for address in ("/meja/", letter, "/meja/sekaligus"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == [], f"{address}, {scheme}"


def test_on_a_phone_one_letter_follows_the_other(at: At) -> None:
    page = at("kepala", NARROW)
    first, second = numbers(page)[:2]
    expect(page.locator(".desk-scan")).to_be_hidden()
    page.locator(f'.queue-link[href="{first}"]').click()
    expect(page.locator(".desk-queue")).to_be_hidden()
    expect(page.get_by_alt_text("Halaman 1 surat")).to_be_visible()
    # The one filled button stays at the lower edge while the sheet is read.
    page.locator("#sheet-title").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)
    button = page.get_by_role("button", name="Teruskan", exact=False).first
    expect(button).to_be_in_viewport()
    page.get_by_role("checkbox", name=re.compile("Ratna Kusumawati")).check()
    button.click()
    page.wait_for_url(f"**{second}")
    expect(page.get_by_role("status").filter(has_text="diteruskan")).to_be_visible()
