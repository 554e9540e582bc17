"""How fast programs get LiveKit tokens: at a steady rate, and up to where it breaks.

`python -m bench.tokens`; what the figures mean stands in README.md.
"""

import argparse
import time
from dataclasses import dataclass

import uvloop

from bench.figures import circumstances, milliseconds, percentile, row, spread
from bench.installation import Installation, installation
from bench.load import Client, Sample
from bench.processes import cpu_ms

STEADY_RATE, STEADY_SECONDS = 100, 20
STEP, STEP_SECONDS, LAST_STEP = 50, 5, 1000
TOO_SLOW = 0.250  # seconds: a step whose p99 is above this is beyond the ceiling
WARM_UP = 100  # requests


@dataclass(frozen=True)
class Load:
    """What came of one steady load. Times in milliseconds."""

    rate: float
    p50: float
    p95: float
    p99: float
    slowest: float
    wire_p99: float
    errors: int
    server_cpu: float
    client_cpu: float

    def line(self) -> str:
        """As a row under :data:`HEAD`."""
        times = [f"{each:.0f}" for each in (self.p50, self.p95, self.p99, self.slowest)]
        cpu = [f"{each:.1f}" for each in (self.server_cpu, self.client_cpu)]
        return row(f"{self.rate:.0f}/s", *times, f"{self.wire_p99:.0f}", self.errors, *cpu)


HEAD = row("rate", "p50", "p95", "p99", "max", "wire p99", "errors", "web CPU", "own CPU")


class Bench:
    """One meeting, and a client that asks for tokens to it."""

    def __init__(self, at: Installation, client: Client) -> None:
        self._client = client
        self._pids = at.web_pids()
        path = f"/api/v1/meetings/{at.new_meeting()['id']}/tokens"
        body = {"name": "Peserta", "role": "participant"}
        self._request = client.request("POST", path, at.headers, body)

    async def warm_up(self) -> None:
        """Opens the meeting's room and lets every process answer once."""
        for _ in range(WARM_UP):
            answer = await self._client.ask(self._request)
            if answer.status != 201:
                raise RuntimeError(f"no token: status {answer.status}")

    async def load(self, rate: float, seconds: float) -> Load:
        """One steady load."""
        server, own = cpu_ms(self._pids), time.process_time()
        samples = await self._client.ask_steadily(self._request, rate, seconds)
        spent = cpu_ms(self._pids) - server, (time.process_time() - own) * 1000
        return _load(rate, samples, *spent)

    async def ceiling(self) -> float:
        """The highest rate that still held, in steps; zero when even the first did not."""
        held = 0.0
        for rate in range(STEADY_RATE + STEP, LAST_STEP + 1, STEP):
            load = await self.load(rate, STEP_SECONDS)
            print(load.line(), flush=True)
            if load.errors or load.p99 > TOO_SLOW * 1000:
                break
            held = rate
        return held


def _load(rate: float, samples: list[Sample], server_cpu: float, client_cpu: float) -> Load:
    since_due = milliseconds([each.since_due for each in samples])
    on_wire = milliseconds([each.on_wire for each in samples])
    return Load(
        rate=rate,
        p50=percentile(since_due, 0.5),
        p95=percentile(since_due, 0.95),
        p99=percentile(since_due, 0.99),
        slowest=max(since_due),
        wire_p99=percentile(on_wire, 0.99),
        errors=sum(each.status != 201 for each in samples),
        server_cpu=server_cpu / len(samples),
        client_cpu=client_cpu / len(samples),
    )


async def measure(at: Installation, rounds: int, ceiling: bool) -> None:
    """All rounds, and their summary."""
    loads, ceilings = [], []
    print(circumstances(), HEAD, sep="\n", flush=True)
    async with Client(at.base_url) as client:
        for _ in range(rounds):
            bench = Bench(at, client)
            await bench.warm_up()
            loads.append(await bench.load(STEADY_RATE, STEADY_SECONDS))
            print(loads[-1].line(), flush=True)
            if ceiling:
                ceilings.append(await bench.ceiling())
    print(f"\n{STEADY_RATE}/s for {STEADY_SECONDS} s, {rounds} rounds, median (min–max):")
    for name in ("p50", "p95", "p99", "slowest", "wire_p99"):
        print(
            f"  {name.replace('_', ' '):10}{spread([getattr(load, name) for load in loads], 1)} ms"
        )
    print(f"  errors    {sum(load.errors for load in loads)}")
    if at.office:
        print(f"  web CPU   {spread([load.server_cpu for load in loads], 2)} ms a request")
    if ceilings:
        print(f"  ceiling   {spread(ceilings)} requests a second")
    print(circumstances())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.tokens", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--no-ceiling", action="store_true", help="only the steady load")
    parser.add_argument("--url", default="", help="a running installation instead of a fresh one")
    parser.add_argument("--token", default="", help="its API token, scope meetings:write")
    given = parser.parse_args()
    with installation(given.url, given.token) as at:
        uvloop.run(measure(at, given.rounds, not given.no_ceiling))


if __name__ == "__main__":
    main()
