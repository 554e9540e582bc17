"""How a deployment setting is declared."""

from typing import Any

from pydantic import AliasChoices, Field


def setting(name: str, form: str, about: str, default: Any) -> Any:
    """A field read from the variable ``name``; ``form`` and ``about`` serve both error messages
    and the documentation."""
    return Field(
        default,
        validation_alias=AliasChoices(name),
        description=about,
        json_schema_extra={"form": form},
    )
