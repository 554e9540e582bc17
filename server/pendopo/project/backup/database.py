"""The database's half of a backup: dumped in one snapshot, counted in the same, restored whole."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pendopo.project.backup.manifest import BackupError
from pendopo.project.deployment import Deployment
from pendopo.project.postgres import MAJOR, Cluster

# Plain tables and partitions; a partitioned table itself holds no row.
_TABLES = """
SELECT relname FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
_NEXT_ID = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True)
class Contents:
    """What the database held in one snapshot."""

    rows: dict[str, int]
    migrations: list[list[str]]
    major: int
    transaction_id: int


def tool(deployment: Deployment, name: str, server_major: int) -> str:
    """The path of ``pg_dump`` or ``pg_restore`` that fits the server.

    The embedded database brings its own; for another one the one on PATH is taken, else the
    embedded one's if it is not older than the server. Raises ``BackupError``.
    """
    cluster = Cluster(deployment.data)
    if not deployment.embedded_database:
        found = shutil.which(name)
        if found and _major(found) >= server_major:
            return found
        if int(MAJOR) < server_major:
            raise BackupError(
                f"{name} of PostgreSQL {server_major} or later is not on PATH: install it "
                f"(postgresql-client-{server_major})."
            )
    cluster.provide_programs()
    return cluster.program(name)


def _major(program: str) -> int:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", done.stdout)
    return int(found[1]) if found else 0


def contents(connection: Any) -> Contents:
    """Counts every table as the connection sees it now."""
    tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
    rows = {}
    for name in tables:
        (count,) = connection.execute(f'SELECT count(*) FROM public."{name}"').fetchone()  # noqa: S608  (names from the catalog)
        rows[name] = count
    migrations = []
    if "django_migrations" in rows:
        known = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [list(row) for row in known.fetchall()]
    (next_id,) = connection.execute(_NEXT_ID).fetchone()
    return Contents(rows, migrations, connection.info.server_version // 10000, next_id)


def dump(deployment: Deployment, target: Path) -> Contents:
    """Dumps the running database into ``target``; what it held in that very snapshot.

    Others go on writing meanwhile. Raises ``BackupError``.
    """
    with _connected(deployment.database_url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row
        held = contents(connection)
        if "django_migrations" not in held.rows:
            raise BackupError(
                "The database has no tables of Pendopo, so there is nothing to back up: use the "
                "PENDOPO_DATA and the system user that Pendopo runs with."
            )
        _run(
            [
                tool(deployment, "pg_dump", held.major),
                "--format=custom", "--compress=1", "--no-owner", "--no-privileges",
                f"--snapshot={row[0]}", f"--file={target}",
            ],
            deployment.database_url,
        )  # fmt: skip
    target.chmod(0o600)
    return held


def restore(deployment: Deployment, url: str, source: Path, major: int) -> Contents:
    """Restores a dump into an empty database, all or nothing; what it holds then.

    Raises ``BackupError``.
    """
    program = tool(deployment, "pg_restore", major)
    _run(
        [program, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
         f"--dbname={_name_of(url)}", str(source)],
        url,
    )  # fmt: skip
    return found_in(url)


def found_in(url: str) -> Contents:
    """What the database holds now. Raises ``BackupError``."""
    with _connected(url) as connection:
        return contents(connection)


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    import psycopg

    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as problem:
        reason = " ".join(str(problem).split())
        raise BackupError(
            f"The database does not answer ({reason}): start it, or correct DATABASE_URL."
        ) from None
    with connection:
        yield connection


@contextmanager
def throw_away(folder: Path) -> Iterator[str]:
    """A database that is gone afterwards; its address."""
    cluster = Cluster(folder, throw_away=True)
    try:
        with cluster.started():
            yield cluster.url
    finally:
        cluster.remove()


def _name_of(url: str) -> str:
    from psycopg.conninfo import conninfo_to_dict

    return str(conninfo_to_dict(url).get("dbname", ""))


def _run(argv: list[str], url: str) -> None:
    """Runs one of PostgreSQL's programs. The address goes by the environment: arguments can be seen
    by everyone on the machine."""
    from psycopg.conninfo import conninfo_to_dict

    known = conninfo_to_dict(url)
    names = {
        "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
        "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
    }  # fmt: skip
    given = {names[key]: str(value) for key, value in known.items() if key in names and value}
    done = subprocess.run(
        argv, capture_output=True, text=True, check=False, env={**os.environ, **given}
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        name = Path(argv[0]).name
        raise BackupError(f"{name} failed: {reason}. Correct that, then try again.")
