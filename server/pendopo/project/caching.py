"""How long browsers keep static files."""

from collections.abc import MutableMapping

_BY_VITE = "/static/assets/"


def keep_hashed_files(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Vite's files have a hash in their names and never change: a phone asks for each once."""
    if url.startswith(_BY_VITE):
        headers["Cache-Control"] = "max-age=31536000, public, immutable"
