"""Large letters, small windows, two languages, and a console without complaints."""

import re
from dataclasses import dataclass, field

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
WORDS = """data => {
  const said = [document.title];
  const skipped = '#invitation, [lang]:not(html), .brand';
  for (const part of document.querySelectorAll('body *')) {
    if (part.closest(skipped) || part.matches('script, style, template, noscript')) continue;
    for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
      said.push(part.getAttribute(name) ?? '');
    }
    for (const child of part.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) said.push(child.textContent);
    }
  }
  return said.map(line => data.reduce((rest, own) => rest.split(own).join(''), line)).join('\\n');
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


@dataclass
class Reader:
    """Looks for words of the other language; what people typed is in whatever language it is."""

    words: re.Pattern[str]
    data: list[str]
    found: list[str] = field(default_factory=list)

    def read(self, page: Page) -> None:
        """Notes the lines with foreign words, each with the address of the page."""
        lines = page.evaluate(WORDS, self.data).splitlines()
        self.found += [f"{page.url}: {line.strip()}" for line in lines if self.words.search(line)]


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


def read_the_meeting(siti: Person, meeting: dict[str, str], reader: Reader) -> None:
    """At the door, inside with each panel, and after."""
    siti.page.goto(meeting["host_url"])
    siti.hook("join-name").fill("Siti")
    reader.read(siti.page)
    with siti.seated():
        siti.knocks()
    siti.is_inside()
    for key in ("c", "p", "?"):
        siti.page.keyboard.press(key)
        reader.read(siti.page)
        siti.page.keyboard.press("Escape")
    siti.page.locator('[aria-expanded="false"]').last.click()
    expect(siti.page.get_by_role("switch").first).to_be_visible()
    reader.read(siti.page)
    siti.hook("leave").click()
    expect(siti.page.get_by_role("heading", level=1)).to_be_focused()
    reader.read(siti.page)


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_one_language(new_context: NewContext, program: Program, language: str) -> None:
    meetings = program.http.get("/meetings").json()["items"]
    data = [each[key] for each in meetings for key in ("title", "organiser")]
    reader = Reader({"id": ENGLISH, "en": INDONESIAN}[language], data)
    page = new_context().new_page()
    paths = office_pages(page, program)
    page.goto("/uji")
    choice = {"id": "Bahasa Indonesia", "en": "English"}[language]
    page.get_by_role("button", name=choice).click()
    expect(page.locator(f'html[lang="{language}"]')).to_be_attached()
    for path in [*PUBLIC_PAGES[2:], *paths, "/sekarang", "/"]:
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
        assert page.locator(f'html[lang="{language}"]').count() == 1
        reader.read(page)
    read_the_meeting(Person(page.context, "Siti"), program.meeting(title=TITLE), reader)
    assert reader.found == []


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
