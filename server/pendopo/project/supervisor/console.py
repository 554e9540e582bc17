"""What `pendopo run` says: one line at a time, led by the name of who speaks, in that one's
colour on a terminal; or a JSON object a line, for programs that collect logs."""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

WIDTH = 8
COLOURS = {
    "pendopo": 36, "database": 34, "prepare": 33, "livekit": 35, "worker": 32, "web": 96,
    "caddy": 94,
}  # fmt: skip


_as_json: list[bool] = [False]


def speak(form: str) -> None:
    """Say everything in this form from now on, ``text`` or ``json``."""
    _as_json[0] = form == "json"


def say(name: str, text: str) -> None:
    """Print one line of ``name``."""
    if _as_json[0]:
        _print(json.dumps(_object(name, text), ensure_ascii=False))
        return
    lead = f"{name:>{WIDTH}} |"
    if sys.stdout.isatty():
        lead = f"\x1b[{COLOURS.get(name, 37)}m{lead}\x1b[0m"
    _print(f"{lead} {text}")


def block(lines: list[str]) -> None:
    """Print what must not be overlooked, apart from the log."""
    if _as_json[0]:
        for line in filter(None, lines):
            say("pendopo", line.strip())
        return
    rule = "─" * max(len(line) for line in lines)
    _print("\n".join(["", rule, *lines, rule, ""]))


def _object(name: str, text: str) -> dict[str, object]:
    """What a part said as JSON itself stays as it is; a plain line becomes an event."""
    if text.startswith("{"):
        with suppress(ValueError):
            return {"part": name, **json.loads(text)}
    return {"part": name, "time": datetime.now(UTC).isoformat(), "level": "info", "event": text}


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except (
        OSError
    ):  # nobody reads any more (a closed terminal or pipe); we go on, and stop in order
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  (until we end)
