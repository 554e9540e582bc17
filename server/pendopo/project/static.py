"""Static files: hashed and compressed once, those of the client as Vite named them."""

from typing import Any

from servestatic.storage import CompressedManifestStaticFilesStorage

_BY_VITE = "assets/"


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """Leaves the names of Vite's files alone: they are hashed and import each other by name."""

    def hashed_name(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The name itself for a file of Vite's, else Django's hashed name."""
        return name if name.startswith(_BY_VITE) else super().hashed_name(name, *args, **kwargs)
