"""From the click on "enter" to the first frame of somebody else: our page against a bare one.

`python -m bench.join`; what the figures mean stands in README.md.
"""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright, expect

from bench.bare_page import build, served
from bench.figures import circumstances, row, spread
from bench.installation import Installation, installation
from tests.browser.conftest import CHROMIUM, DEVICES, PLAIN, SIZE

HERE = Path(__file__).parent
WATCH = (HERE / "watch.js").read_text()
PATIENCE = 40_000  # milliseconds
READING = 3.0  # seconds that a page stands before the click: a name is written meanwhile
SETTLING = 6.0  # seconds after the last one left; the publisher's unwatched layers pause after five

Steps = dict[str, float]
STEPS = (
    "devices asked", "asked", "answered", "socket", "socket open", "join answer", "peer",
    "remote offer", "remote answer", "connected", "video track", "frame received",
    "frame shown", "seen",
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two pages."""

    name: str
    url: str
    button: str
    picture: str
    writes_name: bool = False


@dataclass
class Sent:
    """The JavaScript that a page loaded before the click."""

    requests: list[Request]

    async def size(self) -> int:
        """Bytes of the bodies as they came over the wire."""
        sizes = [await request.sizes() for request in self.requests]
        return sum(size["responseBodySize"] for size in sizes)

    async def encodings(self) -> set[str]:
        """How they were compressed."""
        answers = [await request.response() for request in self.requests]
        return {each.headers.get("content-encoding", "none") for each in answers if each}


class Bench:
    """A browser, a meeting with a publisher in it, and the two pages that lead there.

    The publisher sits at a browser of their own: in one browser all pages share one camera, and who
    shows a preview of it would slow down the very picture that is waited for.
    """

    def __init__(self, browser: Browser, theirs: Browser, slug: str, at: Installation) -> None:
        self._browser, self._theirs, self._door = browser, theirs, f"{at.base_url}/j/{slug}"
        self._publisher: Page | None = None
        self._identity = ""

    async def publish(self) -> None:
        """Somebody with a camera comes in through our own page, and stays."""
        self._publisher = await (await self._context(self._theirs)).new_page()
        await self._publisher.goto(self._door)
        await self._publisher.get_by_test_id("join-name").fill("Penyaji")
        async with self._publisher.expect_response(lambda each: each.url.endswith("/seats")) as had:
            await self._publisher.get_by_test_id("join-enter").click()
        self._identity = (await (await had.value).json())["participant_id"]
        await self._alone()

    def sides(self, bare_url: str) -> tuple[Side, Side]:
        """Ours and the bare one."""
        tile = f'[data-testid="tile"][data-identity="{self._identity}"] video'
        ours = Side("ours", self._door, '[data-testid="join-enter"]', tile, writes_name=True)
        return ours, Side("bare", bare_url, "#enter", "#remote video")

    async def join(self, side: Side) -> tuple[Steps, Sent]:
        """One visit of a device with nothing stored, from the click to the first frame."""
        context = await self._context(self._browser)
        marks = json.dumps({"button": side.button, "picture": side.picture})
        await context.add_init_script(f"window.bench = {marks};\n{WATCH}")
        page = await context.new_page()
        scripts: list[Request] = []
        page.on("requestfinished", lambda each: _keep_script(each, scripts))
        await page.goto(side.url)
        await page.locator(side.button).wait_for()
        if side.writes_name:
            await page.get_by_test_id("join-name").fill("Tamu")
        await asyncio.sleep(READING)
        sent = Sent(list(scripts))
        await page.locator(side.button).click()
        async with asyncio.timeout(PATIENCE / 1000):
            steps: Steps = await page.evaluate("bench.done")
        await page.goto("about:blank")  # leaves as a closed tab does
        await self._alone()
        await asyncio.sleep(SETTLING)
        return steps, sent

    async def _alone(self) -> None:
        """Until the publisher is the only one in the meeting, and connected."""
        assert self._publisher
        tiles = self._publisher.get_by_test_id("tile")
        await expect(tiles).to_have_count(1, timeout=PATIENCE)
        await self._publisher.locator('[data-link="connected"]').wait_for()

    async def _context(self, browser: Browser) -> BrowserContext:
        context = await browser.new_context(viewport=SIZE, locale="id-ID")
        context.set_default_timeout(PATIENCE)
        return context


def _keep_script(request: Request, kept: list[Request]) -> None:
    if request.resource_type == "script":
        kept.append(request)


async def measure(at: Installation, rounds: int) -> dict[str, list[Steps]]:
    """One round of each page to warm up, then all rounds in turn; the steps of each."""
    meeting = at.new_meeting()
    with tempfile.TemporaryDirectory(prefix="pendopo-bare-") as folder:
        build(Path(folder))
        async with (
            served(Path(folder), at, meeting["id"]) as bare_url,
            _chromium() as browser,
            _chromium() as theirs,
        ):
            bench = Bench(browser, theirs, meeting["slug"], at)
            await bench.publish()
            ours, bare = bench.sides(bare_url)
            for side in (ours, bare):
                await bench.join(side)
            return await _rounds(bench, ours, bare, rounds)


async def _rounds(bench: Bench, ours: Side, bare: Side, rounds: int) -> dict[str, list[Steps]]:
    """Both pages in turn; who goes first changes from round to round."""
    found: dict[str, list[Steps]] = {ours.name: [], bare.name: []}
    print(circumstances(), row("round", "ours ms", "bare ms", "load"), sep="\n", flush=True)
    for number in range(rounds):
        for side in (ours, bare) if number % 2 == 0 else (bare, ours):
            steps, sent = await bench.join(side)
            found[side.name].append(steps)
            if side is ours and number == 0:
                scripts = f"{await sent.size()} bytes, {len(sent.requests)} files"
                coding = ", ".join(sorted(await sent.encodings()))
        seen = [f"{found[side.name][-1]['seen']:.0f}" for side in (ours, bare)]
        print(row(number + 1, *seen, f"{os.getloadavg()[0]:.1f}"), flush=True)
    print(f"\nJavaScript of our page before the click, as sent ({coding}): {scripts}")
    return found


def _summary(found: dict[str, list[Steps]]) -> None:
    """Medians of both pages, step by step, and how they compare."""
    ours, bare = found["ours"], found["bare"]
    print(row("\nms since the click", "ours", "bare", width=22))
    for step in STEPS:
        times = [[steps[step] for steps in side if step in steps] for side in (ours, bare)]
        if any(times):
            print(row(f"  {step}", *(spread(each) if each else "–" for each in times), width=22))
    widths = [[steps["width"] for steps in side] for side in (ours, bare)]
    print(row("  width of that frame", *map(spread, widths), width=22))
    seen = [[steps["seen"] for steps in side] for side in (ours, bare)]
    pairs = [one / other for one, other in zip(*seen, strict=True)]
    print(f"\nours / bare: {median(seen[0]) / median(seen[1]):.2f} of the medians,")
    print(f"             {spread(pairs, 2)} pair by pair")
    print(circumstances())


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*PLAIN, *DEVICES]
        )
        try:
            yield running
        finally:
            await running.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.join", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--trace", type=Path, help="write every step of every round here, as JSON")
    given = parser.parse_args()
    with installation() as at:
        found = asyncio.run(measure(at, given.rounds))
    _summary(found)
    if given.trace:
        given.trace.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
