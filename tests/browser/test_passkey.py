"""Passkeys, with the virtual authenticator of Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewContext
from tests.plugins.accounts import PASSWORD, AccountOffice

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A phone or laptop that keeps passkeys, and whose owner is asked for a finger."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._browser = context.new_cdp_session(page)
        self._browser.send("WebAuthn.enable")
        made = self._browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self._id = made["authenticatorId"]

    def is_its_owner(self, verified: bool) -> None:
        """Whether the finger is the right one from now on."""
        self._browser.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": verified}
        )

    @property
    def keys(self) -> list[dict[str, object]]:
        """What it keeps."""
        found = self._browser.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        keys: list[dict[str, object]] = found["credentials"]
        return keys


@pytest.fixture
def email(sign_in_office: AccountOffice) -> str:
    """An account of this test."""
    return sign_in_office.new_account()


@pytest.fixture
def page(new_context: NewContext, sign_in_office: AccountOffice) -> Iterator[Page]:
    """A browser; whatever it complains of fails the test."""
    page = new_context(base_url=sign_in_office.base_url).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def device(page: Page) -> Device:
    """What the browser runs on."""
    return Device(page.context, page)


def session_of(page: Page) -> str:
    """The key of the session."""
    found = [each for each in page.context.cookies() if each["name"].endswith("_session")]
    assert len(found) == 1
    return found[0]["value"]


def sign_in(page: Page, email: str) -> None:
    page.goto("/akun/login/")
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk akun").click()


def sign_out(page: Page) -> None:
    page.goto("/akun/logout/")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("link", name="Masuk akun", exact=True)).to_be_visible()


def add_passkey(page: Page, name: str) -> None:
    """As a person does: with the keyboard."""
    page.goto("/akun/keamanan/passkey/tambah/")
    page.get_by_label("Nama perangkat").fill(name)
    page.keyboard.press("Enter")


def test_a_passkey_is_added_used_renamed_and_removed(
    page: Page, device: Device, email: str, sign_in_office: AccountOffice
) -> None:
    sign_in(page, email)
    add_passkey(page, "Laptop kantor")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    assert len(device.keys) == 1
    assert device.keys[0]["isResidentCredential"] is True
    sign_out(page)

    page.goto("/akun/login/?next=/akun/token/")
    # The question to the device begins a session; whoever is in has another.
    page.evaluate("fetch('/akun/masuk/passkey/', {headers: {Accept: 'application/json'}})")
    before = session_of(page)
    page.get_by_role("button", name="Masuk dengan passkey").click()
    expect(page.get_by_role("heading", name="Token API")).to_be_visible()
    assert before != session_of(page)
    methods = sign_in_office.sql(
        "SELECT facts->>'method' FROM journal_entry JOIN people_account"
        " ON subject = 'people.account:' || people_account.id"
        " WHERE email = %s AND kind = 'account.signed_in' ORDER BY journal_entry.id",
        email,
    )
    assert [row[0] for row in methods] == ["password", "passkey"]

    page.goto("/akun/keamanan/")
    page.get_by_role("link", name="Ganti nama Laptop kantor").click()
    page.get_by_label("Nama perangkat").fill("Laptop rumah")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Hapus Laptop rumah").click()
    page.get_by_role("button", name="Hapus passkey").click()
    expect(page.get_by_text("Passkey sudah dihapus.")).to_be_visible()
    sign_out(page)
    page.goto("/akun/login/")
    page.get_by_role("button", name="Masuk dengan passkey").click()
    expect(page.get_by_text("Passkey ini tidak terdaftar pada akun di sini")).to_be_visible()
    kinds = sign_in_office.journal_of(email)
    assert kinds.count("account.passkey_added") == kinds.count("account.passkey_removed") == 1


def test_a_passkey_is_the_second_step_after_a_password(
    page: Page, device: Device, email: str
) -> None:
    sign_in(page, email)
    add_passkey(page, "Ponsel")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    sign_out(page)
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Langkah kedua")).to_be_visible()
    page.get_by_role("button", name="Gunakan passkey").click()
    page.wait_for_url("**/rapat/")


def test_another_finger_opens_nothing_and_the_page_says_what_to_do(
    page: Page, device: Device, email: str
) -> None:
    sign_in(page, email)
    add_passkey(page, "Ponsel")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    sign_out(page)
    device.is_its_owner(False)
    page.goto("/akun/login/")
    button = page.get_by_role("button", name="Masuk dengan passkey")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Passkey tidak jadi dipakai")
    expect(button).to_be_enabled()
    device.is_its_owner(True)
    button.click()
    page.wait_for_url("**/rapat/")


def test_a_passkey_confirms_who_sits_there(
    page: Page, device: Device, email: str, sign_in_office: AccountOffice
) -> None:
    sign_in(page, email)
    add_passkey(page, "Ponsel")
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()
    page.goto("/akun/konfirmasi/passkey/?next=/akun/token/")
    page.get_by_role("button", name="Gunakan passkey").click()
    expect(page.get_by_role("heading", name="Token API")).to_be_visible()


def test_without_scripts_there_is_no_button_that_does_nothing(
    new_context: NewContext, sign_in_office: AccountOffice, email: str
) -> None:
    page = new_context(base_url=sign_in_office.base_url, java_script_enabled=False).new_page()
    page.goto("/akun/login/")
    expect(page.get_by_role("button", name="Masuk dengan passkey")).to_have_count(0)
    sign_in(page, email)
    page.goto("/akun/keamanan/passkey/tambah/")
    expect(page.get_by_role("button", name="Buat passkey")).to_have_count(0)
    expect(page.get_by_text("JavaScript dimatikan")).to_be_visible()
