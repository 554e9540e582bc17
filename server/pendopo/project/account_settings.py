"""The part of the deployment settings that accounts need: single sign-on, and mail."""

from email.utils import parseaddr
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings

from pendopo.project.front_door import is_loopback
from pendopo.project.setting import refuse_parts, setting


class AccountSettings(BaseSettings):
    """Who else may vouch for people, and who takes our mail."""

    oidc_issuer: str = setting(
        "PENDOPO_OIDC_ISSUER",
        "an address such as https://sso.example.go.id/realms/pemda",
        "The OpenID Connect provider whose people may sign in; the rest is read from its "
        "`/.well-known/openid-configuration`. The address to register there is "
        "`PENDOPO_BASE_URL/akun/sso/kembali/`.",
        "",
    )
    oidc_client_id: str = setting(
        "PENDOPO_OIDC_CLIENT_ID", "a client id", "The client that the provider knows us as.", ""
    )
    oidc_client_secret: str = setting(
        "PENDOPO_OIDC_CLIENT_SECRET", "the client's secret", "The secret of that client.", ""
    )
    oidc_name: str = setting(
        "PENDOPO_OIDC_NAME",
        "a short name such as SSO Kabupaten",
        "What the button on the sign-in page calls the provider.",
        "",
    )
    mail_host: str = setting(
        "PENDOPO_MAIL_HOST",
        "the name of a mail server",
        "Takes our mail (SMTP). Without it no mail goes out: invitations are links to hand over.",
        "",
    )
    mail_port: Annotated[int, Field(ge=1, le=65535)] = setting(
        "PENDOPO_MAIL_PORT", "a whole number from 1 to 65535", "Its port.", 587
    )
    mail_user: str = setting(
        "PENDOPO_MAIL_USER", "a user of the mail server", "Who signs in there; empty: nobody.", ""
    )
    mail_password: str = setting(
        "PENDOPO_MAIL_PASSWORD", "the password of PENDOPO_MAIL_USER", "That user's password.", ""
    )
    mail_security: Literal["none", "starttls", "tls"] = setting(
        "PENDOPO_MAIL_SECURITY",
        "none, starttls or tls",
        "How the way to the mail server is encrypted.",
        "starttls",
    )
    mail_from: str = setting(
        "PENDOPO_MAIL_FROM",
        "an address such as Diskominfo <rapat@example.go.id>",
        "The sender of our mail; needed with `PENDOPO_MAIL_HOST`.",
        "",
    )

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        # Keys and tokens travel on this way; in clear only within this machine.
        schemes = {"http", "https"} if is_loopback(parts.hostname or "") else {"https"}
        if value and (parts.scheme not in schemes or not parts.hostname or parts.query):
            raise ValueError(value)
        return value.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        if value and "@" not in parseaddr(value)[1]:
            raise ValueError(value)
        return value

    @field_validator("mail_security", mode="before")
    @classmethod
    def _lower_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _accounts_whole_or_not_at_all(self) -> Self:
        refuse_parts(
            {
                "PENDOPO_OIDC_ISSUER": self.oidc_issuer,
                "PENDOPO_OIDC_CLIENT_ID": self.oidc_client_id,
                "PENDOPO_OIDC_CLIENT_SECRET": self.oidc_client_secret,
                "PENDOPO_OIDC_NAME": self.oidc_name,
            },
            "set all four, or none to do without single sign-on.",
        )
        refuse_parts(
            {"PENDOPO_MAIL_HOST": self.mail_host, "PENDOPO_MAIL_FROM": self.mail_from},
            "set both, or none to do without mail.",
        )
        refuse_parts(
            {"PENDOPO_MAIL_USER": self.mail_user, "PENDOPO_MAIL_PASSWORD": self.mail_password},
            "set both, or none if the mail server asks for no password.",
        )
        return self
