"""Single sign-on with a real OpenID Connect provider: real HTTP, discovery, keys and signatures."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.plugins.accounts import AccountOffice, IdentityProvider, NewVisitor, Visitor

OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def provider(sign_in_office: AccountOffice) -> IdentityProvider:
    """The regency's single sign-on."""
    return sign_in_office.provider


@pytest.fixture
def person(sign_in_office: AccountOffice, provider: IdentityProvider) -> str:
    """Somebody whom both sides know by a verified address; it is also the subject."""
    email = sign_in_office.new_account()
    provider.knows(email, email=email.upper(), email_verified=True, name="Siti Aminah")
    return email


def start(visitor: Visitor, path: str = "/akun/sso/") -> str:
    """Where the provider is asked."""
    answer = visitor.http.get(path, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def changed(address: str, **fields: str) -> str:
    """The address with other values in its query."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | fields
    return urlunsplit(parts._replace(query=urlencode(query)))


def come_back(visitor: Visitor, provider: IdentityProvider, sub: str) -> httpx.Response:
    """The whole way."""
    return visitor.open(provider.approve(start(visitor), sub))


def refused(page: httpx.Response, status: int, sentence: str) -> None:
    """The page says this."""
    assert page.status_code == status, page.text
    assert sentence in page.text


def test_the_way_to_the_provider_is_on_the_sign_in_page(visitor: Visitor) -> None:
    page = visitor.open("/akun/login/?next=/sekarang")
    assert 'href="/akun/sso/?next=%2Fsekarang"' in page.text
    assert "Masuk dengan SSO Kabupaten" in page.text


def test_who_has_an_account_with_a_verified_address_is_linked_and_in(
    sign_in_office: AccountOffice, provider: IdentityProvider, visitor: Visitor, person: str
) -> None:
    asked = start(visitor, "/akun/sso/?next=/akun/token/")
    query = parse_qs(urlsplit(asked).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"{sign_in_office.base_url}/akun/sso/kembali/"]
    assert query["nonce"]
    assert query["state"]
    before = visitor.session
    landed = visitor.open(provider.approve(asked, person))
    assert landed.url.path == "/akun/token/"
    assert provider.was_asked_with_pkce()
    assert visitor.session != before
    kinds = sign_in_office.journal_of(person)
    assert kinds[-2:] == ["account.linked_to_oidc", "account.signed_in"]
    assert "Terhubung" in visitor.open("/akun/").text


def test_a_linked_person_is_known_by_the_subject_when_the_address_changes(
    provider: IdentityProvider, new_visitor: NewVisitor, person: str
) -> None:
    come_back(new_visitor(), provider, person)
    provider.knows(person, email="nama.baru@pendopo.test", email_verified=True)
    again = new_visitor()
    come_back(again, provider, person)
    assert person in again.open("/akun/").text


def test_the_password_still_works_after_linking(
    provider: IdentityProvider, new_visitor: NewVisitor, person: str
) -> None:
    come_back(new_visitor(), provider, person)
    by_password = new_visitor()
    by_password.sign_in(person)
    assert by_password.is_in()


def test_an_unverified_address_links_nobody(
    sign_in_office: AccountOffice, provider: IdentityProvider, visitor: Visitor
) -> None:
    email = sign_in_office.new_account()
    provider.knows("penipu", email=email, email_verified=False)
    refused(come_back(visitor, provider, "penipu"), 403, "belum memastikan alamat surel Anda")
    assert not visitor.is_in()
    assert "account.linked_to_oidc" not in sign_in_office.journal_of(email)


def test_somebody_unknown_is_told_who_invites(provider: IdentityProvider, visitor: Visitor) -> None:
    provider.knows("orang-luar", email="orang.luar@example.test", email_verified=True)
    refused(come_back(visitor, provider, "orang-luar"), 403, "tidak ada akun dengan alamat Anda")
    assert not visitor.is_in()


def test_the_office_may_let_everyone_in_as_a_requester(
    sign_in_office: AccountOffice, provider: IdentityProvider, visitor: Visitor
) -> None:
    sign_in_office.python(
        "from pendopo.people.actions.sign_in_policy import change_sign_in_policy\n"
        "change_sign_in_policy({'oidc_creates_accounts': True}, 'system')"
    )
    email = f"pegawai-{sign_in_office.port}@example.test"
    provider.knows(email, email=email, email_verified=True, name="Pegawai Baru")
    landed = come_back(visitor, provider, email)
    assert landed.url.path == "/akun/"
    assert "Pegawai Baru" in landed.text
    assert "Pemohon" in landed.text
    assert "Belum ada" in landed.text  # no password
    page = visitor.send("/akun/kata-sandi/baru/", password1="kata sandi yang pertama")
    assert page.url.path == "/akun/"


def test_an_account_that_is_switched_off_stays_out(
    sign_in_office: AccountOffice, provider: IdentityProvider, visitor: Visitor, person: str
) -> None:
    sign_in_office.python(f"deactivate_account(Account.objects.get(email={person!r}), 'system')")
    refused(come_back(visitor, provider, person), 403, "dinonaktifkan")
    assert not visitor.is_in()


def test_an_answer_without_our_question_is_refused(
    provider: IdentityProvider, new_visitor: NewVisitor, person: str
) -> None:
    attacker, victim = new_visitor(), new_visitor()
    answer = provider.approve(start(attacker), person)
    refused(victim.open(answer), 401, "tidak sah atau terlambat")  # another's state
    assert not victim.is_in()
    wrong = changed(provider.approve(start(victim), person), state="tebakan")
    refused(victim.open(wrong), 401, "tidak sah atau terlambat")
    assert not victim.is_in()


def test_an_answer_counts_once(provider: IdentityProvider, visitor: Visitor, person: str) -> None:
    answer = provider.approve(start(visitor), person)
    visitor.open(answer)
    visitor.sign_out()
    refused(visitor.open(answer), 401, "tidak sah atau terlambat")
    assert not visitor.is_in()


def test_an_id_token_for_another_question_is_refused(
    provider: IdentityProvider, visitor: Visitor, person: str
) -> None:
    asked = changed(start(visitor), nonce="nonce-of-somebody-else")
    refused(visitor.open(provider.approve(asked, person)), 401, "tidak sah atau terlambat")
    assert not visitor.is_in()


def _read(answer: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    token = answer["id_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.get_unverified_header(token), claims


def header_of(header: dict[str, Any]) -> dict[str, Any]:
    """What a forger would keep of a header."""
    return {name: value for name, value in header.items() if name == "kid"}


def _signed_by_another(answer: dict[str, Any]) -> None:
    header, claims = _read(answer)
    answer["id_token"] = jwt.encode(claims, OTHER_KEY, "RS256", headers=header_of(header))


def _unsigned(answer: dict[str, Any]) -> None:
    header, claims = _read(answer)
    answer["id_token"] = jwt.encode(claims, "", "none", headers=header_of(header))


def _signed_with_our_secret(answer: dict[str, Any]) -> None:
    header, claims = _read(answer)
    secret = "rahasia" * 8
    answer["id_token"] = jwt.encode(claims, secret, "HS256", headers=header_of(header))


def _missing(answer: dict[str, Any]) -> None:
    del answer["id_token"]


def _nonsense(answer: dict[str, Any]) -> None:
    answer["id_token"] = "bukan token"


@pytest.mark.parametrize(
    "forgery", [_signed_by_another, _unsigned, _signed_with_our_secret, _missing, _nonsense]
)
def test_a_forged_id_token_is_refused(
    provider: IdentityProvider, visitor: Visitor, person: str, forgery: Any
) -> None:
    provider.forge = forgery
    refused(come_back(visitor, provider, person), 401, "tidak sah atau terlambat")
    assert not visitor.is_in()


def test_an_id_token_for_another_client_is_refused(
    provider: IdentityProvider, visitor: Visitor, person: str
) -> None:
    asked = changed(start(visitor), client_id="another-client")
    page = visitor.open(provider.approve(asked, person))
    refused(page, 401, "tidak sah atau terlambat")
    assert not visitor.is_in()


def test_who_cancels_there_is_back_at_the_sign_in_page(
    provider: IdentityProvider, visitor: Visitor
) -> None:
    page = visitor.open(changed(provider.cancel(start(visitor)), state="x"))
    assert page.status_code == 401
    asked = start(visitor)
    state = parse_qs(urlsplit(asked).query)["state"][0]
    page = visitor.open(changed(provider.cancel(asked), state=state))
    assert page.url.path == "/akun/login/"
    assert "Tidak ada yang masuk." in page.text


def test_a_provider_that_is_away_is_named(provider: IdentityProvider, visitor: Visitor) -> None:
    provider.is_away = True
    refused(visitor.open("/akun/sso/"), 503, "tidak menjawab")


def test_the_way_on_stays_in_the_house(
    provider: IdentityProvider, new_visitor: NewVisitor, person: str
) -> None:
    for evil in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        visitor = new_visitor()
        asked = start(visitor, f"/akun/sso/?{urlencode({'next': evil})}")
        assert visitor.open(provider.approve(asked, person)).url.path == "/rapat/"


def test_an_app_with_codes_is_asked_for_after_the_provider_too(
    sign_in_office: AccountOffice, provider: IdentityProvider, visitor: Visitor, person: str
) -> None:
    sign_in_office.python(
        "from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret\n"
        f"TOTP.activate(Account.objects.get(email={person!r}), generate_totp_secret())"
    )
    assert come_back(visitor, provider, person).url.path == "/akun/masuk/kode/"
    assert not visitor.is_in()
