"""What signing in needs from outside: a mail server, and an identity provider that can also lie."""

import base64
import hashlib
import json
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest
from aiosmtpd.controller import Controller

from pendopo.project.postgres import Cluster
from tests.plugins.office import Office, free_ports
from tests.plugins.waiting import until

PASSWORD = "empat kata yang mudah"
Forgery = Callable[[dict[str, Any]], None]


class MailServer:
    """Takes mail by SMTP and keeps it."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_ports())

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.port

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        self._server.start()
        try:
            yield self
        finally:
            self._server.stop()

    def mail_to(self, address: str, number: int = 1) -> EmailMessage:
        """The newest mail to this address, once there are so many."""

        def found() -> EmailMessage | None:
            sent = [each for each in self.received if each["To"] == address]
            return sent[-1] if len(sent) >= number else None

        return until(found, f"mail number {number} to {address}")


def link_in(mail: EmailMessage) -> str:
    """The address that a mail asks to open."""
    body = mail.get_body(("plain",))
    assert body
    links: list[str] = re.findall(r"^(https?://\S+)\s*$", body.get_content(), re.MULTILINE)
    assert len(links) == 1
    return links[0]


class IdentityProvider:
    """An OpenID Connect provider over HTTP, with keys of its own; ``forge`` changes its answers."""

    def __init__(self) -> None:
        # It comes with Flask, which most test runs don't need, and with old names in Authlib.
        with warnings.catch_warnings(record=True):
            import oidc_provider_mock

        self.app = oidc_provider_mock.app(require_nonce=True)
        self.app.debug = False
        self.port = free_ports()
        self.forge: Forgery | None = None
        self.is_away = False
        self.challenges: list[str] = []
        self.verifiers: list[str] = []
        self.app.before_request(self._listen)
        self.app.after_request(self._lie)

    @property
    def issuer(self) -> str:
        """Its name and address."""
        return f"http://localhost:{self.port}"

    def _listen(self) -> tuple[str, int] | None:
        from flask import request

        self.challenges += request.args.getlist("code_challenge")
        self.verifiers += request.form.getlist("code_verifier")
        return ("away", 503) if self.is_away else None

    def _lie(self, response: Any) -> Any:
        from flask import request

        if self.forge and request.path == "/oauth2/token":
            answer = response.get_json()
            self.forge(answer)
            response.set_data(json.dumps(answer))
        return response

    @contextmanager
    def running(self) -> Iterator["IdentityProvider"]:
        from werkzeug.serving import make_server

        server = make_server("localhost", self.port, self.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def knows(self, sub: str, **claims: Any) -> None:
        """There is such a person now."""
        httpx.put(f"{self.issuer}/users/{sub}", json=claims).raise_for_status()

    def approve(self, address: str, sub: str) -> str:
        """What a browser does that is sent here and whose person agrees; where it is sent then."""
        answer = httpx.post(address, data={"sub": sub})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def cancel(self, address: str) -> str:
        """The person does not agree."""
        answer = httpx.post(address, data={"action": "deny"})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def was_asked_with_pkce(self) -> bool:
        """Whether the newest verifier belongs to the newest challenge (RFC 7636, 4.6)."""
        digest = hashlib.sha256(self.verifiers[-1].encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenges[-1]


class AccountOffice(Office):
    """An installation with single sign-on and mail, and accounts for one test each."""

    def __init__(self, mail: MailServer, provider: IdentityProvider) -> None:
        super().__init__(
            PENDOPO_MAIL_HOST="127.0.0.1",
            PENDOPO_MAIL_PORT=str(mail.port),
            PENDOPO_MAIL_SECURITY="none",
            PENDOPO_MAIL_FROM="Diskominfo <rapat@pendopo.test>",
            PENDOPO_OIDC_ISSUER=provider.issuer,
            PENDOPO_OIDC_CLIENT_ID="pendopo",
            PENDOPO_OIDC_CLIENT_SECRET="rahasia",
            PENDOPO_OIDC_NAME="SSO Kabupaten",
        )
        self.mail, self.provider = mail, provider
        self._unused: list[str] = []

    def python(self, code: str) -> str:
        """Runs code on the installation, as its command line may; what it prints."""
        imports = (
            "from pendopo.people.actions.accounts import *\n"
            "from pendopo.people.actions.invitations import *\n"
            "from pendopo.people.models import *\n"
            "from pendopo.people.rules import Duty\n"
        )
        return self.command("manage", "shell", "--no-imports", "-c", imports + code).strip()

    def new_account(self) -> str:
        """The address of an account that only this test uses: a host and coordinator."""
        if not self._unused:
            first = free_ports()
            self._unused = [f"orang-{first}-{number}@pendopo.test" for number in range(20)]
            self.python(
                "duties = [Duty.HOST, Duty.COORDINATOR]\n"
                f"for email in {self._unused!r}:\n"
                f"    create_account(email, {PASSWORD!r}, 'Orang Uji', duties)"
            )
        return self._unused.pop()

    def sql(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query; none for a change."""
        with psycopg.connect(Cluster(self.data).url, autocommit=True) as database:
            found = database.execute(query, values)
            return found.fetchall() if found.description else []

    def journal_of(self, email: str) -> list[str]:
        """What happened to an account, in order."""
        query = (
            "SELECT kind FROM journal_entry JOIN people_account"
            " ON subject = 'people.account:' || people_account.id WHERE email = %s"
            " ORDER BY journal_entry.id"
        )
        return [row[0] for row in self.sql(query, email)]


