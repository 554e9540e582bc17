"""One contact sheet of the main pages: every width, light and dark, side by side, in `shots/`.

`python tools/shots.py` starts an office of its own; `--url http://localhost:8000` looks
at one that runs (with the demo accounts) and leaves a few demo meetings in it.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
SIZES = [(360, 800), (820, 1180), (1440, 900)]
SCHEMES = ["light", "dark"]
EMAIL, PASSWORD = "admin@pendopo.test", "pendopo-demo"
LONG_TITLE = (
    "Rapat koordinasi penyusunan rencana kerja pemerintah daerah bersama seluruh perangkat daerah "
    "dan kecamatan"
)
PATIENCE = 15_000  # milliseconds
CELL_HEIGHT, GAP, LABEL_HEIGHT = 560, 16, 40
GROUND, INK = "#808080", "#ffffff"


@dataclass(frozen=True)
class Shot:
    """A page to look at, and what to do there first."""

    name: str
    path: str
    signed_in: bool = False
    click: str = ""
    wait_for: str = "main"
    whole: bool = False
    settle: int = 400  # milliseconds


@dataclass(frozen=True)
class Office:
    """Where to look, and what was put there to be seen."""

    url: str
    open_slug: str
    planned_slug: str

    def shots(self) -> list[Shot]:
        """The main pages, in the order in which a guest and then a host meets them."""
        entered = "[data-testid=tile]"
        return [
            Shot("home", "/"),
            Shot("home-host", "/", signed_in=True),
            Shot("sign-in", "/akun/login/"),
            Shot("forgotten-password", "/akun/lupa/"),
            Shot("account", "/akun/", signed_in=True, whole=True),
            Shot("second-factor", "/akun/keamanan/", signed_in=True),
            Shot("app-with-codes", "/akun/keamanan/aplikasi/", signed_in=True, whole=True),
            Shot("api-tokens", "/akun/token/", signed_in=True),
            Shot("device-test", "/uji"),
            Shot("prejoin", f"/j/{self.open_slug}", wait_for="[data-testid=join-name]"),
            Shot("waiting", f"/j/{self.planned_slug}", wait_for="#app > *"),
            Shot(
                "meeting",
                f"/j/{self.open_slug}",
                signed_in=True,
                click="[data-testid=join-enter]",
                wait_for=entered,
                settle=2000,
            ),
            Shot("my-meetings", "/rapat/", signed_in=True),
            Shot("my-meetings-plan", "/rapat/", signed_in=True, click="summary"),
            Shot("meeting-open", f"/rapat/{self.open_slug}/", signed_in=True, whole=True),
            Shot("meeting-planned", f"/rapat/{self.planned_slug}/", signed_in=True),
            Shot("now", "/sekarang", signed_in=True),
            Shot("request-form", "/ajukan/", whole=True),
            Shot("track", "/lacak/"),
            Shot("desk", "/meja/", signed_in=True),
            Shot("requests", "/permohonan/", signed_in=True),
            Shot("request", "/permohonan/", signed_in=True, click=".row-link", whole=True),
            Shot("letters", "/naskah/", signed_in=True),
            Shot("outbox", "/pemberitahuan/keluar/", signed_in=True),
            Shot("by-hand", "/pemberitahuan/whatsapp/", signed_in=True),
            Shot("templates", "/pengaturan/templat/", signed_in=True),
            Shot("journal", "/jurnal/", signed_in=True),
            Shot("journal-queue", "/jurnal/antrean", signed_in=True),
            Shot("journal-keeping", "/jurnal/penyimpanan", signed_in=True),
            Shot("settings", "/pengaturan/", signed_in=True),
            Shot("settings-letterhead", "/pengaturan/kop", signed_in=True),
            Shot("units", "/pengaturan/unit/", signed_in=True),
            Shot("accounts", "/pengaturan/akun/", signed_in=True),
            Shot("search", "/cari?q=rapat", signed_in=True),
            Shot("guide", "/panduan/petugas"),
            Shot("menu", "/rapat/", signed_in=True, click=".menu-button"),
            Shot("unit", "/r/sekretariat-dprd"),
            Shot("wrong-link", "/j/abc-defg-xyz"),
            Shot("not-found", "/tidak-ada"),
        ]


# ---- an office to look at


@contextmanager
def running(url: str) -> Iterator[str]:
    """The address of an office that runs: the given one, or a fresh one that ends with us."""
    if url:
        yield url.rstrip("/")
        return
    sys.path.insert(0, str(ROOT))
    from tests.plugins.office import Office as FreshOffice

    office = FreshOffice().start()
    try:
        yield office.wait_ready().base_url
    finally:
        office.close()


def sign_in(page: Page, url: str) -> None:
    """As the demo's administrator."""
    page.goto(f"{url}/akun/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.button-main")
    page.wait_for_url("**/rapat/")


