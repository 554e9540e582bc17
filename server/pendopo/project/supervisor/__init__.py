"""`pendopo run`: one foreground process that starts all parts in order, keeps them running and
stops them in order.

No part outlives it: the kernel ends each one when its parent goes, whatever the reason.
"""

import asyncio
import signal
import time
from collections.abc import Awaitable

from pendopo.gateways.caddy.authority import read_root, root_file
from pendopo.gateways.caddy.config import CERTIFICATE_PAGE
from pendopo.project import engine, preparation
from pendopo.project.deployment import Deployment
from pendopo.project.front_door import HTTP, netloc
from pendopo.project.postgres import Cluster, ClusterError
from pendopo.project.supervisor import probes, programs
from pendopo.project.supervisor.child import Child, Program
from pendopo.project.supervisor.console import block, say, speak
from pendopo.project.supervisor.keeper import AfterRestart, Keeper, NotReady, Probe
from pendopo.project.supervisor.place import Status, held
from pendopo.project.supervisor.queue import enqueue_reconciliation

ME = "pendopo"
TIME_TO_START = 120.0  # seconds; room for a crash recovery and a busy machine


def run(deployment: Deployment) -> int:
    """Run until Ctrl-C or SIGTERM; the exit code.

    Raises ``DeploymentError`` before anything is started.
    """
    begun = time.monotonic()
    speak(deployment.log_format)
    with held(deployment):
        probes.refuse_taken_ports(deployment)
        engines = engine.find_all(deployment)
        return asyncio.run(_supervise(deployment, engines, begun))


async def _supervise(deployment: Deployment, engines: engine.Engines, begun: float) -> int:
    return await Supervisor(deployment, engines, begun).run()


