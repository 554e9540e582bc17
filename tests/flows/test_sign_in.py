"""Signing in by password: what it gives, and what it withstands."""

import re

import httpx
import pytest

from tests.plugins.accounts import PASSWORD, AccountOffice, NewVisitor, Visitor, link_in


def test_the_session_gets_a_new_key(sign_in_office: AccountOffice, new_visitor: NewVisitor) -> None:
    victim, attacker = new_visitor(), new_visitor()
    victim.http.get("/akun/sso/", follow_redirects=False)  # begins a session
    fixed = victim.session
    assert fixed
    victim.sign_in(sign_in_office.new_account())
    assert victim.is_in()
    assert victim.session != fixed
    attacker.http.cookies.set(f"pendopo_{sign_in_office.port}_session", fixed)
    assert not attacker.is_in()


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_the_way_on_stays_in_the_house(
    sign_in_office: AccountOffice, new_visitor: NewVisitor, evil: str
) -> None:
    visitor, email = new_visitor(), sign_in_office.new_account()
    visitor.http.follow_redirects = False
    page = visitor.http.get("/akun/login/", params={"next": evil})
    answer = visitor.answer(page, login=email, password=PASSWORD, next=evil)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rapat/")
    answer = visitor.http.get("/akun/login/", params={"next": evil})
    assert answer.headers["Location"] == "/rapat/"


