"""Reactions that can be killed in the middle, and a worker that knows them.

A process with such a worker is started by :func:`start`.
"""

import os
import subprocess
import sys
from pathlib import Path

from pendopo.journal.actions import record
from pendopo.journal.registry import reacts_to
from tests.plugins.waiting import until

FOLDER = "STUBBORN_WORKER_FOLDER"
ROOT = Path(__file__).resolve().parents[2]


def _hang(step: str) -> None:
    """Says that the middle is reached, and stays there as long as it shall."""
    folder = Path(os.environ[FOLDER])
    (folder / f"{step}-reached").touch()
    until(lambda: not (folder / "hang").exists(), "it may go on", seconds=120)


@reacts_to("test.slow_write")
def write(entry) -> None:
    """Writes, and hangs before the commit."""
    record("test.written", entry.subject, "system")
    _hang("write")


@reacts_to("test.written")
def follow(entry) -> None:
    """Follows what a reaction wrote."""
    record("test.followed", entry.subject, "system")


@reacts_to("test.slow_ask", outside=True)
def ask(entry) -> None:
    """Does something outside that can't be taken back, and hangs."""
    with (Path(os.environ[FOLDER]) / "asked").open("a") as outside:
        outside.write(f"{entry.pk}\n")
    _hang("ask")


@reacts_to("test.fails")
def fail(entry) -> None:
    """Fails with words that nobody should keep."""
    raise ValueError("siti@contoh.go.id typed this")


@reacts_to("test.fails_late")
def fail_late(entry) -> None:
    """Writes what others would follow, and fails."""
    record("test.written", entry.subject, "system")
    raise ValueError


def start(folder: Path, database: str) -> subprocess.Popen[bytes]:
    """A worker process of its own, which ends when nothing waits any more."""
    program = (
        "import django; django.setup()\n"
        "import tests.flows.stubborn_worker\n"
        "from django.core.management import call_command\n"
        "call_command('procrastinate', 'worker', '--one-shot', '--concurrency', '1')\n"
    )
    surroundings = {**os.environ, FOLDER: str(folder), "DATABASE_URL": database}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", program], env=surroundings, cwd=ROOT, stdout=log, stderr=log
        )
