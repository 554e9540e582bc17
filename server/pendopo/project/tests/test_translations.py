"""Translations that are compiled while the program runs already."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override, trans_real

from pendopo.project import preparation

CATALOG = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Everybody, as a test"
msgstr "Semua orang, untuk diuji"
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a catalog lies that nobody compiled yet."""
    place = tmp_path / "locale" / "id" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_text(CATALOG, "utf-8")
    settings.LOCALE_PATHS = [tmp_path / "locale", *settings.LOCALE_PATHS]
    monkeypatch.setattr(preparation, "PACKAGE", tmp_path)
    known: Any = trans_real
    known._translations = {}
    yield place
    known._translations = {}


def test_what_was_read_before_they_were_compiled_is_read_anew(folder: Path) -> None:
    with override("id"):
        assert gettext("Everybody, as a test") == "Everybody, as a test"
    preparation.compile_translations()
    assert (folder / "django.mo").exists()
    with override("id"):
        assert gettext("Everybody, as a test") == "Semua orang, untuk diuji"
