"""Makes a backup, and proves it by restoring it."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pendopo.project.backup import database
from pendopo.project.backup.manifest import (
    DUMP,
    FILES,
    FORMAT,
    KEPT_FOLDERS,
    MANIFEST,
    BackupError,
    Manifest,
    digest_of,
    files_below,
)
from pendopo.project.deployment import Deployment

NAME = "pendopo-"


def make_backup(deployment: Deployment, parent: Path, *, verify: bool = True) -> Path:
    """A new backup below ``parent``; its folder. The database must run; meetings may go on.

    With ``verify`` the dump is restored into a throw-away database and its rows are compared.
    Raises ``BackupError``; then nothing is left that looks like a backup.
    """
    moment = datetime.now(UTC)
    draft = _draft_in(parent)
    try:
        _copy_files(deployment, draft / FILES)
        held = database.dump(deployment, draft / DUMP)
        _copy_files(deployment, draft / FILES)
        files = {path.relative_to(draft).as_posix(): digest_of(path) for path in files_below(draft)}
        if verify:
            _prove(deployment, draft / DUMP, held)
        Manifest(
            format=FORMAT,
            pendopo=version("pendopo"),
            postgresql=held.major,
            transaction_id=held.transaction_id,
            made_at=moment.isoformat(timespec="seconds"),
            migrations=held.migrations,
            rows=held.rows,
            files=files,
            verified=verify,
        ).write(draft)
        _settle(draft)
        # With the parts of a second, so that two in a row get two names.
        target = parent / f"{NAME}{moment:%Y%m%d-%H%M%S-%f}"
        draft.rename(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise BackupError(_sentence(error, parent)) from None
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return target


def _draft_in(parent: Path) -> Path:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".draft-", dir=parent))  # mode 0700
    except OSError as error:
        raise BackupError(_sentence(error, parent)) from None


def _sentence(error: OSError, parent: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no room left in {parent}: free some, or name another folder."
    return f"{parent} can't be written ({error.strerror}): name another folder."


def _copy_files(deployment: Deployment, target: Path) -> None:
    """What is new there or has changed. Before the dump and after it: whatever a row of the dump
    names was there at one of these times, also when it is deleted or replaced meanwhile."""
    for name in KEPT_FOLDERS:
        source = deployment.data / name
        for path in files_below(source) if source.exists() else ():
            with suppress(FileNotFoundError):  # deleted just now
                _copy(path, target / name / path.relative_to(source))


def _copy(source: Path, copy: Path) -> None:
    state = source.stat()
    if copy.exists():
        copied = copy.stat()
        if (copied.st_mtime_ns, copied.st_size) == (state.st_mtime_ns, state.st_size):
            return
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(source, copy)
    copy.chmod(0o600)


def _prove(deployment: Deployment, dump: Path, held: database.Contents) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="pendopo-proof-") as folder,
        database.throw_away(Path(folder)) as url,
    ):
        found = database.restore(deployment, url, dump, held.major)
    if found.rows != held.rows:
        wrong = sorted(
            name
            for name in found.rows.keys() | held.rows.keys()
            if found.rows.get(name) != held.rows.get(name)
        )
        raise BackupError(
            f"The dump does not restore to the same rows ({', '.join(wrong)}): try again, and tell "
            "us if it stays so."
        )


def _settle(folder: Path) -> None:
    """On the disk before it gets its name."""
    for path in files_below(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def forget_old(parent: Path, keep: int) -> list[Path]:
    """Deletes all but the newest ``keep`` whole backups below ``parent``; those that went."""
    whole = sorted(path for path in parent.glob(f"{NAME}*") if (path / MANIFEST).is_file())
    old = whole[:-keep] if keep else whole
    for path in old:
        shutil.rmtree(path)
    return old


def note_backup(*, verified: bool) -> None:
    """Tells the journal, which needs Django to be set up, that a backup was made."""
    from django.db import transaction

    from pendopo.journal.actions import record
    from pendopo.journal.models import SYSTEM

    with transaction.atomic():
        record("system.backed_up", SYSTEM, SYSTEM, verified=verified)
