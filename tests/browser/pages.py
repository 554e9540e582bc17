"""A person at a browser: the door of a meeting, and the meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.plugins.waiting import until

INSIDE = 40  # seconds from the click to the first tile, on a machine that does much else


def _gives_a_seat(answer: Response) -> bool:
    return answer.url.endswith("/seats") and answer.status == 201


class Person:
    """One tab of one browser, and who sits before it."""

    def __init__(self, context: BrowserContext, name: str, page: Page | None = None) -> None:
        self.context, self.name = context, name
        self.page = page or context.new_page()
        self.given: dict[str, Any] = {}
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    @property
    def identity(self) -> str:
        """Who this is to LiveKit and to the others."""
        return str(self.given["participant_id"])

    def open(self, url: str) -> "Person":
        """Goes to the door and writes the name."""
        self.page.goto(url)
        self.hook("join-name").fill(self.name)
        return self

    @contextmanager
    def seated(self) -> Iterator[None]:
        """What is done inside leads to a seat; it is kept in ``given``."""
        with self.page.expect_response(_gives_a_seat, timeout=INSIDE * 1000) as answer:
            yield
        self.given = answer.value.json()

    def knocks(self) -> None:
        """Presses the button at the door."""
        self.hook("join-enter").click()

    def enter(self, url: str) -> "Person":
        """Through the door into the meeting."""
        self.open(url)
        with self.seated():
            self.knocks()
        return self.is_inside()

    def reloads(self) -> None:
        """Loads the page again, which must lead straight back in."""
        with self.seated():
            self.page.reload()
        self.is_inside()

    def is_inside(self) -> "Person":
        """Waits until the own tile stands and the connection holds."""
        self.tile(self.identity).wait_for(timeout=INSIDE * 1000)
        self.is_connected()
        return self

    def is_connected(self, seconds: float = INSIDE) -> None:
        """Waits until the page says that the connection holds."""
        self.page.locator('[data-link="connected"]').wait_for(timeout=seconds * 1000)

    def hook(self, name: str) -> Locator:
        """An element by its hook for automation."""
        return self.page.get_by_test_id(name)

    def tile(self, identity: str) -> Locator:
        """The tile of one person."""
        return self.page.locator(f'[data-testid="tile"][data-identity="{identity}"]')

    def tiles(self) -> list[str]:
        """Whose tiles stand now, one entry a tile."""
        found = self.hook("tile").evaluate_all("tiles => tiles.map(tile => tile.dataset.identity)")
        return sorted(found)

    def sees(self, *people: "Person", seconds: float = 30) -> None:
        """Waits until exactly these people have a tile here."""
        wanted = sorted(person.identity for person in people)
        until(lambda: self.tiles() == wanted, f"{self.name} sees {len(wanted)} people", seconds)

    def video(self, identity: str) -> str:
        """Selector of the picture of one person."""
        return f'[data-testid="tile"][data-identity="{identity}"] video'

    def screen(self, identity: str) -> str:
        """Selector of the shared screen of one person."""
        return f'[data-testid="screen-tile"][data-identity="{identity}"] video'

    def says(self, text: str) -> None:
        """Writes a message in the open chat and presses Enter."""
        self.hook("chat-input").fill(text)
        self.hook("chat-input").press("Enter")

    def has_message(self, text: str) -> Locator:
        """Waits until the open chat shows one message with this text; the message."""
        message = self.hook("chat-message").filter(has_text=text)
        expect(message).to_have_count(1)
        return message

    def is_switched(self, hook: str, on: bool) -> None:
        """Waits until `mic` or `camera` is on or off. On means that it is being sent."""
        expect(self.hook(hook)).to_have_attribute("aria-pressed", str(on).lower())

    def is_told(self, text: str) -> None:
        """Waits until the line below the pictures, which screen readers say, has this."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()

    def name_on_tile(self, other: "Person", name: str) -> None:
        """Waits until somebody's tile bears this name."""
        expect(self.tile(other.identity)).to_contain_text(name)

    def lands_on(self, title: str) -> None:
        """Waits for the last page of the visit with this title."""
        heading = self.page.get_by_role("heading", level=1, name=title, exact=True)
        expect(heading).to_be_visible()
        assert self.hook("tile").count() == 0

    def opens_people(self) -> None:
        """Opens the list of people."""
        self.hook("people-open").click()
        expect(self.page.get_by_role("heading", name="Peserta", exact=True)).to_be_visible()

    def acts_on(self, other: "Person", action: str) -> None:
        """Presses an action (`mute`, `remove` …) on somebody in the open list."""
        row = self.page.get_by_role("listitem").filter(
            has=self.page.get_by_role("button", name=f"Tindakan untuk {other.name}", exact=True)
        )
        row.get_by_role("button", name=f"Tindakan untuk {other.name}", exact=True).click()
        row.locator(f'[data-action="{action}"]').click()

    def leaves(self) -> None:
        """Presses the button; nothing is asked."""
        self.hook("leave").click()
        self.lands_on("Anda sudah keluar")


def sign_in(page: Page, account: str) -> None:
    """Signs a demo account in."""
    page.goto("/akun/login/")
    page.locator('input[name="login"]').fill(f"{account}@pendopo.test")
    page.locator('input[name="password"]').fill("pendopo-demo")
    page.locator('input[name="password"]').press("Enter")
    page.wait_for_url("**/rapat/")
