"""An administrator sets up an office of one's own, from the printed link to the first meeting."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import NewContext
from tests.browser.pages import Person
from tests.browser.senses import moves
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.browser
PASSWORD = "empat kata mudah diingat"


@pytest.fixture
def empty() -> Iterator[Office]:
    """A real office that nobody has set up."""
    office = Office(PENDOPO_DEMO="false")
    try:
        yield office.start().wait_ready()
    finally:
        office.close()


def printed_link(office: Office) -> str:
    """The link to set the office up, printed a moment after its pages answer."""
    found = until(
        lambda: re.search(r"http://localhost:\d+/mulai/\?kunci=\S+", office.log),
        "the link of the first run is printed",
    )
    return found[0]


def goes_on(page: Page) -> None:
    page.locator("main .button-main").first.click()


def filled_workbook(page: Page, folder: Path) -> Path:
    """The empty workbook as it is downloaded, filled in."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh buku kerja kosong").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    book["Unit"].append(["Dinas Kominfo", "opd", ""])
    book["Unit"].append(["Kecamatan Uji", "kecamatan", ""])
    book["Unit"].append(["Desa Uji", "desa", "Kecamatan Uji"])
    book["Akun"].append(["Siti Aminah", "siti@kab.go.id", "Desa Uji", "petugas", "Kasi Layanan"])
    target = folder / "unit-dan-akun.xlsx"
    book.save(target)
    return target


def broken_workbook(good: Path, folder: Path) -> Path:
    book = load_workbook(good)
    book["Akun"].append(["Tanpa Surel", "", "", "", ""])
    target = folder / "salah.xlsx"
    book.save(target)
    return target


def emblem(folder: Path) -> Path:
    target = folder / "lambang.png"
    Image.new("RGB", (300, 300), "#243f73").save(target)
    return target


def set_up_app(page: Page) -> None:
    """Scans the key and types the code, as a phone would; notes the recovery codes."""
    goes_on(page)
    key = page.locator("#setup-key").inner_text()
    page.locator("input[name=code]").fill(pyotp.TOTP(re.sub(r"\s", "", key)).now())
    page.get_by_role("button", name="Selesai").click()
    expect(page).to_have_url(re.compile("/akun/keamanan/kode/"))


def in_the_meeting(page: Page, context: BrowserContext) -> Person:
    person = Person(context, "Sri Wahyuni", page)
    with person.seated():
        person.knocks()
    return person.is_inside()


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    return answer.status if answer else 0


def makes_account(page: Page) -> None:
    """1 of 6. A weak password is refused, and what was typed stays."""
    page.locator("input[name=name]").fill("Sri Wahyuni")
    page.locator("input[name=email]").fill("sri@kab.go.id")
    page.locator("input[name=password]").fill("1234567890")
    goes_on(page)
    expect(page.locator(".field-error").first).to_be_visible()
    assert page.locator("input[name=email]").input_value() == "sri@kab.go.id"
    page.locator("input[name=password]").fill(PASSWORD)
    goes_on(page)


def names_office(page: Page, folder: Path) -> None:
    """3 of 6."""
    page.locator("input[name=name]").fill("Diskominfo Kabupaten Uji")
    page.locator("input[name=emblem]").set_input_files(emblem(folder))
    goes_on(page)
    expect(page.locator("img.emblem")).to_be_visible()
    expect(page.locator(".brand-office")).to_have_text("Diskominfo Kabupaten Uji")


def sends_workbook(page: Page, folder: Path) -> None:
    """4 of 6. A wrong line takes nothing over; then all of it comes at once."""
    good = filled_workbook(page, folder)
    page.locator("input[name=workbook]").set_input_files(broken_workbook(good, folder))
    page.get_by_role("button", name="Ambil buku kerja ini").click()
    expect(page.get_by_role("alert")).to_contain_text("Lembar Akun, baris 4")
    page.locator("input[name=workbook]").set_input_files(good)
    page.get_by_role("button", name="Ambil buku kerja ini").click()
    expect(page).to_have_url(re.compile("/mulai/jalur"))


def test_from_the_link_to_the_first_meeting(
    empty: Office, new_context: NewContext, tmp_path: Path
) -> None:
    link = printed_link(empty)
    context = new_context(base_url=empty.base_url)
    page = context.new_page()
    page.goto("/")
    assert page.get_by_text("Data contoh").count() == 0
    page.goto(link)
    makes_account(page)
    # The second factor comes before everything else.
    expect(page).to_have_url(re.compile("/mulai/pengaman"))
    page.goto("/mulai/jalur")
    expect(page).to_have_url(re.compile("/akun/keamanan/"))
    page.goto("/mulai/pengaman")
    set_up_app(page)
    page.goto("/mulai/kantor")
    names_office(page, tmp_path)
    sends_workbook(page, tmp_path)
    page.locator("input[name=hall]").fill("Aula")
    goes_on(page)
    expect(page).to_have_url(re.compile("/mulai/uji"))
    assert violations(page) == []

    # The first meeting, seen from a phone too.
    page.get_by_test_id("first-run-meeting").click()
    expect(page).to_have_url(re.compile("/j/"))
    slug = urlsplit(page.url).path.rpartition("/")[2]
    host = in_the_meeting(page, context)
    phone = Person(new_context(base_url=empty.base_url), "Warga")
    phone.enter(f"{empty.base_url}/j/{slug}")
    host.sees(host, phone)
    moves(phone.page, phone.video(host.identity))

    page.goto("/mulai/uji")
    page.get_by_test_id("first-run-finish").click()
    expect(page).to_have_url(re.compile("/pengaturan/"))
    # It is over: link and steps are dead, what was set up is there.
    stranger = new_context(base_url=empty.base_url).new_page()
    assert status_of(stranger, link) == 404
    assert status_of(page, "/mulai/jalur") == 409
    for address, text in (("unit", "Desa Uji"), ("akun", "siti@kab.go.id"), ("ruang", "Aula")):
        page.goto(f"/pengaturan/{address}/")
        expect(page.get_by_text(text).first).to_be_visible()


def test_a_wrong_key_opens_nothing(empty: Office, new_context: NewContext) -> None:
    page = new_context(base_url=empty.base_url).new_page()
    for address in ("/mulai/", "/mulai/?kunci=", "/mulai/?kunci=x", "/mulai/akun"):
        assert status_of(page, address) == 404
