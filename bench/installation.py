"""What is measured: a real installation, started for it or running already."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from bench.processes import with_children
from tests.plugins.office import Office

ACCOUNT = "koordinator@pendopo.test"
WATCHER = "kendali@pendopo.test"  # may see the page of live meetings
PASSWORD = "pendopo-demo"  # noqa: S105  printed at every start of the demo office


@dataclass(frozen=True)
class Installation:
    """Where it is, and a token that may write meetings."""

    base_url: str
    token: str
    office: Office | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What a program sends along."""
        return {"Authorization": f"Bearer {self.token}"}

    def api(self) -> httpx.Client:
        """For what is not measured."""
        return httpx.Client(base_url=f"{self.base_url}/api/v1", headers=self.headers, timeout=30)

    def new_meeting(self, title: str = "Rapat ukur") -> dict[str, str]:
        """A meeting that is open: id, slug, join_url, host_url."""
        with self.api() as api:
            answer = api.post("/meetings", json={"title": title}).raise_for_status()
            created: dict[str, str] = answer.json()
            return created

    def web_pids(self) -> list[int]:
        """The processes that answer requests; none when it was not started here."""
        return with_children(self.office.pids()["web"]) if self.office else []


@contextmanager
def installation(base_url: str = "", token: str = "") -> Iterator[Installation]:
    """The one at ``base_url``, or a fresh `pendopo run` that ends with the block."""
    if base_url:
        yield Installation(base_url.rstrip("/"), token)
        return
    office = Office()
    try:
        office.start().wait_ready()
        said = office.command("token", "create", "--account", ACCOUNT, "--scope", "meetings:write")
        yield Installation(office.base_url, said.split()[-1], office)
    finally:
        office.close()


def signed_in(base_url: str, email: str, password: str = PASSWORD) -> str:
    """The Cookie header of somebody who has signed in."""
    with httpx.Client(base_url=base_url, follow_redirects=True, timeout=30) as browser:
        page = browser.get("/akun/login/")
        secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        if secret is None:
            raise RuntimeError("the sign-in page has no form")
        fields = {"login": email, "password": password, "csrfmiddlewaretoken": secret[1]}
        landed = browser.post("/akun/login/", data=fields, headers={"Referer": str(page.url)})
        if landed.url.path == "/akun/login/":
            raise RuntimeError(f"{email} could not sign in")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
