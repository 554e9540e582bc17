"""Where content lies: a folder of its own for each file, below ``kept`` in ``MEDIA_ROOT``.

``kept/<year>/<month>/<32 letters by chance>/content``, and beside it the drawn pages. A folder
without a row is nobody's: a transaction rolled back, or the process died; the sweep takes it away.
"""

import errno
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused

KEPT, CONTENT = "kept", "content"
_CHUNK = 2**18
# No room, no quota left, or a limit on the size of files.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Kept:
    """Content on the disk: its name below ``MEDIA_ROOT``, bytes, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@contextmanager
def room_on_disk() -> Iterator[None]:
    """A full disk is a refusal (``disk_full``)."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Refused("disk_full") from error
        raise


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for what is not checked yet; gone with the block, whatever happens in it.

    It lies with the uploads that Django itself puts down, outside of backups.
    """
    parent = Path(settings.FILE_UPLOAD_TEMP_DIR)
    with room_on_disk():
        parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix="work-", dir=parent) as folder:
            yield Path(folder)


def keep(source: Path) -> Kept:
    """A copy of this file, whole and on the disk when this returns. Raises ``disk_full``; then
    nothing of it is left."""
    name = f"{KEPT}/{clock.now():%Y/%m}/{secrets.token_hex(16)}/{CONTENT}"
    target = path_of(name)
    try:
        with room_on_disk():
            target.parent.mkdir(parents=True, mode=0o700)
            size, digest = _write(source, target)
    except BaseException:
        shutil.rmtree(target.parent, ignore_errors=True)
        raise
    return Kept(name, size, digest)


def _write(source: Path, target: Path) -> tuple[int, str]:
    draft, digest, size = target.with_suffix(".draft"), hashlib.sha256(), 0
    with source.open("rb") as given, draft.open("xb") as out:
        draft.chmod(0o600)
        while chunk := given.read(_CHUNK):
            digest.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(target)
    for folder in (target.parent, target.parent.parent):
        _settle(folder)
    return size, digest.hexdigest()


def _settle(folder: Path) -> None:
    """Names are on the disk too, not only contents."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def add_beside(name: str, beside: str, content: bytes) -> None:
    """Keeps a small file beside a content; gives up when that is gone or the disk is full."""
    folder = path_of(name).parent
    draft = folder / f"{secrets.token_hex(8)}.draft"
    with suppress(FileNotFoundError, Refused):
        try:
            with room_on_disk():
                draft.write_bytes(content)
                draft.rename(folder / beside)
        finally:
            draft.unlink(missing_ok=True)


def path_of(name: str) -> Path:
    """Where a content lies."""
    return Path(settings.MEDIA_ROOT) / name


def remove(name: str) -> None:
    """Takes a content away with all that lies beside it; nothing when it is gone already."""
    if name.startswith(f"{KEPT}/"):
        shutil.rmtree(path_of(name).parent, ignore_errors=True)


def contents_older_than(moment: datetime) -> Iterator[list[str]]:
    """Names of contents whose folder has not changed since then; a month at a time."""
    for month in sorted((Path(settings.MEDIA_ROOT) / KEPT).glob("*/*")):
        old = [folder for folder in month.iterdir() if _is_older(folder, moment)]
        yield [f"{KEPT}/{month.parent.name}/{month.name}/{each.name}/{CONTENT}" for each in old]


def clear_uploads_older_than(moment: datetime) -> int:
    """Takes away what was left of uploads that nobody finished; how many."""
    parent, gone = Path(settings.FILE_UPLOAD_TEMP_DIR), 0
    for each in parent.iterdir() if parent.exists() else ():
        if _is_older(each, moment):
            shutil.rmtree(each) if each.is_dir() else each.unlink(missing_ok=True)
            gone += 1
    return gone


def _is_older(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    return False
