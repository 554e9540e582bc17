"""Pasted text made plain: without quotes, folds, markup and invisible characters."""

import quopri
import re
import unicodedata

# The longest text that is read, in characters. A real invitation has two to ten thousand.
LONGEST = 200_000

# Zero-width marks, soft hyphens and the direction marks that Google puts around numbers.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00]")
_QUOTE = re.compile(r"^(?:[ \t]{0,3}>){1,20} ?", re.MULTILINE)
_SPACES = re.compile(r"[ \t\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
_ENTITY = re.compile(r"&(amp|nbsp|quot|apos|lt|gt|#39|#160);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#39": "'"}
_HREF = re.compile(r"<a\b[^<>]{0,300}?\bhref=[\"']([^\"'<>\s]{1,4000})[\"'][^<>]{0,300}>", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]{0,80}>", re.I)
_TAG = re.compile(r"</?(?:[a-z]{1,10}[1-6]?|o:p)(?:\s[^<>]{0,500})?/?>|<!--[^<>]{0,500}-->", re.I)
# WhatsApp's *bold*: stars around words, not one inside a passcode.
_STARS = re.compile(r"(?<![^\s(])\*([^*\n]{1,200})\*(?![\w*])")
# A line of this length, in bytes, was folded where the next one begins with a space (RFC 5545,
# 3.1); a little shorter where the next character would not have fitted whole.
_FOLDED = 75


def plain_lines(text: str) -> list[str]:
    """The text's lines, each with single spaces, none of them empty."""
    text = _unwrapped(text[:LONGEST])
    return [line for line in (row.strip() for row in text.split("\n")) if line]


def _unwrapped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSEEN.sub("", text)
    if "=3D" in text and "=\n" in text:
        text = quopri.decodestring(text.encode(errors="replace")).decode(errors="replace")
    text = _unfolded(_QUOTE.sub("", text))
    text = _without_markup(text)
    text = unicodedata.normalize("NFKC", text)[:LONGEST]
    text = _SPACES.sub(" ", text)
    return _STARS.sub(r"\1", text)


def _unfolded(text: str) -> str:
    """Lines that were folded are whole again; the rest stays as it is."""
    whole: list[list[str]] = []
    last_length = 0
    for line in text.split("\n"):
        if line[:1] in (" ", "\t") and _was_full(last_length, line[1:2]):
            whole[-1].append(line[1:])
        else:
            whole.append([line])
        last_length = len(line.encode(errors="replace"))
    return "\n".join("".join(parts) for parts in whole)


def _was_full(length: int, following: str) -> bool:
    return length == _FOLDED or (
        length < _FOLDED < length + len(following.encode(errors="replace"))
    )


def _without_markup(text: str) -> str:
    """Of HTML only words and links stay."""
    text = _HREF.sub(r" \1 ", text)
    text = _TAG.sub(" ", _BREAK.sub("\n", text))
    return _ENTITY.sub(lambda found: _ENTITIES.get(found[1], " "), text)