def furnish(browser: Browser, url: str) -> tuple[Office, dict[str, object]]:
    """Meetings to be seen, made through the pages; also the session of whoever made them.

    A guest enters the open one and stays until the browser is closed.
    """
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, url)
    open_slug = start(page, url, LONG_TITLE)
    page.goto(f"{url}/rapat/")
    page.click("summary")
    page.fill("form[action$=jadwalkan] [name=title]", "Bimbingan teknis pengelolaan arsip dinamis")
    page.fill("[name=starts_at]", "2030-11-26T09:00")
    page.fill("[name=ends_at]", "2030-11-26T11:30")
    page.click("form[action$=jadwalkan] button")
    page.wait_for_selector("#invitation")
    planned_slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    ended = start(page, url, "Evaluasi keterbukaan informasi publik")
    page.goto(f"{url}/rapat/{ended}/")
    page.click("[data-opens=end-meeting]")
    page.click("#end-meeting button.button-bad-main")
    page.wait_for_selector(".pill-done")
    session = context.storage_state()
    context.close()
    office = Office(url, open_slug, planned_slug)
    seat_guest(browser, office)
    return office, dict(session)


def seat_guest(browser: Browser, office: Office) -> None:
    """Someone in the open meeting, with a name and an organisation of full length."""
    page = browser.new_context(permissions=["camera", "microphone"]).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{office.url}/j/{office.open_slug}")
    page.fill("[data-testid=join-name]", "I Gusti Ngurah Agung Wiratmaja Pramudyawardana, S.STP.")
    page.click("[data-testid=join-enter]")
    page.wait_for_selector("[data-testid=tile]")


def start(page: Page, url: str, title: str) -> str:
    """A meeting that is open now; its slug."""
    page.goto(f"{url}/rapat/")
    page.fill("form[action$=mulai] [name=title]", title)
    page.click("form[action$=mulai] button")
    page.wait_for_url("**/j/*")
    return page.url.split("#")[0].rsplit("/", 1)[-1]


# ---- looking


def take(context: BrowserContext, office: Office, shot: Shot, file: Path) -> None:
    """One picture. Raises when the page does not become what it should be."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        page.goto(office.url + shot.path, wait_until="load")
        if shot.click:
            page.click(shot.click)
        page.wait_for_selector(shot.wait_for)
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(shot.settle)
        page.screenshot(path=file, full_page=shot.whole)
    finally:
        page.close()


def look(browser: Browser, office: Office, session: dict[str, object]) -> dict[str, list[Path]]:
    """All pictures: the name of the page → its files, by size and scheme."""
    found: dict[str, list[Path]] = {shot.name: [] for shot in office.shots()}
    for scheme in SCHEMES:
        for width, height in SIZES:
            for signed_in in (False, True):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,  # type: ignore[arg-type]
                    storage_state=session if signed_in else None,  # type: ignore[arg-type]
                    permissions=["camera", "microphone"],
                )
                for shot in office.shots():
                    if shot.signed_in == signed_in:
                        file = SHOTS / f"{shot.name}-{width}-{scheme}.png"
                        take(context, office, shot, file)
                        found[shot.name].append(file)
                context.close()
        print(f"{scheme}: {len(office.shots()) * len(SIZES)} pictures", flush=True)
    return found


# ---- the sheet


def sheet(rows: dict[str, list[Path]]) -> Image.Image:
    """A row per page, all at one height; long pages are cut at the size of the window."""
    widths = [round(w * CELL_HEIGHT / h) for _ in SCHEMES for w, h in SIZES]
    height = len(rows) * (CELL_HEIGHT + LABEL_HEIGHT + GAP) + GAP
    paper = Image.new("RGB", (sum(widths) + GAP * (len(widths) + 1), height), GROUND)
    pen = ImageDraw.Draw(paper)
    font = ImageFont.load_default(24)
    for row, (name, files) in enumerate(rows.items()):
        top = GAP + row * (CELL_HEIGHT + LABEL_HEIGHT + GAP)
        pen.text((GAP, top), name, fill=INK, font=font)
        left = GAP
        for width, file in zip(widths, files, strict=True):
            with Image.open(file) as picture:
                seen = picture.crop((0, 0, picture.width, picture.width * CELL_HEIGHT // width))
                paper.paste(
                    seen.resize((width, CELL_HEIGHT), Image.Resampling.LANCZOS),
                    (left, top + LABEL_HEIGHT),
                )
            left += width + GAP
    return paper


def main() -> int:
    """Take all pictures and make the sheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--url", default="", help="a running office with the demo accounts")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the Chromium to use")
    arguments = parser.parse_args()
    SHOTS.mkdir(exist_ok=True)
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--no-sandbox"]
    with running(arguments.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.browser, args=flags)
        office, session = furnish(browser, url)
        rows = look(browser, office, session)
        browser.close()
    sheet(rows).save(SHOTS / "contact-sheet.png", optimize=True)
    print(SHOTS / "contact-sheet.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
