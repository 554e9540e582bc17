"""Looks for a secret wherever something is kept: each column of the database, what lies encoded in
it, the folder of files, and the log."""

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
 WHERE table_schema = 'public' AND data_type NOT IN ('uuid', 'boolean', 'bigint', 'integer',
       'smallint', 'date', 'timestamp with time zone')
"""


def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """From now on what the libraries tell about themselves is caught too."""
    caplog.set_level(logging.DEBUG)


def traces_of(secret: str, caplog: pytest.LogCaptureFixture, *folders: Path) -> list[str]:
    """Where it stands; an empty list is what the tests want."""
    return (
        [*_in_columns(secret), *_in_sessions(secret), *_in_cache(secret)]
        + [
            f"log of {each.name}"
            for each in caplog.records
            if secret in f"{each.getMessage()} {each.exc_text} {vars(each)}"
        ]
        + [
            str(path)
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file() and secret.encode() in path.read_bytes()
        ]
    )


def _in_columns(secret: str) -> Iterator[str]:
    hexed = secret.encode().hex()  # as bytea is written
    with connection.cursor() as sql:
        sql.execute(_COLUMNS)
        columns = sql.fetchall()
        assert ("procrastinate_jobs", "args") in columns
        assert ("journal_entry", "facts") in columns
        assert ("documents_credential", "locked_key") in columns
        for table, column in columns:
            sql.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ~ %s', [f"{secret}|{hexed}"]
            )
            if sql.fetchone() != (0,):
                yield f"{table}.{column}"


def _in_sessions(secret: str) -> Iterator[str]:
    for session in Session.objects.all():
        if secret in repr(session.get_decoded()):
            yield "session"


def _in_cache(secret: str) -> Iterator[str]:
    """The cache's values are pickled and in base 64."""
    with connection.cursor() as sql:
        sql.execute("SELECT cache_key, value FROM foundation_cache")
        for key, value in sql.fetchall():
            if secret.encode() in base64.b64decode(value):
                yield f"cache {key}"
