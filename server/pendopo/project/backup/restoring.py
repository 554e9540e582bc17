"""Takes a backup back, into an empty installation only."""

import shutil
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
from pendopo.project.postgres import MAJOR


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
    if _mark(deployment).exists():
        return
    for name in ("files", "caddy"):
        folder = deployment.data / name
        if folder.exists() and any(folder.iterdir()):
            raise BackupError(
                f"{folder} is not empty: restore into a new PENDOPO_DATA, or move it away."
            )


def restore_backup(deployment: Deployment, folder: Path, manifest: Manifest) -> None:
    """Puts a checked backup back: first the files, then the database, all or nothing.

    The database must run and be empty. A restore that was interrupted can be started again.
    Raises ``BackupError``.
    """
    if not database.is_empty(deployment.database_url):
        raise BackupError(
            "The database is not empty: restore into a new PENDOPO_DATA or an empty DATABASE_URL."
        )
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
    _mark(deployment).unlink()


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
