"""What was found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what was found; a wrong one says in its text what to do."""

    subject: str
    text: str
    right: bool = True


def wrong(subject: str, text: str) -> Finding:
    """A finding that must be mended."""
    return Finding(subject, text, right=False)
