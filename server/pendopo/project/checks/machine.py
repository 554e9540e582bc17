"""The machine: its Python, its clock, the room on its disks, and who may read the data folder."""

import ctypes
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pendopo
from pendopo.project.backup.restoring import is_half_restored
from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.deployment import Deployment
from pendopo.project.postgres import Cluster

OLDEST_PYTHON, TOO_NEW_PYTHON = (3, 11), (3, 15)
ROOM = 1_000_000_000  # bytes
_UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)


def machine(deployment: Deployment) -> Iterator[Finding]:
    """All of it. Call it when the data folder could be made and written to."""
    yield python_version(sys.version_info[:2])
    yield clock(time.time())
    yield data_folder(deployment.data)
    if is_half_restored(deployment):
        remedy = "run `pendopo restore` with its backup again"
        yield wrong("restore", f"{deployment.data} is half restored: {remedy}.")
    places = {"room for data": deployment.data}
    if deployment.embedded_database:
        places["room for database"] = Cluster(deployment.data).base
    for subject, place in places.items():
        if place.exists():
            yield room(subject, place, shutil.disk_usage(place).free)


def python_version(version: tuple[int, int]) -> Finding:
    """One that we are tested with."""
    said = ".".join(map(str, version))
    if OLDEST_PYTHON <= version < TOO_NEW_PYTHON:
        return Finding("Python", said)
    last = f"{TOO_NEW_PYTHON[0]}.{TOO_NEW_PYTHON[1] - 1}"
    return wrong("Python", f"is {said}: use 3.11 to {last}, then `make build`.")


def clock(now: float) -> Finding:
    """No earlier than this program; tokens for meetings live a minute and hang on it."""
    said = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S} UTC"
    if now < Path(pendopo.__file__).stat().st_mtime - 60:
        remedy = "set it, best with `timedatectl set-ntp true`"
        return wrong("clock", f"says {said}, before this program was installed: {remedy}.")
    kept = "kept by a time server" if _is_synchronised() else "no time server keeps it right"
    return Finding("clock", f"{said}, {kept}")


def _is_synchronised() -> bool:
    """Whether the kernel knows of a time server; only Linux says."""
    if sys.platform != "linux":
        return False
    question = ctypes.create_string_buffer(512)  # a struct timex whose modes are 0: only ask
    return ctypes.CDLL(None).adjtimex(question) not in (-1, _UNSYNCHRONISED)


def data_folder(folder: Path) -> Finding:
    """Nobody but its owner writes there."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & stat.S_IWOTH:
        return wrong("data folder", f"everybody may write to {folder}: `chmod o-w {folder}`.")
    return Finding("data folder", f"{folder}, mode {mode:o}")


def room(subject: str, place: Path, free: int) -> Finding:
    """At least :data:`ROOM` bytes are free."""
    said = f"{free / 1e9:.1f} GB free at {place}"
    if free < ROOM:
        return wrong(subject, f"only {said}: make room, at least {ROOM / 1e9:.0f} GB.")
    return Finding(subject, said)
