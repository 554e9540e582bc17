"""What others sent is opened only here: in a process of its own, with bounded memory and time.

The process reads and writes one folder and knows neither the database nor a secret. See
docs/decisions/0015.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pendopo.files.cleaning.unfit import NO_ROOM
from pendopo.files.disk import room_on_disk
from pendopo.files.rules import MB, Kind
from pendopo.foundation.errors import Refused

log = logging.getLogger(__name__)
MEMORY = 768 * MB  # bytes of address space, all libraries included
LARGEST_RESULT = 150 * MB  # bytes
SECONDS, SECONDS_A_FILE = 20, 3  # of a processor's time
PATIENCE = 4  # the clock's time may be so many times the processor's: others work too
# Of one of our processes. Who comes later waits, but not for ever.
AT_ONCE, LONGEST_WAIT = 2, 60
_places = threading.BoundedSemaphore(AT_ONCE)
_LARGEST_REPORT = 64_000


@dataclass(frozen=True)
class Result:
    """What came out: a file of the working folder, what it is, and its pages if it is a PDF."""

    path: Path
    media_type: str
    pages: int | None


@dataclass(frozen=True)
class Input:
    """A file of the working folder, and the name to say when it is refused."""

    path: Path
    kind: Kind
    called: str


def work_on(job: str, folder: Path, inputs: Sequence[Input], **more: int) -> Result:
    """Has the job done in a process of its own that sees its files in ``folder``.

    Raises ``Refused``: what the job says about a file; ``file_damaged`` when the process broke on
    it, ``file_too_complex`` when it wanted too much memory or time, ``files_busy``, ``disk_full``.
    """
    seconds = SECONDS + SECONDS_A_FILE * len(inputs)
    order = {
        "job": job,
        "inputs": [{"path": each.path.name, "kind": each.kind} for each in inputs],
        "limits": {"memory": MEMORY, "cpu_seconds": seconds, "file_size": LARGEST_RESULT},
        **more,
    }
    with _a_place(), room_on_disk():
        ended = _run(order, folder, seconds * PATIENCE)
    if ended == NO_ROOM:
        raise Refused("disk_full")
    report = _report(folder, ended)
    if "unfit" in report:
        facts = dict(report["facts"])
        position = facts.pop("position", 0)
        raise Refused(report["unfit"], **facts, file=inputs[position].called, number=position + 1)
    return Result(folder / "out", report["media_type"], report["pages"])


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=LONGEST_WAIT):
        raise Refused("files_busy")
    try:
        yield
    finally:
        _places.release()


def _run(order: Mapping[str, Any], folder: Path, patience: float) -> int:
    """The process's return code; the negative number of a signal that ended it."""
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "pendopo.files.cleaning", json.dumps(order)],
            cwd=folder,
            env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _report(folder: Path, ended: int) -> dict[str, Any]:
    if ended == 0:
        try:
            with (folder / "result.json").open("rb") as file:
                report: dict[str, Any] = json.loads(file.read(_LARGEST_REPORT))
        except (OSError, ValueError):
            ended = 1
        else:
            return report
    # Only the class of the error: its text may hold something of the file.
    log.warning("cleaning a file ended with %s (%s)", ended, _class_of_error(folder / "errors"))
    is_too_much = ended in {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}
    return {"unfit": "file_too_complex" if is_too_much else "file_damaged", "facts": {}}


def _class_of_error(errors: Path) -> str:
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - 2000))
        lines = file.read().decode(errors="replace").splitlines()
    last = lines[-1].partition(":")[0] if lines else ""
    return last if last.replace(".", "").replace("_", "").isalnum() else "unknown"
