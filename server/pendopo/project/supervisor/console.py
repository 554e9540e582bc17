"""What `pendopo run` says: one line at a time, led by the name of who speaks, in that one's
colour on a terminal."""

import os
import sys
from pathlib import Path

WIDTH = 8
COLOURS = {
    "pendopo": 36, "database": 34, "prepare": 33, "livekit": 35, "worker": 32, "web": 96,
    "caddy": 94,
}  # fmt: skip


def say(name: str, text: str) -> None:
    """Print one line of ``name``."""
    lead = f"{name:>{WIDTH}} |"
    if sys.stdout.isatty():
        lead = f"\x1b[{COLOURS.get(name, 37)}m{lead}\x1b[0m"
    _print(f"{lead} {text}")


def block(lines: list[str]) -> None:
    """Print what must not be overlooked, apart from the log."""
    rule = "─" * max(len(line) for line in lines)
    _print("\n".join(["", rule, *lines, rule, ""]))


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except (
        OSError
    ):  # nobody reads any more (a closed terminal or pipe); we go on, and stop in order
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  (until we end)
