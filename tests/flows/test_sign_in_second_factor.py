"""The second factor: set up, asked for, lost, and asked of staff."""

import re
import time

import httpx
import pyotp
import pytest

from tests.plugins.accounts import PASSWORD, AccountOffice, NewVisitor, Visitor

Protected = tuple[pyotp.TOTP, list[str]]


@pytest.fixture
def email(sign_in_office: AccountOffice) -> str:
    """An account of this test."""
    return sign_in_office.new_account()


@pytest.fixture
def protected(visitor: Visitor, email: str) -> Protected:
    """The app and the recovery codes of an account that was signed out after setting them up."""
    visitor.sign_in(email)
    app = set_up_app(visitor)
    page = visitor.answer(visitor.open("/akun/keamanan/kode/baru/"))
    codes = codes_on(page)
    visitor.sign_out()
    return app, codes


def set_up_app(visitor: Visitor) -> pyotp.TOTP:
    """Sets up an app as a person does: the key from the page, the first code from the app."""
    page = visitor.open("/akun/keamanan/aplikasi/")
    key = re.search(r'id="setup-key">([^<]+)<', page.text)
    assert key, page.url
    app = pyotp.TOTP(key[1].replace(" ", ""))
    wrong = visitor.answer(page, code="000000")
    assert "Kode salah atau sudah dipakai." in wrong.text
    landed = visitor.answer(wrong, code=app.now())
    assert landed.url.path == "/akun/keamanan/kode/"
    assert len(codes_on(landed)) == 10
    return app


def codes_on(page: httpx.Response) -> list[str]:
    """The recovery codes that a page shows."""
    shown = re.search(r'id="codes"[^>]*>([^<]*)<', page.text)
    return shown[1].split() if shown else []


def later(app: pyotp.TOTP) -> str:
    """A code that was not used yet: that of the next half minute, which is within tolerance."""
    return app.at(int(time.time()) + 30)


def test_the_app_is_asked_for_after_the_password(
    sign_in_office: AccountOffice, visitor: Visitor, email: str, protected: Protected
) -> None:
    app, _codes = protected
    page = visitor.sign_in(email)
    assert page.url.path == "/akun/masuk/kode/"
    assert 'inputmode="numeric"' in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert not visitor.is_in()
    page = visitor.open("/akun/masuk/kode/")
    page = visitor.answer(page, code="123456")
    assert "Kode salah atau sudah dipakai." in page.text
    code = later(app)
    visitor.answer(page, code=code)
    assert visitor.is_in()
    visitor.sign_out()
    # Half a minute later allauth has forgotten the code, which its tolerance still lets in.
    sign_in_office.sql("DELETE FROM foundation_cache WHERE cache_key LIKE %s", "%totp.used%")
    page = visitor.answer(visitor.sign_in(email), code=code)  # whoever looked over the shoulder
    assert "Kode salah atau sudah dipakai." in page.text
    assert not visitor.is_in()
    kinds = sign_in_office.journal_of(email)
    assert {"account.totp_added", "account.recovery_codes_made"} <= set(kinds)
    assert ("password+totp",) in sign_in_office.sql(
        "SELECT facts->>'method' FROM journal_entry JOIN people_account"
        " ON subject = 'people.account:' || people_account.id"
        " WHERE email = %s AND kind = 'account.signed_in'",
        email,
    )


def test_a_recovery_code_works_once(
    sign_in_office: AccountOffice, visitor: Visitor, email: str, protected: Protected
) -> None:
    _app, codes = protected
    visitor.answer(visitor.sign_in(email), code=codes[3])
    assert visitor.is_in()
    assert "9 tersisa" in visitor.open("/akun/").text
    visitor.sign_out()
    page = visitor.answer(visitor.sign_in(email), code=codes[3])
    assert "Kode salah atau sudah dipakai." in page.text
    assert not visitor.is_in()
    assert "account.recovery_code_used" in sign_in_office.journal_of(email)


def test_recovery_codes_are_shown_once(visitor: Visitor, email: str) -> None:
    visitor.sign_in(email)
    set_up_app(visitor)
    again = visitor.open("/akun/keamanan/kode/")
    assert codes_on(again) == []
    assert "10 kode tersisa" in again.text


def test_codes_can_not_be_guessed(visitor: Visitor, email: str, protected: Protected) -> None:
    app, _codes = protected
    page = visitor.sign_in(email)
    for _ in range(5):
        page = visitor.answer(page, code="111111")
    page = visitor.answer(page, code=later(app))
    assert "Tunggu lima menit" in page.text
    assert not visitor.is_in()


def test_the_session_gets_a_new_key_after_the_code(
    visitor: Visitor, email: str, protected: Protected
) -> None:
    page = visitor.sign_in(email)
    half_way = visitor.session
    visitor.answer(page, code=protected[1][0])
    assert visitor.is_in()
    assert visitor.session != half_way


