"""A network namespace as a far place: one cable leads to the office, and it can be pulled.

Inside, the office has the addresses that it has outside (127.0.0.1 and its ports), so that pages
are a secure context and LiveKit's address works; what is sent there goes over the cable.
"""

import os
import shutil
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.plugins.waiting import until

NEEDED = ("ip", "socat")
LISTENS = {"TCP": "0A", "UDP": "07"}  # states in /proc/net


def why_not() -> str:
    """Why this machine has no far places; empty when it has."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    place = f"pendopo-try-{os.getpid()}"
    try:
        ip("netns", "add", place)
        ip("netns", "del", place)
    except subprocess.CalledProcessError as error:
        return f"network namespaces are not allowed here: {error.stderr.strip()}"
    return ""


def ip(*words: str) -> None:
    """Runs `ip`; an error is an error."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def ip_prints(*words: str) -> str:
    """What `ip` answers."""
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True).stdout


class Cable:
    """The far place with its cable. A context manager: nothing of it stays."""

    def __init__(self, folder: Path, tcp: list[int], udp: list[int]) -> None:
        """``folder`` gets the program that starts a Chromium in the far place."""
        self.place = f"pendopo-{os.getpid()}"
        self.near, self.far = f"pdn{os.getpid()}", f"pdf{os.getpid()}"
        # Addresses for measurements (RFC 2544): nobody's network; another one for each test run.
        network = f"198.18.{os.getpid() % 256}"
        self.here, self.there = f"{network}.1", f"{network}.2"
        self.chromium = folder / "chromium-far-away"
        self._ports = [("TCP", port) for port in tcp] + [("UDP", port) for port in udp]
        self._laid = ExitStack()

    def __enter__(self) -> Self:
        try:
            self._lay()
        except BaseException:
            self._laid.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._laid.close()

    def pull(self) -> None:
        """Nothing gets through any more."""
        ip("link", "set", self.near, "down")

    def plug_in(self) -> None:
        """Everything gets through again."""
        ip("link", "set", self.near, "up")

    def forbid(self, *which: str) -> None:
        """From now on nothing of this kind leaves the far place, as in `ipproto udp dport 443`."""
        ip("-n", self.place, "rule", "add", "pref", "1", *which, "prohibit")

    def allow(self) -> None:
        """Everything that was forbidden leaves again."""
        while ip_prints("-n", self.place, "rule", "show", "pref", "1"):
            ip("-n", self.place, "rule", "delete", "pref", "1")

    def reaches(self, port: int) -> bool:
        """Whether the office takes a TCP connection from the far place at this port."""
        words = ["socat", "-u", "/dev/null", f"TCP:{self.here}:{port},connect-timeout=3"]
        inside = ["ip", "netns", "exec", self.place]
        return subprocess.run([*inside, *words], capture_output=True, check=False).returncode == 0

    def _lay(self) -> None:
        ip("netns", "add", self.place)
        self._laid.callback(ip, "netns", "delete", self.place)
        ip("link", "add", self.near, "type", "veth", "peer", self.far, "netns", self.place)
        self._laid.callback(ip, "link", "delete", self.near)
        ip("address", "add", f"{self.here}/30", "dev", self.near)
        ip("-n", self.place, "address", "add", f"{self.there}/30", "dev", self.far)
        ip("link", "set", self.near, "up")
        for name in ("lo", self.far):
            ip("-n", self.place, "link", "set", name, "up")
        ip("-n", self.place, "route", "add", "default", "via", self.here)
        for kind, port in self._ports:
            self._forward([], kind, port, self.here, f"127.0.0.1:{port}")
            inside = ["ip", "netns", "exec", self.place]
            self._forward(inside, kind, port, "127.0.0.1", f"{self.here}:{port}")
        chromium = shutil.which("chromium")
        self.chromium.write_text(
            f'#!/bin/sh\nexec ip netns exec {self.place} {chromium} "$@"\n', encoding="utf-8"
        )
        self.chromium.chmod(0o755)

    def leads(self, port: int, to_port: int) -> None:
        """From now on what comes over the cable to ``port`` (TCP) goes to another, as a router may
        do it."""
        self._forward([], "TCP", port, self.here, f"{self.here}:{to_port}")

    def _forward(self, where: list[str], kind: str, port: int, at: str, to: str) -> None:
        """What comes to ``port`` at one address goes on to a port at another."""
        words = [f"{kind}-LISTEN:{port},bind={at},fork,reuseaddr", f"{kind}:{to}"]
        process = subprocess.Popen(
            [*where, "socat", *words], stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._laid.callback(_end, process)
        until(lambda: _listens(process, kind, port), f"{kind} {port} is forwarded", 10)


def _listens(process: subprocess.Popen[bytes], kind: str, port: int) -> bool:
    assert process.poll() is None, f"socat for {kind} {port} ended"
    sockets = Path(f"/proc/{process.pid}/net/{kind.lower()}").read_text(encoding="ascii")
    rows = [line.split() for line in sockets.splitlines()[1:]]
    wanted = f":{port:04X}"
    return any(row[1].endswith(wanted) and row[3] == LISTENS[kind] for row in rows)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it with the children that carry single connections."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