class Supervisor:
    """All parts of one installation."""

    def __init__(self, deployment: Deployment, engines: engine.Engines, begun: float) -> None:
        """``engines`` are the programs to start; ``begun`` is when we were started ourselves."""
        self.deployment = deployment
        self._engines = engines
        self._begun = begun
        self._cluster = Cluster(deployment.data)
        self._status = Status(deployment)
        self._keepers: dict[str, Keeper] = {}
        self._preparing: Child | None = None
        self._stopping = asyncio.Event()
        self._asked_at = 0.0

    async def run(self) -> int:
        """Start, wait, stop; the exit code."""
        for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(wish, self._asked_to_stop)
        starting = asyncio.create_task(self._start())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
            await stopping
        except (NotReady, ClusterError) as problem:
            say(ME, str(problem))
            return 1
        finally:
            starting.cancel()
            await self._stop()
        return 0

    def _asked_to_stop(self) -> None:
        """The first time in order; when asked again later at once, all but the database."""
        now = time.monotonic()
        if self._asked_at and now - self._asked_at > 1:
            say(ME, "stopping at once")
            for name, keeper in self._keepers.items():
                if name != "database":
                    keeper.kill()
        self._asked_at = self._asked_at or now
        self._stopping.set()

    # ---- starting

    async def _start(self) -> None:
        if self.deployment.embedded_database:
            await self._start_database()
        await _together(self._start_livekit(), self._start_front_door(), self._start_pages())
        await self._wait_until_whole()
        self._status.state_changed("ready")
        self._announce()

    async def _start_database(self) -> None:
        say("database", f"data in {self._cluster.data}")
        await asyncio.to_thread(self._cluster.prepare)
        await asyncio.to_thread(self._cluster.stop_orphan)

        async def ready(child: Child) -> None:
            try:
                await asyncio.to_thread(self._cluster.wait_ready, lambda: not child.running)
            except ClusterError as problem:
                raise NotReady(str(problem)) from None

        await self._keep(programs.database(self._cluster), ready, self._renew_worker)

    async def _renew_worker(self) -> None:
        """A worker would take up to twenty seconds to see that its connections are gone."""
        if worker := self._keepers.get("worker"):
            worker.kill()

    async def _start_livekit(self) -> None:
        if self._engines.livekit is None:
            return
        port = self.deployment.livekit_port
        await self._keep(
            programs.livekit(self.deployment, self._engines),
            lambda child: probes.answers(child, port, "/"),
            self._make_rooms_again,
        )

    async def _make_rooms_again(self) -> None:
        await enqueue_reconciliation(self.deployment.database_url)

    async def _start_front_door(self) -> None:
        if self._engines.caddy is None:
            return
        deployment = self.deployment
        root = root_file(deployment.caddy_folder) if deployment.has_own_authority else None
        await self._keep(
            programs.caddy(deployment, self._engines),
            lambda child: probes.greets(child, deployment, root),
        )

    async def _start_pages(self) -> None:
        await self._prepare()
        url, port = self.deployment.database_url, self.deployment.port
        await _together(
            self._keep(programs.worker(), lambda child: probes.works(child, url)),
            self._keep(
                programs.web(self.deployment), lambda child: probes.answers(child, port, "/healthz")
            ),
        )

    async def _prepare(self) -> None:
        if await asyncio.to_thread(preparation.is_current, self.deployment):
            return
        self._preparing = await Child.spawn(programs.prepare())
        if await self._preparing.ended():
            raise NotReady(
                "The database could not be prepared; the lines of `prepare` above say why."
            )

    async def _keep(
        self, program: Program, ready: Probe, after_restart: AfterRestart | None = None
    ) -> None:
        keeper = Keeper(program, ready, self._status, after_restart)
        self._keepers[program.name] = keeper
        await keeper.start(TIME_TO_START)

    async def _wait_until_whole(self) -> None:
        """Until `/readyz` says yes to the pages, the database, LiveKit and the queue."""
        deadline = time.monotonic() + TIME_TO_START
        while True:
            status, body = await probes.http_get(self.deployment.port, "/readyz")
            if status == 200:
                return
            if time.monotonic() > deadline:
                raise NotReady(f"Not all parts work: /readyz answers {status} {body.strip()[:500]}")
            await asyncio.sleep(probes.PAUSE)

    def _announce(self) -> None:
        deployment, stamp = self.deployment, preparation.read_stamp(self.deployment)
        where = (
            self._cluster.data if deployment.embedded_database else "the database of DATABASE_URL"
        )
        lines = [
            f"Pendopo is ready: {deployment.base_url}   ({time.monotonic() - self._begun:.1f} s)"
        ]
        if deployment.has_own_authority:
            page = f"http://{netloc(deployment.host, deployment.http_port, HTTP)}{CERTIFICATE_PAGE}"
            lines.append(f"Each device must trust it once: {page}")
            if root := read_root(deployment.caddy_folder):
                lines.append(f"SHA-256 of its certificate: {root.fingerprint}")
        if stamp and stamp.accounts:
            lines += ["", f"Demo accounts, all with the password {stamp.password}"]
            lines += [f"  {email:<28} {duty}" for email, duty in stamp.accounts]
            if deployment.serves_others:
                lines.append("Everybody who reaches this machine can use them.")
        if not preparation.is_set_up(deployment.database_url):
            lines += ["", "Set up your office here (the link works once):"]
            lines += [f"  {deployment.first_run_url}"]
        lines += ["", f"Data: {deployment.data}", f"Database: {where}", "Stop: Ctrl-C"]
        block(lines)

    # ---- stopping

    async def _stop(self) -> None:
        """The database last, for the others need it to end well."""
        self._status.state_changed("stopping")
        say(ME, "stopping")
        if self._preparing:
            await self._preparing.stop()
        database = self._keepers.pop("database", None)
        await asyncio.gather(*(keeper.stop() for keeper in self._keepers.values()))
        if database:
            await database.stop()
        self._status.remove()
        say(ME, "stopped")


async def _together(*work: Awaitable[None]) -> None:
    """All at once; the first failure ends the others and is raised."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
