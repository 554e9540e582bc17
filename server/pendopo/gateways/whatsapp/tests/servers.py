"""A server that takes WhatsApp messages by real HTTP, or does anything else that servers do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, Any]


@dataclass
class Gateway:
    """What it answers, and what it was asked."""

    url: str = ""
    status: int = 200
    content: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    hangs: bool = False
    hangs_up: bool = False
    endless: bool = False
    dripping: bool = False
    ended: Event = field(default_factory=Event)

    def answers(self, status: int, value: Any) -> None:
        """From now on; a value that is no text goes out as JSON."""
        self.status = status
        self.content = value if isinstance(value, bytes) else json.dumps(value).encode()


class _Takes(BaseHTTPRequestHandler):
    gateway: Gateway

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the library's name)
        """Tests print nothing."""

    def do_POST(self) -> None:
        gateway = self.gateway
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        names = {name.lower(): value for name, value in self.headers.items()}
        gateway.asked.append(Asked(self.path, names, body))
        if gateway.hangs_up or (gateway.hangs and not gateway.ended.wait(20)):
            self.close_connection = True
            return
        self.send_response(gateway.status)
        for name, value in gateway.headers.items():
            self.send_header(name, value)
        self._write()

    def _write(self) -> None:
        gateway = self.gateway
        if not (gateway.endless or gateway.dripping):
            self.send_header("Content-Length", str(len(gateway.content)))
            self.end_headers()
            self.wfile.write(gateway.content)
            return
        self.end_headers()
        pause, part = (0.02, b" ") if gateway.dripping else (0, b" " * 65_536)
        with suppress(OSError):  # the other side has heard enough
            while not gateway.ended.wait(pause):
                self.wfile.write(part)


@contextmanager
def gateway_running() -> Iterator[Gateway]:
    """Takes everything until it is told otherwise."""
    gateway = Gateway()
    handler = type("Takes", (_Takes,), {"gateway": gateway})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
