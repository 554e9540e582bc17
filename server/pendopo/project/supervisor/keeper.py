"""A program that is kept running: started again, with growing pauses, whenever it ends before it
is told to."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from pendopo.project.supervisor.child import Child, Program
from pendopo.project.supervisor.console import say

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
PROVEN_AFTER = 30.0  # a life this long sets the pause back
Probe = Callable[[Child], Awaitable[None]]
AfterRestart = Callable[[], Awaitable[None]]


class Watcher(Protocol):
    """Hears of every start and end."""

    def process_changed(self, name: str, pid: int | None) -> None: ...


class NotReady(Exception):
    """A process ended, or did not get ready in time; the message says which."""


class Keeper:
    """Keeps one program running from ``start`` to ``stop``."""

    def __init__(
        self,
        program: Program,
        ready: Probe,
        watcher: Watcher,
        after_restart: AfterRestart | None = None,
    ) -> None:
        """``ready`` returns once the given life answers, or raises :class:`NotReady`.

        ``after_restart`` follows whenever a later life than the first is ready.
        """
        self.program = program
        self._ready = ready
        self._after_restart = after_restart
        self._watcher = watcher
        self._child: Child | None = None
        self._stopping = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self._first_ready = asyncio.Event()

    async def start(self, within: float) -> None:
        """Start, and return when it is ready for the first time, ``within`` so many seconds.

        Raises :class:`NotReady`.
        """
        self._keeping = asyncio.create_task(self._keep())
        try:
            await asyncio.wait_for(self._first_ready.wait(), within)
        except TimeoutError:
            raise NotReady(
                f"{self.program.name} did not get ready within {within:.0f} s; its own lines above "
                "say why."
            ) from None

    async def stop(self) -> None:
        """Stop it for good."""
        self._stopping.set()
        if self._child:
            await self._child.stop()
        if self._keeping:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])

    def kill(self) -> None:
        """End it at once, without asking."""
        if self._child and self._child.running:
            self._child.kill()

    async def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            begun = time.monotonic()
            reason = await self._live()
            if self._stopping.is_set():
                return
            if time.monotonic() - begun > PROVEN_AFTER:
                pause = FIRST_PAUSE
            say(self.program.name, f"{reason}; starting again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _live(self) -> str:
        """One life, from start to end; how it ended."""
        try:
            child = self._child = await Child.spawn(self.program)
        except OSError as error:
            return f"could not be started ({error})"
        self._watcher.process_changed(self.program.name, child.pid)
        readying = asyncio.create_task(self._get_ready(child))
        try:
            code = await child.ended()
        finally:
            readying.cancel()
            self._watcher.process_changed(self.program.name, None)
        return f"ended with exit code {code}" if code >= 0 else f"was ended by signal {-code}"

    async def _get_ready(self, child: Child) -> None:
        try:
            await self._ready(child)
        except NotReady as problem:
            say(self.program.name, str(problem))
            return
        say(self.program.name, "up")
        if self._first_ready.is_set() and self._after_restart:
            await self._after_restart()
        self._first_ready.set()
