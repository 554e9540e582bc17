"""The part of the deployment settings about what is seen of it: log and figures."""

from typing import Literal

from pydantic import field_validator
from pydantic_settings import BaseSettings

from pendopo.project.setting import setting

SHORTEST_TOKEN = 16


class Observing(BaseSettings):
    """What is logged and in which form, and who may read the figures."""

    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "PENDOPO_LOG_LEVEL",
        "debug, info, warning or error",
        "From which severity on the web and worker processes log.",
        "info",
    )
    log_format: Literal["text", "json"] = setting(
        "PENDOPO_LOG_FORMAT",
        "text or json",
        "How `pendopo run` writes its log: lines for people, or a JSON object a line.",
        "text",
    )
    metrics_token: str = setting(
        "PENDOPO_METRICS_TOKEN",
        f"a secret of at least {SHORTEST_TOKEN} letters and digits",
        "Who sends it as a bearer token may read `/metrics` from elsewhere; without it only this "
        "machine may.",
        "",
    )

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("metrics_token")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or " " in value):
            raise ValueError(value)
        return value
