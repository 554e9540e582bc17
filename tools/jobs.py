"""Jobs that run side by side, with visible progress.

Standard library only: it runs before anything is installed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build" / "log"
LINES_SHOWN = 40
STOPPED = "stopped, because another one failed"
REFRESH, REPORT = 0.2, 5.0  # seconds between looks: on a terminal, in a log


class Failed(Exception):
    """A job can't go on; the message is a sentence with the remedy."""


@dataclass
class Job:
    """Some work under a name.

    ``work`` gets the job and calls :meth:`run`; whatever it raises as ``Failed`` is shown.
    """

    name: str
    work: Callable[["Job"], None]
    remedy: str = ""
    begun: float = 0.0
    ended: float = 0.0
    step: str = ""
    problem: str = ""
    note: str = ""
    process: subprocess.Popen[bytes] | None = None
    cancelled: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """All output of the job."""
        return LOGS / f"{self.name}.log"

    def run(self, argv: Sequence[str | Path], cwd: Path = ROOT) -> None:
        """Run one program to its end; its output goes to the log. Raises ``Failed``."""
        self.step = " ".join(str(word) for word in argv)
        with self.log.open("ab") as out:
            out.write(f"$ {self.step}\n".encode())
            out.flush()
            if self.cancelled:
                raise Failed(STOPPED)
            try:
                self.process = subprocess.Popen(
                    argv,
                    cwd=cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    env={**os.environ, **self.environment},
                )
            except FileNotFoundError:
                raise Failed(f"{argv[0]} is not installed. {self.remedy}".strip()) from None
        code = self.process.wait()
        if self.cancelled:
            raise Failed(STOPPED)
        if code:
            raise Failed(f"`{self.step}` ended with exit code {code}. {self.remedy}".strip())

    def cancel(self) -> None:
        """End it, with all that it started."""
        self.cancelled = True
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)

    def last_line(self) -> str:
        """What it printed last."""
        with suppress(OSError), self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 2000))
            lines = file.read().decode(errors="replace").replace("\r", "\n").split("\n")
            return next((line.strip() for line in reversed(lines) if line.strip()), "")
        return ""

    def attend(self) -> None:
        """Do the work and note how it ended."""
        self.begun = time.monotonic()
        self.log.write_bytes(b"")
        try:
            self.work(self)
        except Failed as problem:
            self.problem = str(problem)
        except OSError as problem:
            self.problem = f"{problem}. {self.remedy}".strip()
        self.ended = time.monotonic()

    def state(self) -> str:
        """One line: how far it is."""
        seconds = (self.ended or time.monotonic()) - self.begun
        if self.problem:
            return f"{self.name:<12} failed after {seconds:.0f} s"
        if self.ended:
            return f"{self.name:<12} done in {seconds:.1f} s {self.note}".rstrip()
        return f"{self.name:<12} {seconds:4.0f} s  {self.last_line()}"


def run_side_by_side(jobs: list[Job], at_once: int = 0, stop_at_failure: bool = True) -> list[Job]:
    """Run ``jobs``, at most ``at_once`` together (0: all); those that failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    gate = threading.Semaphore(at_once or len(jobs) or 1)

    def attend(job: Job) -> None:
        with gate:
            if not job.cancelled:
                job.attend()

    threads = [threading.Thread(target=attend, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        _watch(jobs, threads, stop_at_failure)
    except KeyboardInterrupt:
        for job in jobs:
            job.cancel()
        sys.exit(130)
    return [job for job in jobs if job.problem and job.problem != STOPPED]


def explain(job: Job) -> str:
    """The end of what a failed job printed, and what to do."""
    lines = job.log.read_text(errors="replace").rstrip().split("\n")[-LINES_SHOWN:]
    return "\n".join([f"──── {job.name}", *lines, f"──── {job.name}: {job.problem}"])


def _watch(jobs: list[Job], threads: list[threading.Thread], stop_at_failure: bool) -> None:
    show = _Terminal() if sys.stdout.isatty() else _Log()
    while any(thread.is_alive() for thread in threads):
        time.sleep(REFRESH)
        show.refresh(jobs)
        if stop_at_failure and any(job.problem for job in jobs):
            for job in jobs:
                job.cancel()
    show.refresh(jobs)


class _Terminal:
    """A line for each job, drawn over."""

    def __init__(self) -> None:
        self._drawn = 0

    def refresh(self, jobs: list[Job]) -> None:
        width = os.get_terminal_size().columns - 1
        lines = [job.state()[:width] for job in jobs if job.begun]
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        print(up + "".join(f"\x1b[2K{line}\n" for line in lines), end="", flush=True)
        self._drawn = len(lines)


class _Log:
    """A line for each job that runs every few seconds, and one when it ends."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def refresh(self, jobs: list[Job]) -> None:
        now = time.monotonic()
        for job in jobs:
            if not job.begun or self._told.get(job.name) == float("inf"):
                continue
            if job.ended or now - self._told.get(job.name, job.begun) > REPORT:
                self._told[job.name] = float("inf") if job.ended else now
                print(job.state()[:200], flush=True)