def test_secrets_are_stored_encrypted(
    sign_in_office: AccountOffice, email: str, protected: Protected
) -> None:
    app, _codes = protected
    stored = sign_in_office.sql(
        "SELECT data::text FROM mfa_authenticator"
        " JOIN people_account ON user_id = people_account.id WHERE email = %s",
        email,
    )
    assert len(stored) == 2
    assert all(app.secret not in text for (text,) in stored)


def test_the_app_is_removed_after_a_confirmation_and_its_codes_go_with_it(
    sign_in_office: AccountOffice, visitor: Visitor, email: str
) -> None:
    visitor.sign_in(email)
    set_up_app(visitor)
    visitor.send("/akun/keamanan/aplikasi/hapus/")
    visitor.sign_out()
    visitor.sign_in(email)
    assert visitor.is_in()
    assert sign_in_office.journal_of(email).count("account.totp_removed") == 1
    assert visitor.open("/akun/keamanan/kode/").status_code == 404


def test_the_office_resets_the_second_factor_of_a_lost_phone(
    sign_in_office: AccountOffice, new_visitor: NewVisitor, email: str
) -> None:
    thief, visitor = new_visitor(), new_visitor()
    thief.sign_in(email)
    set_up_app(thief)
    sign_in_office.python(f"reset_second_factor(Account.objects.get(email={email!r}), 'system')")
    assert not thief.is_in()
    visitor.sign_in(email)
    assert visitor.is_in()


def test_staff_are_led_to_the_set_up_when_the_office_asks_for_it(
    sign_in_office: AccountOffice, new_visitor: NewVisitor, email: str
) -> None:
    staff, host = new_visitor(), new_visitor()
    staff.sign_in(email)
    token = re.search(
        r'id="token"[^>]*>([^<]+)<',
        staff.send("/akun/token/baru/", name="x", scopes=["meetings:read"], days="0").text,
    )
    assert token
    only_host = sign_in_office.new_account()
    sign_in_office.python(
        f"set_duties(Account.objects.get(email={only_host!r}), [Duty.HOST], 'system')\n"
        "from pendopo.people.actions.sign_in_policy import change_sign_in_policy\n"
        "change_sign_in_policy({'staff_need_mfa': True}, 'system')"
    )
    for path in ("/rapat/", "/sekarang", "/sekarang/peristiwa", "/", "/akun/token/", "/akun/"):
        page = staff.open(path)
        assert page.url.path == "/akun/keamanan/", path
        assert "Kantor mewajibkan pengaman kedua" in page.text
    headers = {"Authorization": f"Bearer {token[1]}"}
    api = httpx.get(f"{sign_in_office.base_url}/api/v1/meetings", headers=headers)
    assert api.status_code == 200
    host.sign_in(only_host)
    assert host.open("/rapat/").url.path == "/rapat/"
    assert new_visitor().open("/").url.path == "/"
    staff.sign_out()
    staff.sign_in(email)
    set_up_app(staff)
    assert staff.open("/sekarang").url.path == "/sekarang"


def test_who_came_for_a_page_is_led_on_to_it(
    sign_in_office: AccountOffice, visitor: Visitor, email: str
) -> None:
    visitor.sign_in(email)
    address = "/akun/keamanan/aplikasi/?next=/sekarang"
    page = visitor.open(address)
    key = re.search(r'id="setup-key">([^<]+)<', page.text)
    assert key
    landed = visitor.answer(page, code=pyotp.TOTP(key[1].replace(" ", "")).now())
    assert landed.url.params["next"] == "/sekarang"
    assert 'button-wide" href="/sekarang">' in landed.text
    for evil in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        page = visitor.open(f"/akun/keamanan/aplikasi/hapus/?next={evil}")
        assert f'href="{evil}' not in page.text


def test_an_hour_after_signing_in_the_password_is_asked_for_again(
    sign_in_office: AccountOffice, visitor: Visitor, email: str
) -> None:
    visitor.sign_in(email)
    sign_in_office.sql("DELETE FROM foundation_cache")
    page = visitor.open("/akun/keamanan/aplikasi/")
    assert page.url.path == "/akun/keamanan/aplikasi/"
    sign_in_office.python(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from django.contrib.sessions.models import Session\n"
        "for row in Session.objects.all():\n"
        "    store = SessionStore(row.pk)\n"
        "    store['signed_in_at'] = 0\n"
        "    store.save()"
    )
    page = visitor.open("/akun/keamanan/aplikasi/")
    assert page.url.path == "/akun/konfirmasi/"
    landed = visitor.answer(page, password=PASSWORD, next="/akun/keamanan/aplikasi/")
    assert landed.url.path == "/akun/keamanan/aplikasi/"
