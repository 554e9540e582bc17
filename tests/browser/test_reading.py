"""Large letters, small windows, two languages, and a console without complaints."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, NewPerson
from tests.browser.pages import Person, sign_in
from tests.plugins.clients import Program

pytestmark = pytest.mark.browser

PUBLIC_PAGES = ["/", "/akun/login/", "/uji", "/r/sekretariat-dprd", "/j/aaa-bbbb-ccc"]
ZOOMED = {"width": 640, "height": 360}  # what is left of 1280 × 720 at 200 %
SPILLS = """() => {
  const page = document.scrollingElement;
  return page.scrollWidth > page.clientWidth ? `${page.scrollWidth} in ${page.clientWidth}` : '';
}"""
# All that a page says: what is seen, and what is only read out.
WORDS = """() => {
  const said = [document.title];
  const skipped = '#invitation, [lang]:not(html), .brand, [data-own]';
  for (const part of document.querySelectorAll('body *')) {
    if (part.closest(skipped) || part.matches('script, style, template, noscript')) continue;
    for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
      said.push(part.getAttribute(name) ?? '');
    }
    for (const child of part.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) said.push(child.textContent);
    }
  }
  return said.join(' \\n ');
}"""
INDONESIAN = re.compile(
    r"\b(yang|dan|untuk|dengan|tidak|rapat|anda|masuk|keluar|nama|orang|kamera|mikrofon|belum)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|meeting|join|leave|name|people|camera|microphone|not|more)\b",
    re.IGNORECASE,
)
TITLE = "Koordinasi 2027"


def foreign_words(page: Page, words: re.Pattern[str]) -> list[str]:
    """Words of the other language, each with the address of the page."""
    return [
        f"{page.url}: {line.strip()}"
        for line in page.evaluate(WORDS).splitlines()
        if words.search(line)
    ]


def choose_largest_letters(page: Page) -> None:
    """On any public page: the page remembers it on this device."""
    page.goto("/uji")
    page.get_by_role("button", name="Huruf paling besar").click()
    expect(page.locator('html[data-text-size="135"]')).to_be_attached()


def office_pages(page: Page, program: Program) -> list[str]:
    """Signs in; the addresses of pages for accounts."""
    slug = program.meeting(title=TITLE)["slug"]
    sign_in(page, "koordinator")
    return ["/rapat/", f"/rapat/{slug}/"]


@pytest.mark.parametrize("size", [ZOOMED, {"width": 360, "height": 740}])
def test_largest_letters_and_small_windows_never_scroll_sideways(
    new_context: NewContext, new_person: NewPerson, program: Program, size: dict[str, int]
) -> None:
    page = new_context(viewport=size).new_page()
    choose_largest_letters(page)
    spills = {}
    for path in [*PUBLIC_PAGES, *office_pages(page, program)]:
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
        assert page.locator('html[data-text-size="135"]').count() == 1
        spills[path] = page.evaluate(SPILLS)
    meeting = program.meeting(title=TITLE)
    siti = Person(page.context, "Dr. Hj. Siti Aminah Rahmawati, S.Sos., M.Si.")
    siti.open(meeting["host_url"])
    spills["door"] = siti.page.evaluate(SPILLS)
    with siti.seated():
        siti.knocks()
    siti.is_inside()
    spills["meeting"] = siti.page.evaluate(SPILLS)
    for hook in ("mic", "camera", "chat-open", "leave"):
        expect(siti.hook(hook)).to_be_in_viewport(ratio=1)
    siti.hook("chat-open").click()
    siti.says("Panjang" * 40)
    siti.has_message("Panjang")
    spills["chat"] = siti.page.evaluate(SPILLS)
    siti.page.get_by_role("button", name="Lainnya").click()
    expect(siti.page.get_by_role("switch").first).to_be_visible()
    spills["more"] = siti.page.evaluate(SPILLS)
    assert {what: spill for what, spill in spills.items() if spill} == {}


def the_meeting_speaks(siti: Person, meeting: dict[str, str], words: re.Pattern[str]) -> list[str]:
    """Words of the other language at the door, inside with each panel, and after."""
    siti.page.goto(meeting["host_url"])
    siti.hook("join-name").fill("Siti")
    found = foreign_words(siti.page, words)
    with siti.seated():
        siti.knocks()
    siti.is_inside()
    for key in ("c", "p", "?"):
        siti.page.keyboard.press(key)
        found += foreign_words(siti.page, words)
        siti.page.keyboard.press("Escape")
    siti.page.locator('[aria-expanded="false"]').last.click()
    expect(siti.page.get_by_role("switch").first).to_be_visible()
    found += foreign_words(siti.page, words)
    siti.hook("leave").click()
    expect(siti.page.get_by_role("heading", level=1)).to_be_focused()
    return found + foreign_words(siti.page, words)


@pytest.mark.parametrize(("language", "foreign"), [("id", ENGLISH), ("en", INDONESIAN)])
def test_pages_speak_one_language(
    new_context: NewContext, program: Program, language: str, foreign: re.Pattern[str]
) -> None:
    page = new_context().new_page()
    paths = office_pages(page, program)
    page.goto("/uji")
    choice = {"id": "Bahasa Indonesia", "en": "English"}[language]
    page.get_by_role("button", name=choice).click()
    expect(page.locator(f'html[lang="{language}"]')).to_be_attached()
    found: list[str] = []
    for path in [*PUBLIC_PAGES[2:], *paths, "/sekarang", "/"]:
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
        assert page.locator(f'html[lang="{language}"]').count() == 1
        found += foreign_words(page, foreign)
    siti = Person(page.context, "Siti")
    found += the_meeting_speaks(siti, program.meeting(title=TITLE), foreign)
    assert found == []


def test_no_page_complains_in_the_console(new_context: NewContext, program: Program) -> None:
    context = new_context()
    siti = Person(context, "Siti Aminah")
    siti.page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " event => console.error('policy', event.violatedDirective, event.blockedURI));"
    )
    paths = [*PUBLIC_PAGES[:-1], *office_pages(siti.page, program), "/sekarang"]
    for path in paths:
        siti.page.goto(path)
        siti.page.wait_for_load_state("load")
    siti.page.goto("/uji")
    expect(siti.page.get_by_text("Jaringan baik.")).to_be_visible()
    siti.enter(program.meeting()["host_url"])
    siti.hook("chat-open").click()
    siti.says("Selamat pagi")
    siti.has_message("Selamat pagi")
    siti.reloads()
    siti.leaves()
    assert siti.complaints == []
