"""Draws a layout (a `.typ` file of ours) with data into a PDF that is archivable and accessible."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from typst import Compiler, Fonts, TypstError, TypstWarning

from pendopo.foundation.errors import Refused

FONTS = Path(__file__).with_name("fonts")
# PDF/A-2a for the archive and PDF/UA-1 for screen readers, in one file.
STANDARDS = ["a-2a", "ua-1"]
_UNDISPLAYABLE = re.compile(r"the text `\"(.+)\"` could not be displayed", re.DOTALL)


@cache
def _fonts() -> Fonts:
    """Only the fonts of this folder, whatever the machine has: a letter looks alike everywhere."""
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def draw(layout: Path, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of a layout with its data; the same data and moment make the same bytes.

    The layout reads ``json(bytes(sys.inputs.data))``. Raises ``Refused('character_unprintable')``
    with the first ``character`` that none of our fonts has.
    """
    return draw_with_warnings(layout, data, made_at)[0]


def draw_with_warnings(
    layout: Path, data: Mapping[str, Any], made_at: datetime
) -> tuple[bytes, list[TypstWarning]]:
    """As :func:`draw`, with what typst warns of: an unknown font is only a warning."""
    compiler = Compiler(root=str(layout.parent), font_paths=_fonts(), ignore_system_fonts=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            input=str(layout),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            timestamp=int(made_at.timestamp()),
        )
    except TypstError as error:
        raise _refusal_of(error) from error
    assert isinstance(pdf, bytes)
    return pdf, warnings


def _refusal_of(error: TypstError) -> Exception:
    """The character that can't be printed, else the error itself: that is a mistake of ours."""
    found = _UNDISPLAYABLE.search(error.message)
    return Refused("character_unprintable", character=found[1][:8]) if found else error
