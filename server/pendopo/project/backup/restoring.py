"""Takes a backup back, into an empty installation only."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version

from pendopo.project.backup import database
from pendopo.project.backup.manifest import (
    DUMP,
    FILES,
    KEPT_FOLDERS,
    BackupError,
    Manifest,
    check_files,
    read_manifest,
)
from pendopo.project.deployment import Deployment
from pendopo.project.postgres import MAJOR, Cluster

_IDS_IN_AN_EPOCH = 2**32


def check_backup(folder: Path) -> Manifest:
    """A backup that this version can restore, whole and unchanged. Raises ``BackupError``.

    Needs Django to be set up: the migrations that the backup has must be known here.
    """
    manifest = read_manifest(folder)
    if Version(manifest.pendopo) > Version(version("pendopo")):
        raise BackupError(
            f"The backup was made by Pendopo {manifest.pendopo}, this is {version('pendopo')}: "
            "restore it with that version or a later one."
        )
    if manifest.postgresql > int(MAJOR):
        raise BackupError(
            f"The backup comes from PostgreSQL {manifest.postgresql}, ours is {MAJOR}: restore it "
            "with a newer Pendopo."
        )
    if unknown := _unknown(manifest):
        raise BackupError(
            f"The backup has changes of the database that this version does not know ({unknown}): "
            "restore it with the version that made it or a later one."
        )
    check_files(folder, manifest)
    return manifest


def _unknown(manifest: Manifest) -> str:
    from django.db.migrations.loader import MigrationLoader

    ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for app, name in manifest.migrations:
        if (app, name) not in ours:
            return f"{app} {name}"
    return ""


def refuse_used_folder(deployment: Deployment) -> None:
    """Raises ``BackupError`` when the installation holds files already, but not those of a restore
    that was interrupted."""
    if is_half_restored(deployment):
        return
    for name in ("files", "caddy"):
        folder = deployment.data / name
        if folder.exists() and any(folder.iterdir()):
            raise BackupError(
                f"{folder} is not empty: restore into a new PENDOPO_DATA, or move it away."
            )


@contextmanager
def empty_database(deployment: Deployment, manifest: Manifest) -> Iterator[None]:
    """An empty database runs while the block does, whose transaction ids are above the backup's.

    The feed of the journal goes by these ids: a new entry with a lower one would never be handed
    to readers who have seen the restored ones. Raises ``BackupError``.
    """
    epoch = manifest.transaction_id // _IDS_IN_AN_EPOCH + 1
    if not deployment.embedded_database:
        found = _refuse_used_database(deployment)
        if found.transaction_id <= manifest.transaction_id:
            raise BackupError(
                f"The transaction ids of this PostgreSQL are behind those of the backup, by which "
                f"the journal is ordered: stop it, run `pg_resetwal --epoch={epoch}` on its data "
                "folder, start it, then restore."
            )
        yield
        return
    cluster = Cluster(deployment.data)
    if is_half_restored(deployment):  # what is in it came from the backup
        cluster.stop_orphan()
        cluster.remove()
    with cluster.started():
        _refuse_used_database(deployment)
    cluster.begin_epoch(epoch)
    with cluster.started():
        yield


def _refuse_used_database(deployment: Deployment) -> database.Contents:
    found = database.found_in(deployment.database_url)
    if found.rows:
        raise BackupError(
            "The database is not empty: restore into a new PENDOPO_DATA or an empty DATABASE_URL."
        )
    return found


def restore_backup(deployment: Deployment, folder: Path, manifest: Manifest) -> None:
    """Puts a checked backup back: first the files, then the database, all or nothing.

    Call it within :func:`empty_database`, and :func:`finish` when all is done; an interrupted one
    can be started again. Raises ``BackupError``.
    """
    _mark(deployment).touch()
    _put_files(deployment, folder / FILES)
    found = database.restore(
        deployment, deployment.database_url, folder / DUMP, manifest.postgresql
    )
    if found.rows != manifest.rows:
        raise BackupError(
            "The restored database has other rows than the manifest says: don't use it, and try "
            "another backup."
        )


def finish(deployment: Deployment) -> None:
    """The installation may be used."""
    _mark(deployment).unlink()


def is_half_restored(deployment: Deployment) -> bool:
    """Whether a restore began here and has not come to its end."""
    return _mark(deployment).exists()


def refuse_half_restored(deployment: Deployment) -> None:
    """Raises ``BackupError`` when a restore began here and has not come to its end."""
    if is_half_restored(deployment):
        raise BackupError(
            f"{deployment.data} is half restored: run `pendopo restore` with its backup again."
        )


def _mark(deployment: Deployment) -> Path:
    """There while a restore is under way."""
    return deployment.data / "restoring"


def _put_files(deployment: Deployment, source: Path) -> None:
    for name in KEPT_FOLDERS:
        if not (source / name).exists():
            continue
        target = deployment.data / name
        draft = target.with_name(f".{name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source / name, draft)
        draft.chmod(0o700)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)


def note_restore(manifest: Manifest) -> None:
    """Tells the restored journal, which needs Django to be set up, what it was restored from."""
    from django.db import transaction

    from pendopo.journal.actions import record
    from pendopo.journal.models import SYSTEM

    with transaction.atomic():
        record(
            "system.restored", SYSTEM, SYSTEM, made_at=manifest.made_at, version=manifest.pendopo
        )
