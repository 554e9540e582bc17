"""What no log may hold is taken out of it: secrets, tokens, addresses of people.

A net below the habit of not logging them, no proof: it can't know a person's name or a password
when it stands alone.
"""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[hidden]"
_SECRET_KEY = re.compile(
    r"pass(word|wd|phrase)|kata_?sandi|secret|token|authori[sz]ation|cookie|api_?key|host_?key|"
    r"csrf|session_?(id|key)|signature|credential|private_?key|dsn|\bnik\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
_PATTERNS = [
    # the password of an address: postgresql://user:password@host
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*):[^\s/@]+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"\b(Bearer|Seat|Basic|Token)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # a JSON web token, ours or LiveKit's
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?"), HIDDEN),
    # password=…, 'token': '…', ?kunci=…
    (
        re.compile(
            r"(?i)\b([\w-]*(?:password|passwd|secret|token|api_?key|authorization|cookie|"
            r"kunci|csrf\w*|sessionid|signature)[\"']?\s*[=:]\s*[\"']?)(?!\[hidden\])[^\s\"'&,;)]+"
        ),
        rf"\1{HIDDEN}",
    ),
    (_EMAIL, "[e-mail]"),
]


def without_secrets(value: Any, key: str = "") -> Any:
    """The value as a log may hold it; all of it is hidden when its key speaks of a secret."""
    if key and _SECRET_KEY.search(key) and value not in (None, "", True, False):
        return HIDDEN
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {name: without_secrets(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [without_secrets(inner) for inner in value]
    return _clean(value.decode(errors="replace") if isinstance(value, bytes) else str(value))


def _clean(text: str) -> str:
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
