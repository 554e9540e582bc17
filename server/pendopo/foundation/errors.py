"""Refusals: an honest "no" with a code for programs and a sentence for people."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """How a code is answered: an HTTP status, and a sentence that says what to do next.

    The sentence is translated lazily and may name facts, as in ``%(limit)s``.
    """

    status: int
    sentence: str | Promise


_REFUSALS: dict[str, Refusal] = {}


class Refused(Exception):
    """An action was refused for a reason of the domain; nothing was changed.

    ``facts`` are plain JSON values that a page or program needs to go on, e.g. ``limit=100``.
    Raises ``KeyError`` when the code was never declared, so that no refusal is without words.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.refusal = _REFUSALS[code]
        self.code = code
        self.facts = facts
        super().__init__(code)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.refusal.status

    @property
    def sentence(self) -> str:
        """What to tell the reader, in the language that is active now."""
        return str(self.refusal.sentence) % self.facts


def declare(refusals: dict[str, Refusal]) -> None:
    """Adds an app's refusals at start. Raises ``ValueError`` when a code is taken."""
    for code, refusal in refusals.items():
        if _REFUSALS.setdefault(code, refusal) != refusal:
            raise ValueError(f"refusal {code!r} is declared twice")


def declared() -> dict[str, Refusal]:
    """All refusals by code, for the API's description and the tests."""
    return dict(_REFUSALS)
