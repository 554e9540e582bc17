"""The folder of a running installation: who holds it, and which processes it has."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pendopo.project.deployment import Deployment, DeploymentError


class FolderTaken(DeploymentError):
    """Another `pendopo` uses the data folder."""


@contextmanager
def held(deployment: Deployment) -> Iterator[None]:
    """Hold the data folder alone while the block runs; the kernel lets go of it however we end.

    Raises `FolderTaken`.
    """
    try:
        deployment.run_folder.mkdir(parents=True, exist_ok=True)
        lock = (deployment.run_folder / "lock").open("w")
    except PermissionError as error:
        raise DeploymentError(
            f"{error.filename} can't be written by this user: make it writable, or choose another "
            "folder with PENDOPO_DATA."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(
                f"Pendopo already runs on {deployment.data}: use that one, stop it, or set another "
                "PENDOPO_DATA and PENDOPO_PORT."
            ) from None
        yield


class Status:
    """The file that tells others what runs: `run/status.json`, replaced whole at every change,
    gone when nothing runs."""

    def __init__(self, deployment: Deployment) -> None:
        self._file = status_file(deployment)
        self._facts: dict[str, Any] = {
            "pid": os.getpid(),
            "port": deployment.port,
            "state": "starting",
            "processes": {},
            "starts": {},
        }
        self._write()

    def process_changed(self, name: str, pid: int | None) -> None:
        """A process has started, or (without a pid) ended."""
        if pid is None:
            self._facts["processes"].pop(name, None)
        else:
            self._facts["processes"][name] = pid
            self._facts["starts"][name] = self._facts["starts"].get(name, 0) + 1
        self._write()

    def state_changed(self, state: str) -> None:
        """`starting`, `ready` or `stopping`."""
        self._facts["state"] = state
        self._write()

    def remove(self) -> None:
        """Nothing runs any more."""
        self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps(self._facts, indent=2) + "\n")
        draft.replace(self._file)


def status_file(deployment: Deployment) -> Path:
    """Where the status of an installation lies."""
    return deployment.run_folder / "status.json"


def read_status(deployment: Deployment) -> dict[str, Any] | None:
    """What runs, or nothing.

    After a kill -9 the file may speak of the dead: compare with the lock or the pids.
    """
    try:
        status: dict[str, Any] = json.loads(status_file(deployment).read_text())
    except (OSError, ValueError):
        return None
    return status