def test_the_way_on_leads_where_somebody_wanted(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    page = visitor.open("/akun/token/")
    assert page.url.params["next"] == "/akun/token/"
    landed = visitor.answer(
        page, login=sign_in_office.new_account(), password=PASSWORD, next="/akun/token/"
    )
    assert landed.url.path == "/akun/token/"


def test_every_form_needs_its_token(sign_in_office: AccountOffice, visitor: Visitor) -> None:
    forms = ["login/", "masuk/passkey/", "lupa/", "lupa/a-b/"]
    own = ["logout/", "nama/", "kata-sandi/", "perangkat/", "token/baru/", "konfirmasi/"]
    own += ["keamanan/aplikasi/", "keamanan/kode/baru/", "keamanan/passkey/tambah/"]
    for path in forms:
        assert visitor.http.post(f"/akun/{path}").status_code == 403, path
    visitor.sign_in(sign_in_office.new_account())
    for path in own:
        assert visitor.http.post(f"/akun/{path}").status_code == 403, path


def test_cookies_are_out_of_reach_of_scripts(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    visitor.http.follow_redirects = False
    answer = visitor.sign_in(sign_in_office.new_account())
    cookies = answer.headers.get_list("Set-Cookie")
    assert len(cookies) >= 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_a_page_of_ones_own_is_kept_by_no_cache(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    visitor.sign_in(sign_in_office.new_account())
    for path in ("", "token/", "keamanan/", "token/baru/"):
        assert "no-store" in visitor.open(f"/akun/{path}").headers["Cache-Control"], path


def test_too_many_failures_close_the_account_for_a_while(
    sign_in_office: AccountOffice, new_visitor: NewVisitor
) -> None:
    visitor, email = new_visitor(), sign_in_office.new_account()
    for _ in range(5):
        page = visitor.sign_in(email, "salah sama sekali")
        assert "Alamat surel atau kata sandi salah." in page.text
    for _ in range(2):
        page = visitor.sign_in(email)  # even with the right one
        assert "Tunggu lima menit" in page.text
    assert not visitor.is_in()
    elsewhere = new_visitor()
    elsewhere.sign_in(sign_in_office.new_account())
    assert elsewhere.is_in()
    noted = sign_in_office.journal_of(email)[1:]
    assert noted == ["account.sign_in_failed", "account.locked_out"]
    sign_in_office.sql("DELETE FROM foundation_cache")  # five minutes later
    visitor.sign_in(email)
    assert visitor.is_in()


def test_one_address_can_not_try_many_accounts(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    for number in range(30):
        visitor.sign_in(f"tebakan-{number}@pendopo.test", "salah")
    page = visitor.sign_in("tebakan-31@pendopo.test", "salah")
    assert "Terlalu banyak percobaan" in page.text


def test_a_forgotten_password_comes_by_mail(
    sign_in_office: AccountOffice, new_visitor: NewVisitor
) -> None:
    email, elsewhere, visitor = sign_in_office.new_account(), new_visitor(), new_visitor()
    elsewhere.sign_in(email)
    known = visitor.send("/akun/lupa/", email=email)
    unknown = new_visitor().send("/akun/lupa/", email="bukan-siapa-siapa@pendopo.test")
    assert known.url.path == unknown.url.path == "/akun/lupa/terkirim/"
    assert _words(known) == _words(unknown)
    mail = sign_in_office.mail.mail_to(email)
    assert mail["Subject"] == "Kata sandi baru di localhost"
    assert re.fullmatch(r"<password-\d+@localhost>", mail["Message-ID"])
    link = link_in(mail)
    page = visitor.open(link)
    assert link.rsplit("/", 2)[1] not in str(page.url)  # so that no Referer tells it
    weak = visitor.answer(page, password1="1234567890")
    assert "seluruhnya terdiri dari angka" in weak.text or "umum" in weak.text
    done = visitor.answer(weak, password1="kata sandi yang lain lagi")
    assert done.url.path == "/akun/lupa/selesai/"
    assert not elsewhere.is_in()
    again = new_visitor().open(link)
    assert "Tautan ini tidak berlaku lagi" in again.text
    visitor.sign_in(email)
    assert not visitor.is_in()
    visitor.sign_in(email, "kata sandi yang lain lagi")
    assert visitor.is_in()
    assert [each["To"] for each in sign_in_office.mail.received].count(
        "bukan-siapa-siapa@pendopo.test"
    ) == 0


def test_a_changed_password_signs_other_devices_out(
    sign_in_office: AccountOffice, new_visitor: NewVisitor
) -> None:
    email, here, there = sign_in_office.new_account(), new_visitor(), new_visitor()
    here.sign_in(email)
    there.sign_in(email)
    wrong = here.send("/akun/kata-sandi/", oldpassword="bukan", password1="kata yang baru sekali")
    assert "Itu bukan kata sandi Anda yang sekarang." in wrong.text
    here.send("/akun/kata-sandi/", oldpassword=PASSWORD, password1="kata yang baru sekali")
    assert here.is_in()
    assert not there.is_in()
    assert "account.password_changed" in sign_in_office.journal_of(email)


def test_signing_out_everywhere_but_here(
    sign_in_office: AccountOffice, new_visitor: NewVisitor
) -> None:
    email, here, there = sign_in_office.new_account(), new_visitor(), new_visitor()
    here.sign_in(email)
    there.sign_in(email)
    page = here.send("/akun/perangkat/")
    assert "Semua perangkat lain sudah dikeluarkan." in page.text
    assert here.is_in()
    assert not there.is_in()


def test_an_account_that_is_switched_off_is_out_at_once(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    email = sign_in_office.new_account()
    visitor.sign_in(email)
    token = _new_token(visitor)
    assert _call(sign_in_office, token).status_code == 200
    sign_in_office.python(f"deactivate_account(Account.objects.get(email={email!r}), 'system')")
    assert not visitor.is_in()
    assert _call(sign_in_office, token).status_code == 401
    page = visitor.sign_in(email)
    assert page.url.path == "/akun/nonaktif/"
    sign_in_office.python(f"reactivate_account(Account.objects.get(email={email!r}), 'system')")
    assert not visitor.is_in()  # the old session stays over
    visitor.sign_in(email)
    assert visitor.is_in()


def test_a_token_of_ones_own_from_its_making_to_its_end(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    email = sign_in_office.new_account()
    visitor.sign_in(email)
    secret = _new_token(visitor)
    page = visitor.open("/akun/token/")
    assert "Situs web" in page.text
    assert "belum pernah dipakai" in page.text
    assert secret not in page.text
    assert _call(sign_in_office, secret).status_code == 200
    page = visitor.open("/akun/token/")
    assert "terakhir dipakai" in page.text
    revoke = re.search(r'action="(/akun/token/[^"]+/cabut/)"', page.text)
    assert revoke
    visitor.answer(page, to=revoke[1])
    assert _call(sign_in_office, secret).status_code == 401
    assert "Situs web" not in visitor.open("/akun/token/").text
    stranger = Visitor(sign_in_office)
    stranger.sign_in(sign_in_office.new_account())
    refused = stranger.answer(stranger.open("/akun/token/baru/"), to=revoke[1])
    assert refused.status_code == 404
    stranger.http.close()


def test_a_token_asks_for_the_password_when_the_sign_in_is_long_ago(
    sign_in_office: AccountOffice, visitor: Visitor
) -> None:
    visitor.sign_in(sign_in_office.new_account())
    _grow_old(sign_in_office)
    page = visitor.open("/akun/token/baru/")
    assert page.url.path == "/akun/konfirmasi/"
    wrong = visitor.answer(page, password="salah", next="/akun/token/baru/")
    assert "Itu bukan kata sandi Anda." in wrong.text
    landed = visitor.answer(wrong, password=PASSWORD, next="/akun/token/baru/")
    assert landed.url.path == "/akun/token/baru/"


def _words(page: httpx.Response) -> str:
    main = re.search(r"<main.*?</main>", page.text, re.DOTALL)
    assert main
    return main[0]


def _new_token(visitor: Visitor) -> str:
    page = visitor.send("/akun/token/baru/", name="Situs web", scopes=["meetings:read"], days="90")
    shown = re.search(r'id="token"[^>]*>([^<]+)<', page.text)
    assert shown, page.text
    return shown[1]


def _call(office: AccountOffice, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{office.base_url}/api/v1/meetings", headers=headers)


def _grow_old(office: AccountOffice) -> None:
    """All sessions began an hour ago."""
    office.python(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from django.contrib.sessions.models import Session\n"
        "for row in Session.objects.all():\n"
        "    store = SessionStore(row.pk)\n"
        "    store['signed_in_at'] = store.get('signed_in_at', 0) - 3600\n"
        "    store.save()"
    )


def test_passwords_are_kept_by_argon2(sign_in_office: AccountOffice) -> None:
    email = sign_in_office.new_account()
    rows = sign_in_office.sql("SELECT password FROM people_account WHERE email = %s", email)
    assert [password[:17] for (password,) in rows] == ["argon2$argon2id$v"]
