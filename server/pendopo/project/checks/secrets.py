"""The secrets that the first start makes: there, whole, and readable by their owner alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.keys import GENERATORS

SHORTEST = 12  # characters; LiveKit's key is the shortest of ours
# Without it everybody is signed out and every link that was mailed is void.
_CARRIES_SESSIONS = "django_secret_key"


def secret_files(folder: Path, *, in_use: bool) -> Iterator[Finding]:
    """One finding when all is right, else one for each that is not.

    ``in_use``: the database has our tables, so that a missing secret is a loss and no beginning.
    Makes nothing.
    """
    if not folder.exists() and not in_use:
        yield Finding("secrets", "none yet, the first start makes them")
        return
    problems = [wrong("secrets", text) for text in _problems(folder, in_use)]
    yield from problems
    if not problems:
        yield Finding("secrets", f"{len(list(folder.iterdir()))} in {folder}, yours alone")


def _problems(folder: Path, in_use: bool) -> Iterator[str]:
    if in_use and not (folder / _CARRIES_SESSIONS).exists():
        yield (
            f"{folder / _CARRIES_SESSIONS} is missing: bring it back from a backup, or start "
            "without it and have everybody sign in again."
        )
    if not folder.exists():
        return
    if problem := _openness(folder, "700"):
        yield problem
        return
    for name in GENERATORS:
        file = folder / name
        if not file.exists():
            continue
        if problem := _openness(file, "600"):
            yield problem
        elif len(file.read_text(errors="replace").strip()) < SHORTEST:
            yield f"{file} is empty or cut short: bring it back from a backup, or delete it."


def _openness(path: Path, mode: str) -> str:
    state = path.lstat()
    if state.st_uid != os.geteuid():
        return f"{path} belongs to another user: `chown -R` the data folder to who runs Pendopo."
    if path.is_symlink() or state.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"{path} can be read by others: `chmod {mode} {path}`, and change what is in it."
    return ""
