"""`make serve` on one machine: browsers that trust our root come over https, with camera."""

import hashlib
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Error, expect

from tests.browser.axe import is_accessible
from tests.browser.conftest import DEVICES, NewBrowser, NewContext
from tests.browser.pages import Person
from tests.browser.routes import Route, routes_of, watch_routes
from tests.browser.senses import moves, sees_and_hears
from tests.browser.trust import home_that_trusts, why_not
from tests.browser.whip import publishing
from tests.flows.test_pages import sign_in
from tests.plugins.clients import Program
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(why_not()), reason=why_not())]
DAY = 24 * 3600
TOO_MANY = "Terlalu banyak percobaan yang gagal"


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One that serves other devices, under the only address that every machine has."""
    running = Office.serving("127.0.0.1").start()
    try:
        yield running.wait_ready()
    finally:
        running.close()


@pytest.fixture(scope="module")
def program(office: Office) -> Iterator[Program]:
    """A program that comes over https too."""
    made = Program(office, "koordinator@pendopo.test", "meetings:write")
    with made.http:
        yield made


@pytest.fixture
def trusting(office: Office, new_browser: NewBrowser, tmp_path: Path) -> Browser:
    """A browser that trusts our root."""
    return new_browser(*DEVICES, home=home_that_trusts(office.root, tmp_path))


@pytest.fixture
def visitor(office: Office) -> Iterator[httpx.Client]:
    """A client that trusts our root."""
    with httpx.Client(base_url=office.front_url, verify=office.trust, timeout=20) as client:
        yield client


def test_two_devices_meet_over_https(
    meeting: dict[str, str], trusting: Browser, new_context: NewContext, office: Office
) -> None:
    assert meeting["join_url"].startswith(f"{office.front_url}/")
    siti = Person(new_context(trusting), "Siti Aminah").enter(meeting["host_url"])
    budi = Person(new_context(trusting), "Budi Santoso").enter(meeting["join_url"])
    sees_and_hears(siti, budi)
    sees_and_hears(budi, siti)
    assert siti.given["livekit_url"] == office.front_url.replace("https", "wss")
    assert siti.complaints == budi.complaints == []


def test_media_passes_through_the_turn_server_alone(
    meeting: dict[str, str], trusting: Browser, new_context: NewContext
) -> None:
    """Over UDP: this office's pages are not at port 443, so it offers no TURN over TLS."""
    siti = Person(new_context(trusting), "Siti Aminah").enter(meeting["host_url"])
    relayed = new_context(trusting)
    watch_routes(relayed, relay_only=True)
    budi = Person(relayed, "Budi Santoso").enter(meeting["join_url"])
    sees_and_hears(siti, budi)
    sees_and_hears(budi, siti)
    assert set(routes_of(budi.page)) == {Route("relay", "udp")}


def test_an_encoder_publishes_by_whip_over_https(
    meeting: dict[str, str],
    trusting: Browser,
    new_context: NewContext,
    office: Office,
    program: Program,
) -> None:
    path = f"/meetings/{meeting['id']}/tokens"
    siti = Person(new_context(trusting), "Siti Aminah").enter(meeting["host_url"])
    # Only now, for it is good for a minute.
    token = program.http.post(path, json={"name": "Kamera aula"}).json()["token"]
    with publishing(f"{office.front_url}/whip/v1", token):
        tile = siti.hook("tile").filter(has_text="Kamera aula")
        moves(siti.page, siti.video(str(tile.get_attribute("data-identity"))))


def test_a_browser_that_was_not_told_does_not_come(new_context: NewContext, office: Office) -> None:
    page = new_context().new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(office.front_url)


def test_cookies_are_for_https_only_and_browsers_are_told_to_stay(visitor: httpx.Client) -> None:
    answer = visitor.get("/akun/login/")
    assert answer.headers["strict-transport-security"] == f"max-age={DAY}"
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    assert all("; secure" in cookie.lower() for cookie in cookies)


def test_http_leads_to_https(office: Office) -> None:
    answer = httpx.get(f"{office.plain_url}/rapat/?x=1", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{office.front_url}/rapat/?x=1"
    assert httpx.post(f"{office.plain_url}/sertifikat").status_code == 308


def test_the_root_is_explained_and_handed_out_over_http(
    new_context: NewContext, office: Office
) -> None:
    page = new_context().new_page()
    page.goto(f"{office.plain_url}/sertifikat")
    expect(page.get_by_role("heading", level=1)).to_have_text("Percayai alamat ini sekali saja")
    shown = page.get_by_test_id("fingerprint").inner_text().replace(" ", "")
    answer = page.request.get(f"{office.plain_url}/sertifikat/root.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    root = answer.text()
    assert shown == hashlib.sha256(ssl.PEM_cert_to_DER_cert(root)).hexdigest().upper()
    assert httpx.get(
        f"{office.front_url}/healthz", verify=ssl.create_default_context(cadata=root)
    ).is_success
    assert is_accessible(page, "certificate", narrow=True) == []
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust this address once")


def test_an_event_stream_passes_at_once(visitor: httpx.Client, program: Program) -> None:
    meeting = program.meeting()
    with visitor.stream("GET", f"/j/{meeting['slug']}/peristiwa") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        next(lines)  # it is open
        program.http.post(f"/meetings/{meeting['id']}/end")
        assert any("ended" in line for line in lines)


def test_a_forged_address_escapes_neither_the_limit_for_signing_in(office: Office) -> None:
    """Nobody signs in from these; each attempt names another account and another address."""

    def is_stopped(n: int) -> bool:
        with httpx.Client(base_url=office.front_url, verify=office.trust, timeout=20) as client:
            client.headers["X-Forwarded-For"] = f"203.0.113.{n}"
            return TOO_MANY in sign_in(client, f"nobody{n}@pendopo.test").text

    stopped = [is_stopped(n) for n in range(31)]
    assert (stopped[0], stopped[-1]) == (False, True)


def test_a_forged_address_does_not_escape_a_limit_of_the_api(visitor: httpx.Client) -> None:
    answers = [
        visitor.post(
            "/api/v1/public/connection-check", headers={"X-Forwarded-For": f"203.0.113.{n}"}
        ).status_code
        for n in range(61)
    ]
    assert answers[-1] == 429
    assert set(answers[:59]) == {200}


def test_a_body_beyond_all_measure_is_refused(visitor: httpx.Client) -> None:
    answer = visitor.post("/rtc/validate", content=b"x" * 1_000_001)
    assert answer.status_code == 413


def test_a_killed_front_door_comes_back_with_the_same_root(office: Office) -> None:
    before = office.root.read_bytes()
    killed = office.kill("caddy")

    def back() -> bool:
        if office.pids().get("caddy") in {None, killed}:
            return False
        try:
            return httpx.get(f"{office.front_url}/readyz", verify=office.trust).is_success
        except httpx.TransportError:
            return False

    until(back, "the front door is open again", 20)
    assert office.root.read_bytes() == before


def said_by_check(office: Office) -> str:
    """The line about the front door; the rest complains of the demo accounts."""
    done = subprocess.run(
        [sys.executable, "-m", "pendopo", "check"],
        env=office.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    (line,) = [each for each in done.stdout.splitlines() if " front door " in each]
    return line


def test_check_asks_the_front_door_as_other_devices_do(office: Office) -> None:
    assert said_by_check(office).startswith("ok ")
    office.kill("caddy", signal.SIGSTOP)
    try:
        assert said_by_check(office).startswith("WRONG")
    finally:
        office.kill("caddy", signal.SIGCONT)
