"""A real `pendopo run` for tests: own folder, own ports, own database and LiveKit, nothing left
behind."""

import json
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from pendopo.gateways.caddy.authority import root_file
from pendopo.project.deployment import PORTS_USED
from pendopo.project.postgres import Cluster
from tests.plugins.waiting import until

READY_WITHIN, STOPPED_WITHIN = 120, 40


class Office:
    """A running installation. `start` it; `close` stops it and removes its data."""

    def __init__(self, data: Path | None = None, port: int = 0, **settings: str) -> None:
        """``settings`` go into its environment, which has none of our own."""
        self.folder = Path(tempfile.mkdtemp(prefix="pendopo-office-"))
        self.data = data or self.folder / "var"
        self.port = port or free_ports()
        self.log_file = self.folder / "log"
        ours = ("PENDOPO_", "LIVEKIT_", "DATABASE_URL", "DJANGO_")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        self.environment |= {
            "PENDOPO_DATA": str(self.data),
            "PENDOPO_PORT": str(self.port),
            **settings,
        }
        self.host = ""
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    @classmethod
    def serving(cls, host: str = "127.0.0.1", **settings: str) -> "Office":
        """One that serves other devices under ``host``, on free ports of its own."""
        https, http = free_port(), free_port()
        front = {"PENDOPO_HTTPS_PORT": str(https), "PENDOPO_HTTP_PORT": str(http)}
        office = cls(PENDOPO_HOST=host)
        office.environment |= front | settings
        office.host = host
        return office

    @property
    def front_url(self) -> str:
        """Where other devices find its pages; only with :meth:`serving`."""
        usual = f"https://{self.host}:{self.environment['PENDOPO_HTTPS_PORT']}"
        return self.environment.get("PENDOPO_BASE_URL", usual)

    @property
    def plain_url(self) -> str:
        """Where other devices find its certificate; only with :meth:`serving`."""
        return f"http://{self.host}:{self.environment['PENDOPO_HTTP_PORT']}"

    @property
    def people_url(self) -> str:
        """Where people find its pages."""
        return self.front_url if self.host else self.base_url

    @property
    def root(self) -> Path:
        """The certificate by which it is known."""
        return root_file(self.data / "caddy")

    @property
    def trust(self) -> ssl.SSLContext:
        """By whom a client lets itself be assured that it is the office."""
        return ssl.create_default_context(cafile=self.root if self.host else None)

    @property
    def livekit_url(self) -> str:
        """Where its LiveKit is."""
        return f"ws://localhost:{self.port + 1}"

    @property
    def log(self) -> str:
        """All that it has said so far."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    @property
    def pid(self) -> int:
        """The supervisor."""
        assert self.process
        return self.process.pid

    def start(self, **options: Any) -> "Office":
        """Start without waiting; ``options`` are Popen's. It ends with this process."""
        with self.log_file.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pendopo", "run", "--with-parent"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **options,
            )
        return self

    def wait_ready(self) -> "Office":
        """Until every part of it works."""

        def ready() -> bool:
            assert self.process
            assert self.process.poll() is None, f"ended while starting:\n{self.log[-4000:]}"
            return self.get("/readyz") == 200 and (self.status() or {}).get("state") == "ready"

        until(ready, "the office is ready", READY_WITHIN)
        return self

    def get(self, path: str) -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urlopen(self.base_url + path, timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except OSError:
            return 0

    def status(self) -> dict[str, Any] | None:
        """What it says of itself: pid, port, state, processes, starts."""
        with suppress(OSError, ValueError):
            found: dict[str, Any] = json.loads((self.data / "run" / "status.json").read_text())
            return found
        return None

    def pids(self) -> dict[str, int]:
        """Its parts (`database`, `livekit`, `worker`, `web`, `caddy`) that run now."""
        return dict((self.status() or {}).get("processes", {}))

    def kill(self, name: str, wish: signal.Signals = signal.SIGKILL) -> int:
        """Signal one part; the pid it had."""
        pid = self.pids()[name]
        os.kill(pid, wish)
        return pid

    def command(self, *words: str) -> str:
        """Run a `pendopo` command on this installation; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "pendopo", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self, wish: signal.Signals = signal.SIGINT) -> int:
        """As Ctrl-C does; the exit code."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(wish)
        return self.process.wait(STOPPED_WITHIN)

    def processes(self) -> dict[int, str]:
        """Every process of it that the system has now, whoever its parent is: pid → command."""
        folders = [each for each in Path("/proc").iterdir() if each.name.isdigit()]
        own = {int(each.name): each for each in folders if int(each.name) != os.getpid()}
        commands = {pid: self._command_of(folder) for pid, folder in own.items()}
        return {pid: command for pid, command in commands.items() if command}

    def _command_of(self, folder: Path) -> str:
        """The command line of a process of ours; empty for a stranger and for one that ended."""
        mark, base = f"PENDOPO_DATA={self.data}\0".encode(), str(Cluster(self.data).base)
        try:
            # A PostgreSQL backend paints over its environment, but stands in its data folder.
            marked = mark in (folder / "environ").read_bytes()
            ours = marked or str((folder / "cwd").readlink()).startswith(base)
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            return ""
        return words.decode(errors="replace").strip() if ours else ""

    def close(self) -> None:
        """Stop it and remove everything."""
        try:
            if self.process:
                self.stop()
        except subprocess.TimeoutExpired:
            if self.process:
                self.process.kill()
            raise
        finally:
            Cluster(self.data).remove()
            shutil.rmtree(self.folder, ignore_errors=True)


def free_ports() -> int:
    """The first of as many ports in a row as an installation uses, free now and outside the
    system's own range."""
    while True:
        first = random.randrange(20000, 31000, 10)
        if all(
            _is_free(kind, first + i)
            for i in range(PORTS_USED)
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
        ):
            return first


def free_port() -> int:
    """One that is free for TCP and UDP, outside the system's own range."""
    while True:
        port = random.randrange(31000, 32700)
        if all(_is_free(kind, port) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)):
            return port


def _is_free(kind: socket.SocketKind, port: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One installation for all tests that need a real one; they must leave it running."""
    running = Office().start()
    try:
        yield running.wait_ready()
    finally:
        running.close()
