"""The part of the deployment settings that signing needs: BSrE's service, known authorities."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator
from pydantic_settings import BaseSettings

from pendopo.project.front_door import is_loopback
from pendopo.project.setting import refuse_parts, setting


class SigningSettings(BaseSettings):
    """Where BSrE's service is, who we are there, and whose certificates count."""

    bsre_url: str = setting(
        "PENDOPO_BSRE_URL",
        "an https address such as https://esign.example.go.id",
        "BSrE's signing service (eSign client) of this office. The office chooses it under "
        "/pengaturan.",
        "",
    )
    bsre_user: str = setting("PENDOPO_BSRE_USER", "a user", "Who we are there.", "")
    bsre_password: str = setting(
        "PENDOPO_BSRE_PASSWORD", "the password of PENDOPO_BSRE_USER", "That user's password.", ""
    )

    signing_roots: Path | None = setting(
        "PENDOPO_SIGNING_ROOTS",
        "the path of a PEM file",
        "Root certificates of the authorities whose certificates count here. Without it nobody "
        "can bring a certificate of their own, and that of a letter signed elsewhere counts as "
        "unknown.",
        None,
    )

    @field_validator("bsre_url")
    @classmethod
    def _service(cls, value: str) -> str:
        parts = urlsplit(value)
        # Passphrases travel on this way; in clear only within this machine.
        schemes = {"http", "https"} if is_loopback(parts.hostname or "") else {"https"}
        if value and (parts.scheme not in schemes or not parts.hostname or parts.query):
            raise ValueError(value)
        return value.rstrip("/")

    @model_validator(mode="after")
    def _bsre_whole_or_not_at_all(self) -> Self:
        refuse_parts(
            {
                "PENDOPO_BSRE_URL": self.bsre_url,
                "PENDOPO_BSRE_USER": self.bsre_user,
                "PENDOPO_BSRE_PASSWORD": self.bsre_password,
            },
            "set all three, or none to do without BSrE.",
        )
        return self
