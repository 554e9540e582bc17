import re
from pathlib import Path

import pytest

from pendopo.foundation.templatetags.icons import icon

PACKAGE = Path(__file__).resolve().parents[2]
SET = {file.stem for file in (PACKAGE / "foundation" / "icons").glob("*.svg")}


def used() -> set[str]:
    """Every icon that a template names, or a section of the settings."""
    pages = PACKAGE.glob("*/templates/**/*.html")
    named = {name for page in pages for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    sections = PACKAGE.glob("*/sections.py")
    words = {word for file in sections for word in re.findall(r'"([\w-]+)"', file.read_text())}
    return named | (words & SET)


def test_an_icon_is_inlined_and_silent():
    svg = icon("copy")
    assert svg.startswith('<svg class="icon icon-20" aria-hidden="true" ')
    assert 'stroke="currentColor"' in svg
    assert "style=" not in svg


def test_an_unknown_icon_is_an_error():
    with pytest.raises(FileNotFoundError):
        icon("garuda")


def test_the_set_holds_just_what_is_used():
    assert used() == SET
