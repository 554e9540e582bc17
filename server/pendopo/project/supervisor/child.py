"""One life of one program: started, listened to, stopped, and swept up after."""

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pendopo.project.process import birth
from pendopo.project.supervisor.console import say

LONGEST_LINE = 2**20


@dataclass(frozen=True)
class Program:
    """What to start, and how it wants to be stopped: a signal and the seconds it is given for
    it, one after the other."""

    name: str
    argv: list[str]
    stop: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 15),)
    options: Mapping[str, Any] = field(default_factory=lambda: {"preexec_fn": birth()})
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """A running process.

    Its output is passed on line by line; nothing of its process group survives it.
    """

    def __init__(
        self, program: Program, process: asyncio.subprocess.Process, output: "Output"
    ) -> None:
        self.program = program
        self.process = process
        self._output = output
        self._ended = asyncio.create_task(self._attend())

    @classmethod
    async def spawn(cls, program: Program) -> "Child":
        """Start ``program``. Raises ``OSError``."""
        # A pipe of our own: while a grandchild holds asyncio's open, wait() does not return.
        reading, writing = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *program.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **program.environment},
                **program.options,
            )
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return cls(program, process, await Output.open(program.name, reading))

    @property
    def pid(self) -> int:
        """The process, which leads a group of the same number."""
        return self.process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.returncode is None

    async def ended(self) -> int:
        """Wait for the end, of its process group too; the exit code, negative for a signal."""
        return await asyncio.shield(self._ended)

    async def _attend(self) -> int:
        code = await self.process.wait()
        self.kill()  # whatever it left behind would hold ports and locks
        await self._output.close()
        return code

    async def stop(self) -> None:
        """Ask in the program's own way, then insist."""
        for wish, seconds in self.program.stop:
            if not self.running:
                break
            with suppress(ProcessLookupError):
                self.process.send_signal(wish)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.ended(), seconds)
        if self.running:
            say(self.program.name, "does not stop when asked; killed")
            self.kill()
        await self.ended()

    def kill(self) -> None:
        """End its whole process group without asking."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


class Output:
    """What a process prints, passed on line by line."""

    def __init__(
        self, name: str, reader: asyncio.StreamReader, transport: asyncio.ReadTransport
    ) -> None:
        self._name = name
        self._reader = reader
        self._transport = transport
        self._passing_on = asyncio.create_task(self._pass_on())

    @classmethod
    async def open(cls, name: str, descriptor: int) -> "Output":
        """Read from ``descriptor`` and close it in the end."""
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0)
        )
        return cls(name, reader, transport)

    async def _pass_on(self) -> None:
        while True:
            try:
                line = await self._reader.readline()
            except ValueError:  # longer than the limit; the reader has dropped it
                say(self._name, f"(a line over {LONGEST_LINE} bytes left out)")
                continue
            if not line:
                return
            say(self._name, line.decode(errors="replace").rstrip())

    async def close(self) -> None:
        """Take the last lines, but don't wait for a stranger who holds the pipe open."""
        await asyncio.wait([self._passing_on], timeout=1)
        self._passing_on.cancel()
        self._transport.close()