@pytest.fixture(scope="session")
def account_office() -> Iterator[AccountOffice]:
    """One installation for all tests of signing in."""
    with MailServer().running() as mail, IdentityProvider().running() as provider:
        office = AccountOffice(mail, provider)
        office.start()
        try:
            office.wait_ready()
            yield office
        finally:
            office.close()


@pytest.fixture
def sign_in_office(account_office: AccountOffice) -> Iterator[AccountOffice]:
    """The same, with fresh counters of failures, an honest provider and no policy."""
    account_office.sql("DELETE FROM foundation_cache")
    yield account_office
    account_office.sql("DELETE FROM people_signinpolicy")
    account_office.provider.forge = None
    account_office.provider.is_away = False


class Visitor:
    """Somebody at a browser without scripts."""

    def __init__(self, office: AccountOffice) -> None:
        self.office = office
        self.http = httpx.Client(base_url=office.base_url, follow_redirects=True, timeout=30)

    def open(self, path: str) -> httpx.Response:
        """A page, and where it led."""
        return self.http.get(path)

    def send(self, path: str, **fields: Any) -> httpx.Response:
        """Opens a page and sends its form with these fields."""
        page = self.open(path)
        return self.answer(page, **fields)

    def answer(self, page: httpx.Response, to: str = "", **fields: Any) -> httpx.Response:
        """Sends the form of a page that is open."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text
        data = {"csrfmiddlewaretoken": token[1], **fields}
        return self.http.post(to or str(page.url), data=data, headers={"Referer": str(page.url)})

    def sign_in(self, email: str, password: str = PASSWORD, path: str = "/akun/login/") -> Any:
        """By e-mail and password; where it led."""
        query = parse_qs(urlsplit(path).query)
        more = {"next": query["next"][0]} if "next" in query else {}
        return self.send(path, login=email, password=password, **more)

    def sign_out(self) -> None:
        self.send("/akun/logout/")

    @property
    def session(self) -> str | None:
        """The key of the session."""
        return self.http.cookies.get(f"pendopo_{self.office.port}_session")

    def is_in(self) -> bool:
        """Whether somebody is signed in here."""
        return self.open("/akun/").url.path == "/akun/"


NewVisitor = Callable[[], Visitor]


@pytest.fixture
def new_visitor(sign_in_office: AccountOffice) -> Iterator[NewVisitor]:
    """Makes visitors with cookies of their own."""
    made: list[Visitor] = []

    def make() -> Visitor:
        made.append(Visitor(sign_in_office))
        return made[-1]

    yield make
    for each in made:
        each.http.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody at a browser."""
    return new_visitor()
