"""Writes the table of settings into docs/operating.md; run it with the Python of `.venv`."""

import re
from pathlib import Path

from pendopo.project.manual import settings_table

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "operating.md"
PLACE = re.compile(r"(<!-- settings, made by tools/settings_table.py -->\n).*?(<!-- end -->)", re.S)

if __name__ == "__main__":
    text, count = PLACE.subn(rf"\g<1>{settings_table()}\g<2>", MANUAL.read_text())
    assert count == 1, "the manual has lost the marks around its table"
    MANUAL.write_text(text)
