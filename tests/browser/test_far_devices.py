"""`make serve` in a network: a phone at the other end of a cable joins over https, whatever its
network lets through."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import cable as cables
from tests.browser import trust
from tests.browser.cable import Cable
from tests.browser.conftest import DEVICES, NewBrowser, NewContext
from tests.browser.pages import Person
from tests.browser.routes import Route, routes_of, servers_asked, watch_routes
from tests.browser.senses import sees_and_hears
from tests.plugins.clients import Program
from tests.plugins.office import Office

DIRECTLY, OVER_TCP = Route("host", "udp"), Route("host", "tcp")
RELAYED, RELAYED_IN_TLS = Route("relay", "udp"), Route("relay", "tls")
WHY_NOT = cables.why_not() or trust.why_not()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]


@pytest.fixture(scope="module")
def cable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cable]:
    """Nothing is forwarded on it: the far place has to use the office's address in the network."""
    with Cable(tmp_path_factory.mktemp("cable"), [], []) as laid:
        yield laid


@pytest.fixture(scope="module")
def office(cable: Cable) -> Iterator[Office]:
    """One that is known by the address of its end of the cable. What comes there to port 443 is led
    to its own port: LiveKit offers TURN over TLS at 443 only."""
    running = Office.serving(cable.here, PENDOPO_BASE_URL=f"https://{cable.here}")
    cable.leads(443, int(running.environment["PENDOPO_HTTPS_PORT"]))
    try:
        yield running.start().wait_ready()
    finally:
        running.close()


@pytest.fixture(scope="module")
def program(office: Office) -> Iterator[Program]:
    """A program in the office."""
    made = Program(office, "koordinator@pendopo.test", "meetings:write")
    with made.http:
        yield made


@pytest.fixture
def open_network(cable: Cable) -> Iterator[Cable]:
    """The cable, which lets everything through again after the test."""
    yield cable
    cable.allow()


@pytest.mark.parametrize(
    ("forbidden", "ways"),
    [
        pytest.param([], {DIRECTLY}, id="all"),
        pytest.param(["udp"], {OVER_TCP}, id="tcp only"),
        pytest.param(["udp {media}", "tcp {tcp}"], {RELAYED, RELAYED_IN_TLS}, id="turn only"),
        pytest.param(["udp", "tcp {tcp}"], {RELAYED_IN_TLS}, id="tcp 443 only"),
    ],
)
def test_a_phone_joins_through_what_its_network_lets_through(
    forbidden: list[str],
    ways: set[Route],
    office: Office,
    open_network: Cable,
    meeting: dict[str, str],
    new_browser: NewBrowser,
    new_context: NewContext,
    tmp_path: Path,
) -> None:
    for each in forbidden:
        kind, _, port = each.format(media=office.port + 3, tcp=office.port + 2).partition(" ")
        open_network.forbid("ipproto", kind, *(["dport", port] if port else []))
    home = trust.home_that_trusts(office.root, tmp_path)
    siti = Person(new_context(new_browser(*DEVICES, home=home)), "Siti Aminah")
    siti.enter(meeting["host_url"])
    phone = new_context(new_browser(*DEVICES, home=home, program=open_network.chromium))
    watch_routes(phone)
    budi = Person(phone, "Budi Santoso").enter(meeting["join_url"])

    sees_and_hears(budi, siti)
    sees_and_hears(siti, budi)
    taken = set(routes_of(budi.page))
    assert taken
    assert taken <= ways
    assert servers_asked(budi.page) == {open_network.here}


def test_only_the_front_door_is_open(office: Office, open_network: Cable) -> None:
    """From the far place: what answers, and what does not."""
    ports = {name: office.port + offset for name, offset in {"pages": 0, "signalling": 1}.items()}
    ports |= {"figures": office.port + 4, "https": 443}
    answering = {name for name, port in ports.items() if open_network.reaches(port)}
    assert answering == {"https"}
