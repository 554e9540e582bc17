"""One Chromium for the folder; every person has a context of their own."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser.pages import Person
from tests.plugins.clients import Program
from tests.plugins.office import Office

CHROMIUM = shutil.which("chromium") or "chromium"
PLAIN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEVICES = ["--use-fake-device-for-media-stream=fps=10", "--use-fake-ui-for-media-stream"]
HERE = r"(localhost|127\.0\.0\.1|198\.18\.\d+\.\d+)"  # the last: a cable's, see cable.py
OURS = re.compile(rf"(https?://{HERE}[:/]|(data|blob|about):)")
SIZE = {"width": 1280, "height": 720}
PHONE = {"width": 360, "height": 740}

NewBrowser = Callable[..., Browser]
NewContext = Callable[..., BrowserContext]
NewPerson = Callable[..., Person]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Ends with the folder: its event loop would be in the way of asynchronous tests."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium with a test picture and a beep, and nobody asked for permission."""
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*PLAIN, *DEVICES])
    yield running
    running.close()


@pytest.fixture
def new_browser(playwright: Playwright) -> Iterator[NewBrowser]:
    """Starts browsers with other flags than the usual ones: `new_browser(*flags)`."""
    with ExitStack() as running:

        def start(*flags: str, program: str | Path = CHROMIUM, home: Path | None = None) -> Browser:
            environment: dict[str, str | float | bool] = dict(os.environ)
            if home:
                environment["HOME"] = str(home)
            started = playwright.chromium.launch(
                executable_path=program,
                args=[*PLAIN, *flags],
                env=environment,
                timeout=60_000,
            )
            running.callback(started.close)
            return started

        yield start


@pytest.fixture
def new_context(browser: Browser, office: Office) -> Iterator[NewContext]:
    """Makes contexts: each a device with nothing stored. None may ask another host."""
    asked: list[str] = []
    usual = {"viewport": SIZE, "locale": "id-ID", "base_url": office.people_url}
    with ExitStack() as opened:

        def make(of: Browser = browser, **options: Any) -> BrowserContext:
            context = of.new_context(**{**usual, **options})
            context.set_default_timeout(30_000)
            context.on("request", lambda request: asked.append(request.url))
            opened.callback(context.close)
            return context

        yield make
    assert [url for url in asked if not OURS.match(url)] == []


@pytest.fixture
def new_person(new_context: NewContext) -> NewPerson:
    """Makes people, each at a device of their own: `new_person(name, **context_options)`."""

    def make(name: str, **options: Any) -> Person:
        return Person(new_context(**options), name)

    return make


@pytest.fixture
def meeting(program: Program) -> dict[str, str]:
    """A meeting that is open: id, slug, join_url, host_url."""
    return program.meeting(title="Rapat koordinasi")


@pytest.fixture
def phone(new_context: NewContext) -> Iterator[BrowserContext]:
    """A villager's; it has a signal again in the end."""
    context = new_context(viewport=PHONE, has_touch=True)
    yield context
    context.set_offline(False)
