"""What must be done before the pages can be served, and the stamp that tells that nothing of it is
needed.

The stamp compares the code (names, sizes and times of all files that matter) and what the database
itself says has been migrated; so an update, a switched database and a restored backup are all
noticed, and a warm start needs no extra Python.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pendopo
from pendopo.project.deployment import Deployment

PACKAGE = Path(pendopo.__file__).parent
ROOT = PACKAGE.parents[1]
CODE = {".py", ".po", ".html", ".txt", ".sql", ".css", ".svg", ".js", ".json", ".woff2"}
MIGRATED = (
    "select md5(string_agg(app || '.' || name, ',' order by app, name)) from django_migrations"
)


@dataclass(frozen=True)
class Stamp:
    """What the last preparation saw, and the demo accounts that it found."""

    code: str
    database: str
    accounts: list[tuple[str, str]]
    password: str


def stamp_file(deployment: Deployment) -> Path:
    """Where the stamp of an installation lies."""
    return deployment.run_folder / "prepared.json"


def read_stamp(deployment: Deployment) -> Stamp | None:
    """The stamp, or nothing when there is none that we understand."""
    try:
        return Stamp(**json.loads(stamp_file(deployment).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def is_current(deployment: Deployment) -> bool:
    """Whether nothing has changed since the stamp was written.

    Asks the database, which must be running.
    """
    stamp = read_stamp(deployment)
    if stamp is None or stamp.code != code_digest(deployment):
        return False
    return stamp.database == database_digest(deployment.database_url)


def code_digest(deployment: Deployment) -> str:
    """Of everything that a preparation depends on, besides the database."""
    digest = hashlib.sha256(f"{deployment.demo} {deployment.data}".encode())
    for path in _inputs():
        state = path.stat()
        digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (path for path in sorted(PACKAGE.rglob("*")) if path.suffix in CODE)
    yield from (path for path in sorted((ROOT / "client" / "dist").rglob("*")) if path.is_file())
    yield from (path for path in [ROOT / "uv.lock"] if path.exists())


def database_digest(url: str) -> str:
    """Of the migrations that the database has; empty when it has none."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        try:
            row = connection.execute(MIGRATED).fetchone()
        except psycopg.errors.UndefinedTable:
            return ""
    return (row and row[0]) or ""


def is_set_up(url: str) -> bool:
    """Whether the first run of the office has been walked to its end (the demo needs none)."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "select exists (select 1 from office_office where set_up_at is not null)"
        ).fetchone()
    return bool(row and row[0])


def prepare(deployment: Deployment) -> Stamp:
    """Migrate, compile translations, collect static files and fill an empty database with the demo;
    then write the stamp.

    Needs Django to be set up and the database to run. Every step may run again and then changes
    nothing.
    """
    from django.core.management import call_command

    code = code_digest(deployment)
    call_command("migrate", interactive=False, verbosity=1)
    compile_translations()
    call_command("collectstatic", interactive=False, verbosity=0)
    accounts, password = _demo(deployment)
    stamp = Stamp(code, database_digest(deployment.database_url), accounts, password)
    deployment.run_folder.mkdir(parents=True, exist_ok=True)
    draft = stamp_file(deployment).with_suffix(".draft")
    draft.write_text(json.dumps(asdict(stamp)))
    draft.replace(stamp_file(deployment))
    return stamp


def _demo(deployment: Deployment) -> tuple[list[tuple[str, str]], str]:
    """The demo accounts that exist, after filling an empty database if that is wished."""
    from django.contrib.auth import get_user_model

    from pendopo.project import demo

    account: Any = get_user_model()
    users = account.objects
    if deployment.demo and not users.exists():
        demo.load_demo()
    demo.keep_demo_current()
    known = set(
        users.filter(email__in=[email for email, _ in demo.ACCOUNTS]).values_list(
            "email", flat=True
        )
    )
    return [(email, str(duty)) for email, duty in demo.ACCOUNTS if email in known], demo.PASSWORD


def compile_translations() -> None:
    """Write each ``.mo`` that is missing or older than its ``.po``, beside it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from django.utils.translation import trans_real

    for source in sorted(PACKAGE.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file)
        draft = target.with_suffix(".draft")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
    # What this process translated before, it has without ours; the demo's letters come next.
    known: Any = trans_real
    known._translations = {}  # noqa: SLF001  (as Django's own reloader does)
    known._default = None  # noqa: SLF001
