"""A throw-away PostgreSQL for the tests of the process, unless `DATABASE_URL` names one.

The settings are read when Django starts, so the surroundings are set when this plugin is loaded;
the server itself starts with the session. Worker processes of the controller inherit the address.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings

from pendopo.project.postgres import Cluster
from pendopo.project.preparation import compile_translations

# Django empties all tables after a test with transactions of its own. The journal refuses that,
# so its triggers are off for as long as the emptying lasts.
_JOURNAL = """
DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT relid FROM pg_partition_tree('journal_entry') LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER journal_entry_is_kept', part);
    END LOOP;
END $$
"""


class Surroundings:
    """Data folder and database of this test run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pendopo-test-"))
        self._cluster: Cluster | None = None
        self._running = ExitStack()

    def arrange(self) -> None:
        """Point the settings here, where nobody has said otherwise."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
        os.environ.setdefault("PENDOPO_DATA", str(self.folder / "var"))
        if not os.environ.get("DATABASE_URL"):
            self._cluster = Cluster(self.folder / "database", throw_away=True)
            os.environ["DATABASE_URL"] = self._cluster.url

    def start(self) -> None:
        """Start the database, if it is ours."""
        if self._cluster:
            self._running.enter_context(self._cluster.started())

    def clear(self) -> None:
        """Stop and remove everything."""
        self._running.close()
        if self._cluster:
            self._cluster.remove()
        shutil.rmtree(self.folder, ignore_errors=True)


_surroundings = Surroundings()
_surroundings.arrange()
# Not in a hook: conftest files of the apps import models while pytest is still configuring itself.
compile_translations()
django.setup()
# Pages that a test asks for in this process need no collected files.
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
# Argon2 is slow on purpose. Real offices in other processes use it, and tests/flows/test_sign_in.py
# looks at what they store.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _empty_with_the_journal() -> None:
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def sql_flush(*given: Any, **options: Any) -> list[str]:
        emptying = flush(*given, **options)
        return [_JOURNAL.format("DISABLE"), *emptying, _JOURNAL.format("ENABLE")]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]


_empty_with_the_journal()


def pytest_sessionstart() -> None:
    """Start the database."""
    _surroundings.start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    _surroundings.clear()
