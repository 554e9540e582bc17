"""Axe finds nothing, on any page, in light and in dark."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import expect
from pyotp import TOTP

from pendopo.project.postgres import Cluster
from tests.browser.axe import is_accessible
from tests.browser.conftest import NewContext, NewPerson
from tests.browser.pages import sign_in
from tests.plugins.accounts import PASSWORD, AccountOffice
from tests.plugins.clients import Program
from tests.plugins.office import Office

pytestmark = pytest.mark.browser


def test_public_pages(new_context: NewContext) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    found: list[str] = []
    paths = {"home": "/", "sign-in": "/akun/login/", "unit": "/r/sekretariat-dprd"}
    paths |= {"nothing here": "/tidak-ada", "wrong link": "/j/aaa-bbbb-ccc"}
    for what, path in paths.items():
        page.goto(path)
        found += is_accessible(page, what, narrow=True)
    page.goto("/")
    page.get_by_label("Kode atau tautan rapat").fill("xxx-xxxx-xxx")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tidak ada rapat di tautan ini.")).to_be_visible()
    found += is_accessible(page, "home with an error")
    page.goto("/akun/login/")
    page.locator('input[name="login"]').fill("siapa@pendopo.test")
    page.locator('input[name="password"]').fill("salah")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-bad, .error, [role=alert]").first).to_be_visible()
    found += is_accessible(page, "sign-in with an error")
    page.goto("/uji")
    expect(page.get_by_text("Jaringan baik.")).to_be_visible()
    found += is_accessible(page, "device test", narrow=True)
    assert found == []


def test_pages_of_accounts(
    new_context: NewContext, new_person: NewPerson, program: Program
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    found: list[str] = []
    sign_in(page, "kendali")
    found += is_accessible(page, "no meetings", narrow=True)
    page.goto("/akun/logout/")
    found += is_accessible(page, "sign out")

    office = new_context(reduced_motion="reduce").new_page()
    starts_at = datetime.now(UTC) + timedelta(days=2)
    program.meeting(title="Rapat lusa", starts_at=starts_at.isoformat())
    meeting = program.meeting(title="Rapat berlangsung")
    new_person("Siti Aminah").enter(meeting["host_url"])
    sign_in(office, "koordinator")
    office.get_by_text("Jadwalkan rapat untuk nanti").click()
    found += is_accessible(office, "my meetings", narrow=True)
    office.goto(f"/rapat/{meeting['slug']}/")
    expect(office.get_by_role("table")).to_contain_text("Siti Aminah")
    found += is_accessible(office, "meeting", narrow=True)
    office.get_by_role("button", name="Akhiri rapat").click()
    found += is_accessible(office, "really end?")
    sign_in_again = new_context(reduced_motion="reduce").new_page()
    sign_in(sign_in_again, "admin")
    sign_in_again.goto("/sekarang")
    expect(sign_in_again.get_by_text("Rapat berlangsung")).to_be_visible()
    found += is_accessible(sign_in_again, "now", narrow=True)
    assert found == []


def test_the_journal(new_context: NewContext, new_person: NewPerson, program: Program) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    new_person("Siti Aminah").enter(program.meeting(title="Rapat tercatat")["host_url"])
    sign_in(page, "admin")
    page.goto("/jurnal/")
    page.locator("summary", has_text="Rincian").first.click()
    found = is_accessible(page, "journal", narrow=True)
    page.goto("/jurnal/?first=2026-02-01&last=2026-01-01")
    found += is_accessible(page, "journal with an error")
    page.goto("/jurnal/orang?who=siti")
    found += is_accessible(page, "people in the journal", narrow=True)
    page.get_by_role("link", name="Siti Aminah").first.click()
    expect(page.get_by_text("Peserta diizinkan masuk").first).to_be_visible()
    found += is_accessible(page, "a person's trail", narrow=True)
    page.goto("/jurnal/penyimpanan")
    found += is_accessible(page, "keeping", narrow=True)
    page.goto("/jurnal/antrean")
    found += is_accessible(page, "queue", narrow=True)


def test_pages_of_ones_own_account(new_context: NewContext, sign_in_office: AccountOffice) -> None:
    page = new_context(base_url=sign_in_office.base_url, reduced_motion="reduce").new_page()
    found: list[str] = []
    for path in ("login/", "lupa/", "lupa/terkirim/", "lupa/a-b/", "nonaktif/"):
        page.goto(f"/akun/{path}")
        found += is_accessible(page, path, narrow=True)
    email = sign_in_office.new_account()
    page.goto("/akun/login/")
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapat/")
    paths = ["", "nama/", "kata-sandi/", "perangkat/", "token/", "token/baru/", "konfirmasi/"]
    paths += ["keamanan/", "keamanan/aplikasi/", "keamanan/passkey/tambah/"]
    for path in paths:
        page.goto(f"/akun/{path}")
        found += is_accessible(page, path, narrow=True)
    page.goto("/akun/kata-sandi/")
    page.get_by_label("Kata sandi sekarang").fill("salah")
    page.get_by_label("Kata sandi baru").fill("pendek")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Itu bukan kata sandi Anda yang sekarang.")).to_be_visible()
    found += is_accessible(page, "password with errors", narrow=True)
    page.goto("/akun/token/baru/")
    page.get_by_label("Untuk apa?").fill("Situs web dinas")
    page.get_by_label("Membaca rapat").check()
    page.get_by_role("button", name="Buat token").click()
    found += is_accessible(page, "token made", narrow=True)
    page.goto("/akun/token/")
    found += is_accessible(page, "tokens", narrow=True)
    page.goto("/akun/keamanan/aplikasi/")
    app = TOTP(page.locator("#setup-key").inner_text().replace(" ", ""))
    page.get_by_label("Enam angka").fill(app.now())
    page.keyboard.press("Enter")
    expect(page.locator("#codes")).to_be_visible()
    found += is_accessible(page, "recovery codes", narrow=True)
    for path in (
        "keamanan/kode/baru/",
        "keamanan/aplikasi/hapus/",
        "keamanan/",
        "konfirmasi/kode/",
    ):
        page.goto(f"/akun/{path}")
        found += is_accessible(page, path, narrow=True)
    assert found == []


def test_the_door_and_its_refusals(
    new_person: NewPerson, program: Program, office: Office, meeting: dict[str, str]
) -> None:
    found: list[str] = []
    starts_at = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    later = program.meeting(title="Rapat nanti", starts_at=starts_at)
    budi = new_person("Budi Santoso", reduced_motion="reduce").open(later["join_url"])
    found += is_accessible(budi.page, "not yet open", narrow=True)
    budi.hook("join-name").fill("")
    budi.knocks()
    found += is_accessible(budi.page, "name missing")
    budi.hook("join-name").fill("Budi Santoso")
    budi.knocks()
    budi.is_told("Anda masuk dengan sendirinya")
    found += is_accessible(budi.page, "waiting", narrow=True)
    budi.open(meeting["join_url"])
    found += is_accessible(budi.page, "door", narrow=True)
    states = {
        "locked": ("is_locked = true", "Rapat dikunci"),
        "full": ('is_locked = false, "limit" = 0', "Rapat sudah penuh"),
    }
    for what, (change, title) in states.items():
        with psycopg.connect(Cluster(office.data).url, autocommit=True) as database:
            database.execute(
                f"UPDATE meetings_meeting SET {change} WHERE slug = %s", [meeting["slug"]]
            )
        budi.open(meeting["join_url"]).knocks()
        budi.lands_on(title)
        found += is_accessible(budi.page, what)
    program.http.post(f"/meetings/{meeting['id']}/end")
    budi.page.goto(meeting["join_url"])
    budi.lands_on("Rapat sudah selesai")
    found += is_accessible(budi.page, "ended")
    assert found == []


def test_the_meeting_with_each_panel(meeting: dict[str, str], new_person: NewPerson) -> None:
    siti = new_person("Siti Aminah", reduced_motion="reduce").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)
    found = is_accessible(siti.page, "meeting", narrow=True)
    budi.hook("share").click()
    expect(siti.hook("screen-tile")).to_be_visible()
    found += is_accessible(siti.page, "shared screen", narrow=True)
    siti.hook("chat-open").click()
    siti.says("Materi: https://example.org/")
    siti.has_message("Materi")
    found += is_accessible(siti.page, "chat", narrow=True)
    siti.opens_people()
    siti.page.get_by_role("button", name=f"Tindakan untuk {budi.name}").click()
    found += is_accessible(siti.page, "people", narrow=True)
    siti.page.get_by_role("button", name="Lainnya").click()
    expect(siti.page.get_by_role("switch").first).to_be_visible()
    found += is_accessible(siti.page, "more", narrow=True)
    siti.page.get_by_role("button", name="Pintasan papan tik").click()
    found += is_accessible(siti.page, "shortcuts", narrow=True)
    siti.leaves()
    found += is_accessible(siti.page, "left")
    assert found == []


OFFICE_PAGES = (
    "/pengaturan/",
    "/pengaturan/kop",
    "/pengaturan/rantai",
    "/pengaturan/masuk",
    "/pengaturan/lambang",
    "/pengaturan/unit/",
    "/pengaturan/unit/diskominfo/",
    "/pengaturan/jabatan/",
    "/pengaturan/jabatan/baru",
    "/pengaturan/organisasi/",
    "/pengaturan/ruang/",
    "/pengaturan/akun/",
    "/pengaturan/akun/undang",
    "/pengaturan/akun/banyak",
    "/cari?q=rapat",
    "/cari?q=zzzz",
    "/panduan/",
    "/panduan/peserta",
    "/design",
)


def test_the_office_and_what_helps_to_find(new_context: NewContext) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    sign_in(page, "admin")
    found: list[str] = []
    for path in OFFICE_PAGES:
        page.goto(path)
        found += is_accessible(page, path, narrow=True)
    page.goto("/pengaturan/akun/")
    page.get_by_role("link", name="Rizky Ramadhan").click()
    found += is_accessible(page, "an account", narrow=True)
    page.get_by_role("link", name="Semua tentang orang ini").click()
    page.locator("summary", has_text="Hapus data orang ini").click()
    found += is_accessible(page, "erase a person", narrow=True)
    page.goto("/pengaturan/penomoran")
    page.locator("input[name=number_template]").fill("{nomor}")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_be_visible()
    found += is_accessible(page, "a section with an error")
    assert found == []
