"""Secrets that are made at the first run and kept in the data folder, one file each, readable by
their owner alone."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

GENERATORS: dict[str, Callable[[], str]] = {
    "django_secret_key": lambda: secrets.token_urlsafe(48),
    "first_run_key": lambda: secrets.token_urlsafe(24),
    "livekit_api_key": lambda: "PND" + secrets.token_hex(6),
    "livekit_api_secret": lambda: secrets.token_urlsafe(36),
}


class KeyFolder:
    """The folder of secrets of one installation. Reading one that is not there makes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: dict[str, str] = {}

    def read(self, name: str) -> str:
        """The secret ``name``; whoever makes it first wins, all others read that one.

        Raises ``OSError``.
        """
        if name not in self._read:
            file = self.path / name
            if not file.exists():
                self._make(file, GENERATORS[name]())
            self._read[name] = file.read_text("ascii").strip()
        return self._read[name]

    def _make(self, file: Path, value: str) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        handle, draft = tempfile.mkstemp(dir=self.path)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(value + "\n")
                out.flush()
                os.fsync(out.fileno())
            with suppress(FileExistsError):  # another process was first; its secret stands
                os.link(draft, file)  # appears whole or not at all
        finally:
            Path(draft).unlink()
