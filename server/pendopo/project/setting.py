"""One deployment setting, and what is said when it is wrong."""

import difflib
from typing import Any

from pydantic import AliasChoices, Field


class DeploymentError(Exception):
    """The installation is set up wrongly; the message is one sentence with the remedy."""


def setting(name: str, form: str, about: str, default: Any) -> Any:
    """A field read from the variable ``name``; ``form`` and ``about`` serve both error messages
    and the documentation."""
    return Field(
        default,
        validation_alias=AliasChoices(name),
        description=about,
        json_schema_extra={"form": form},
    )


def refuse_parts(given: dict[str, str], remedy: str) -> None:
    """Raises :class:`DeploymentError` when some of these are set and some are not."""
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        raise DeploymentError(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set, but "
            f"{', '.join(given)} belong together: {remedy}"
        )


def refuse_unknown(names: list[str], known: list[str], where: str) -> None:
    """Raises :class:`DeploymentError` for a name that is no setting, with the one that is near."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            raise DeploymentError(f"{name} in {where} is not a setting of Pendopo: {remedy}")
