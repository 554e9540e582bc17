"""Clients that speak to the running office: programs with a token, guests with a seat."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.plugins.office import Office

PUBLIC = "/api/v1/public"


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    """The body of a refusal, which must be a problem with this status and code."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= body.keys()
    assert (body["code"], body["status"]) == (code, status)
    return body


class Program:
    """A program with an API token."""

    def __init__(self, office: Office, account: str, *scopes: str) -> None:
        words = [word for scope in scopes for word in ("--scope", scope)]
        said = office.command("token", "create", "--account", account, *words)
        headers = {"Authorization": f"Bearer {said.split()[-1]}"}
        self.http = httpx.Client(
            base_url=f"{office.people_url}/api/v1", headers=headers, timeout=20, verify=office.trust
        )

    def meeting(self, **fields: object) -> dict[str, str]:
        """Creates a meeting."""
        answer = self.http.post("/meetings", json={"title": "Rapat uji", **fields})
        assert answer.status_code == 201, answer.text
        created: dict[str, str] = answer.json()
        return created


class Seat:
    """One person in one meeting, as the guest page keeps it."""

    def __init__(self, client: httpx.Client, slug: str, name: str, **more: str) -> None:
        self.client, self.slug, self.key = client, slug, more.get("host_key", "")
        answer = client.post(f"{PUBLIC}/meetings/{slug}/seats", json={"name": name, **more})
        assert answer.status_code == 201, answer.text
        self.given = answer.json()
        self.headers = {"Authorization": f"Seat {self.given['seat']}"}

    def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        """A request with this seat."""
        return self.client.post(
            f"{PUBLIC}/seats{path}", json=body, headers={**self.headers, **headers}
        )

    def under_another_name(self) -> httpx.Response:
        """The same browser knocks as somebody else."""
        path = f"{PUBLIC}/meetings/{self.slug}/seats"
        return self.client.post(path, json={"name": "Orang lain"})

    def again(self) -> httpx.Response:
        """The same person knocks again, as after a reload."""
        path = f"{PUBLIC}/meetings/{self.slug}/seats"
        return self.client.post(path, json={}, headers=self.headers)


NewProgram = Callable[..., Program]


@pytest.fixture(scope="session")
def new_program(office: Office) -> Iterator[NewProgram]:
    """Makes programs: `new_program(account, *scopes)`."""
    with ExitStack() as open_clients:

        def make(account: str, *scopes: str) -> Program:
            made = Program(office, f"{account}@pendopo.test", *scopes)
            open_clients.callback(made.http.close)
            return made

        yield make


@pytest.fixture(scope="session")
def program(new_program: NewProgram) -> Program:
    """May read and write meetings."""
    return new_program("koordinator", "meetings:write")


@pytest.fixture
def guest(office: Office) -> Iterator[httpx.Client]:
    """A browser-like client with its own cookies."""
    with httpx.Client(base_url=office.base_url, follow_redirects=True, timeout=20) as client:
        yield client
