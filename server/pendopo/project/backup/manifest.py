"""What a backup says of itself, and the checks that it must pass before anything is restored."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
# Folders of PENDOPO_DATA that a new machine can not make anew.
KEPT_FOLDERS = ("files", "secrets", "caddy")


class BackupError(Exception):
    """A backup can not be made or taken back; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Manifest:
    """``rows``: table → rows in the snapshot that was dumped. ``files``: path in the backup →
    [SHA-256 in hex, size in bytes]. ``migrations``: [app, name] of all that the database has.
    ``transaction_id`` is above those of all transactions in the snapshot: the journal is ordered by
    them."""

    format: int
    pendopo: str
    postgresql: int
    transaction_id: int
    made_at: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: dict[str, list[Any]]
    verified: bool

    def write(self, folder: Path) -> None:
        """Into its place in a backup's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises ``BackupError``."""
    file = folder / MANIFEST
    try:
        facts = json.loads(file.read_text())
    except FileNotFoundError:
        raise BackupError(
            f"{folder} is no backup, for it has no {MANIFEST}: name the folder that "
            "`pendopo backup` printed."
        ) from None
    except (OSError, ValueError) as error:
        raise BackupError(f"{file} can't be read ({error}): use another backup.") from None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise BackupError(
            f"{folder} has a form that this version does not know: restore it with a newer Pendopo."
        )
    try:
        return Manifest(**facts)
    except TypeError as error:
        raise BackupError(f"{file} is damaged ({error}): use another backup.") from None


def digest_of(file: Path) -> list[Any]:
    """SHA-256 in hex, and size in bytes."""
    with file.open("rb") as content:
        return [hashlib.file_digest(content, "sha256").hexdigest(), file.stat().st_size]


def files_below(folder: Path) -> Iterator[Path]:
    """All plain files, in a fixed order. Links are nothing of ours and are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def check_files(folder: Path, manifest: Manifest) -> None:
    """Every file of the manifest is there and unchanged, and there is no other.

    Raises ``BackupError`` naming the file.
    """
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise BackupError(f"{path} is a link, which no backup holds: use another backup.")
    for name, expected in manifest.files.items():
        if not is_safe(name):
            raise BackupError(f"{folder / MANIFEST} names a file outside of it: don't trust it.")
        file = folder / name
        if not file.is_file():
            raise BackupError(f"{file} is missing: use another backup.")
        if digest_of(file) != list(expected):
            raise BackupError(f"{file} was changed or damaged: use another backup.")
    found = {path.relative_to(folder).as_posix() for path in files_below(folder)}
    if strangers := found - set(manifest.files) - {MANIFEST}:
        raise BackupError(
            f"{folder} holds {sorted(strangers)[0]}, which is not part of the backup: remove it."
        )


def is_safe(name: str) -> bool:
    """Whether a path of a manifest stays inside: the dump, or below a folder that is kept."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or "\\" in name:
        return False
    if name == DUMP:
        return True
    return len(path.parts) > 2 and path.parts[0] == FILES and path.parts[1] in KEPT_FOLDERS
