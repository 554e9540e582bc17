"""The little mark-up of letters: paragraphs, numbered lists, and pairs of a name and its value.

An empty line parts blocks; a line break inside a paragraph stays one. Lines ``1. …`` (or ``1) …``)
below each other are a list, lines ``Name : value`` (with spaces around the colon) are pairs. There
is nothing else: every other character is a letter of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

_ITEM = re.compile(r"^(\d{1,3})[.)]\s+(\S.*)$")
_PAIR = re.compile(r"^(\S[^:]{0,40}?)\s+:\s+(\S.*)$")


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class NumberedList:
    start: int
    items: tuple[str, ...]
    kind: str = field(default="list", init=False)


@dataclass(frozen=True)
class Pairs:
    pairs: tuple[tuple[str, str], ...]
    kind: str = field(default="pairs", init=False)


Block = Paragraph | NumberedList | Pairs


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in their order."""
    return tuple(block for lines in _groups(text) for block in [_block(lines)])


def as_data(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The blocks as a layout reads them."""
    return [asdict(block) for block in blocks]


def _kind(line: str) -> str:
    if _ITEM.match(line):
        return "item"
    return "pair" if _PAIR.match(line) else "text"


def _groups(text: str) -> Iterator[list[str]]:
    """Lines of one kind that stand below each other, without the empty ones between."""
    group: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        if group and (not line or _kind(line) != _kind(group[0])):
            yield group
            group = []
        if line:
            group.append(line)


def _block(lines: list[str]) -> Block:
    kind = _kind(lines[0])
    if kind == "item":
        found = [match for match in map(_ITEM.match, lines) if match]
        return NumberedList(int(found[0][1]), tuple(match[2] for match in found))
    if kind == "pair":
        pairs = [match for match in map(_PAIR.match, lines) if match]
        return Pairs(tuple((match[1], match[2]) for match in pairs))
    return Paragraph("\n".join(lines))
