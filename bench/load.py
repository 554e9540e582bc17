"""A client that asks at fixed times, whether answers come or not.

It is light enough not to be what is measured: one protocol object a connection, no HTTP library.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Self, cast
from urllib.parse import urlsplit

LONGEST_WAIT = 15.0  # seconds; a request without an answer by then is an error
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """One request: seconds from when it was due, seconds on the wire, status (0: no answer)."""

    since_due: float
    on_wire: float
    status: int


class _Line(asyncio.Protocol):
    """One kept connection with at most one request under way."""

    def __init__(self) -> None:
        self.open = False
        self._transport: asyncio.WriteTransport | None = None
        self._came = bytearray()
        self._answer: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are none of asyncio's classes.
        self._transport, self.open = cast(asyncio.WriteTransport, transport), True

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Sends it; the status, when the whole answer has come."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._came += data
        end = self._came.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._came, 0, end)
        if length is None or self._answer is None:
            self.close()  # an answer without a length, or one that nobody asked for
        elif len(self._came) >= end + 4 + int(length[1]):
            status = int(self._came[9:12])
            self._came.clear()
            if not self._answer.done():
                self._answer.set_result(status)

    def connection_lost(self, _: Exception | None) -> None:
        self.open = False
        if self._answer and not self._answer.done():
            self._answer.set_result(0)

    def close(self) -> None:
        self.open = False
        if self._transport:
            self._transport.close()


class Client:
    """A fixed number of connections to one server, used in turn."""

    def __init__(self, base_url: str, connections: int = 32) -> None:
        where = urlsplit(base_url)
        self.host, self.port = where.hostname or "localhost", where.port or 80
        self._connections = connections
        self._idle: asyncio.Queue[_Line] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        for line in await asyncio.gather(*(self._connect() for _ in range(self._connections))):
            self._idle.put_nowait(line)
        return self

    async def __aexit__(self, *_: object) -> None:
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def request(
        self, method: str, path: str, headers: dict[str, str], body: object = None
    ) -> bytes:
        """The bytes of a request."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + content

    async def ask(self, request: bytes, due: float | None = None) -> Sample:
        """One request, on the connection that has been idle longest."""
        due = time.perf_counter() if due is None else due
        line = await self._idle.get()
        try:
            if not line.open:
                line = await self._connect()
            sent = time.perf_counter()
            async with asyncio.timeout(LONGEST_WAIT):
                status = await line.ask(request)
        except (OSError, TimeoutError):
            line.close()
            status = 0
        finally:
            self._idle.put_nowait(line)
        now = time.perf_counter()
        return Sample(now - due, now - sent if status else LONGEST_WAIT, status)

    async def ask_steadily(self, request: bytes, rate: float, seconds: float) -> list[Sample]:
        """So many a second for so long, each at its time; returns when all are answered."""
        start, under_way = time.perf_counter() + 0.1, []
        for number in range(round(rate * seconds)):
            due = start + number / rate
            ahead = due - time.perf_counter()
            if ahead > 0:
                await asyncio.sleep(ahead)
            under_way.append(asyncio.create_task(self.ask(request, due)))
        return list(await asyncio.gather(*under_way))

    async def _connect(self) -> _Line:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(_Line, self.host, self.port)
        return line
