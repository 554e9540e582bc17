"""Icons of the server-rendered pages: one small set, inlined, in the colour of the text."""

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_FOLDER = Path(__file__).resolve().parent.parent / "icons"


@cache
def _drawing(name: str, size: int) -> SafeString:
    source = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    opened = f'<svg class="icon icon-{size}" aria-hidden="true" focusable="false" '
    drawing = "".join(line.strip() for line in source.splitlines())
    # Safe: the files are ours and part of the source; no reader's word gets in here.
    return mark_safe(drawing.replace("<svg ", opened, 1))  # noqa: S308


def icon_names() -> list[str]:
    """The whole set, in the order of the alphabet."""
    return sorted(path.stem for path in _FOLDER.glob("*.svg"))


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """The SVG ``name`` at 20 or 24 px, hidden from screen readers: a word always stands beside it.

    Raises ``FileNotFoundError`` when the set has no such icon.
    """
    return _drawing(name, size)
