"""What open event streams cost: database connections, memory, and the speed of other pages.

`python -m bench.streams`; what the figures mean stands in README.md.
"""

import argparse
import asyncio
import time
from collections import Counter
from dataclasses import dataclass

import httpx
import psycopg
import uvloop

from bench.figures import circumstances, milliseconds, percentile, row, spread
from bench.installation import WATCHER, Installation, installation, signed_in
from bench.load import Client
from bench.processes import rss_mb
from pendopo.project.postgres import Cluster

STREAMS = 200
PAGE, PAGE_RATE, PAGE_SECONDS = "/rapat/", 20, 5
WARM_UP = 300  # pages, so that memory and pools have their usual size before anything is counted
PATIENCE = 30  # seconds for all streams to open, or to hear a piece of news
HEAD = row("streams", "page p50", "p95", "p99", "errors", "DB", "busy", "hubs", "RSS MB", width=10)


@dataclass(frozen=True)
class Look:
    """Milliseconds of pages, megabytes of the web processes, connections of all pools."""

    p50: float
    p99: float
    memory: float
    connections: int


class Stream:
    """One open stream of `/sekarang` or of a meeting's door."""

    def __init__(self, client: Client, path: str, cookie: str) -> None:
        headers = {"Cookie": cookie, "Accept": "text/event-stream"}
        self._where, self._request = client, client.request("GET", path, headers)
        self.first = asyncio.Event()
        self.heard: asyncio.Queue[float] = asyncio.Queue()  # when it was told of a change
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        reader, writer = await asyncio.open_connection(self._where.host, self._where.port)
        try:
            writer.write(self._request)
            status = await reader.readline()
            if b" 200 " not in status:
                raise RuntimeError(f"no stream: {status.decode().strip()}")
            while line := await reader.readline():
                if line.startswith(b"retry:"):
                    self.first.set()
                elif line.startswith(b"event: changed"):
                    self.heard.put_nowait(time.perf_counter())
        finally:
            writer.close()

    async def opened(self) -> None:
        """Until its first line has come; raises what went wrong instead."""
        waiting = asyncio.create_task(self.first.wait())
        await asyncio.wait({waiting, self._reading}, return_when=asyncio.FIRST_COMPLETED)
        if not self.first.is_set():
            waiting.cancel()
            await self._reading
            raise RuntimeError("a stream ended before it began")

    async def close(self) -> None:
        """Goes away as a closed tab does."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)


class Bench:
    """An installation whose pages and streams are asked for by one account."""

    def __init__(self, at: Installation, client: Client) -> None:
        if at.office is None:
            raise RuntimeError("only an installation started here tells of its memory")
        self._at, self._client = at, client
        self._database, self._pids = Cluster(at.office.data).url, at.web_pids()
        self._cookie = signed_in(at.base_url, WATCHER)
        self._page = client.request("GET", PAGE, {"Cookie": self._cookie})
        self._slug = at.new_meeting()["slug"]

    async def warm_up(self) -> None:
        """Fills the pools, and opens and closes a few streams."""
        pages = await asyncio.gather(*(self._client.ask(self._page) for _ in range(WARM_UP)))
        if {page.status for page in pages} != {200}:
            raise RuntimeError(f"{PAGE} does not answer: {Counter(page.status for page in pages)}")
        await self._close(await self._open(10))

    async def round(self) -> tuple[Look, Look, Look]:
        """Without streams, with them, without them again."""
        before = await self._look(0)
        streams = await self._open(STREAMS)
        among = await self._look(STREAMS)
        await self._tell(streams)
        await self._close(streams)
        return before, among, await self._look(0)

    async def _look(self, streams: int) -> Look:
        """How pages and processes do while so many streams are open; one printed row."""
        samples = await self._client.ask_steadily(self._page, PAGE_RATE, PAGE_SECONDS)
        times = milliseconds([each.since_due for each in samples])
        p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
        errors = sum(each.status != 200 for each in samples)
        memory, database = rss_mb(self._pids), self._connections()
        cells = [f"{each:.0f}" for each in (p50, p95, p99)]
        print(row(streams, *cells, errors, *database, f"{memory:.0f}", width=10), flush=True)
        return Look(p50, p99, memory, database[0])

    def _connections(self) -> tuple[int, int, int]:
        """Connections of the pools of all processes, those at work or in a transaction, and the
        listeners of the streams' hubs."""
        with psycopg.connect(self._database) as database:
            rows = database.execute(
                "SELECT application_name = 'pendopo-hub', state <> 'idle' FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend'"
                " AND pid <> pg_backend_pid() AND application_name IN ('', 'pendopo-hub')"
            ).fetchall()
        pools = [busy for is_hub, busy in rows if not is_hub]
        return len(pools), sum(map(bool, pools)), len(rows) - len(pools)

    async def _open(self, number: int) -> list[Stream]:
        """Half of them of the page of live meetings, half of a meeting's door."""
        paths = ["/sekarang/peristiwa", f"/j/{self._slug}/peristiwa"]
        streams = [Stream(self._client, paths[n % 2], self._cookie) for n in range(number)]
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(stream.opened() for stream in streams))
        return streams

    async def _tell(self, streams: list[Stream]) -> None:
        """Opens another meeting and waits until everyone on the page of live meetings heard it."""
        watching = streams[::2]
        for stream in watching:
            while not stream.heard.empty():
                stream.heard.get_nowait()
        begun = time.perf_counter()
        await asyncio.to_thread(self._open_meeting)
        answered = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            heard = await asyncio.gather(*(stream.heard.get() for stream in watching))
        told = (max(heard) - begun) * 1000
        own = (answered - begun) * 1000
        print(f"  a meeting opened (its request took {own:.0f} ms): all {len(watching)} streams")
        print(f"  of /sekarang had heard of it {told:.0f} ms after the request began", flush=True)

    def _open_meeting(self) -> None:
        meeting = self._at.new_meeting("Rapat lain")
        with httpx.Client(headers=self._at.headers, timeout=30) as http:
            path = f"{self._at.base_url}/api/v1/meetings/{meeting['id']}/tokens"
            http.post(path, json={"name": "Peserta", "role": "participant"}).raise_for_status()

    async def _close(self, streams: list[Stream]) -> None:
        await asyncio.gather(*(stream.close() for stream in streams))


async def measure(at: Installation, rounds: int) -> None:
    """All rounds, and their summary."""
    print(circumstances(), HEAD, sep="\n", flush=True)
    async with Client(at.base_url, connections=16) as client:
        bench = Bench(at, client)
        await bench.warm_up()
        found = [await bench.round() for _ in range(rounds)]
    _summary(found)


def _summary(found: list[tuple[Look, Look, Look]]) -> None:
    """What the rounds have in common; pages without streams are those before and after them."""
    among = [each for _, each, _ in found]
    alone = [each for before, _, after in found for each in (before, after)]
    taken = [each.memory - before.memory for before, each, _ in found]
    print(f"\n{STREAMS} streams, {len(found)} rounds, median (min–max):")
    print(f"  memory more with streams     {spread(taken, 1)} MB, first round {taken[0]:.1f} MB")
    for name, looks in (("without", alone), ("with", among)):
        p50, p99 = ([getattr(look, each) for look in looks] for each in ("p50", "p99"))
        pools = [float(look.connections) for look in looks]
        print(f"  {name:8} page p50 {spread(p50)} ms, p99 {spread(p99)} ms")
        print(f"  {'':8} database connections {spread(pools)}")
    print(circumstances())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.streams", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    with installation() as at:
        uvloop.run(measure(at, given.rounds))


if __name__ == "__main__":
    main()
