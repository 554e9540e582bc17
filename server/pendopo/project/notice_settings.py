"""The part of the deployment settings that messages need: where bounces go, and WhatsApp."""

from email.utils import parseaddr
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator
from pydantic_settings import BaseSettings

from pendopo.project.front_door import is_loopback
from pendopo.project.setting import DeploymentError, setting

# RFC 5321, 4.5.3.1.1 allows 64 characters before the @; "+" and the message's id take 33.
LONGEST_BOUNCE_NAME = 64 - 33
_CLOUD = "https://graph.facebook.com/v23.0"


class NoticeSettings(BaseSettings):
    """How messages leave, and how we hear what became of them."""

    mail_bounces: str = setting(
        "PENDOPO_MAIL_BOUNCES",
        "an address such as pantulan@example.go.id, with at most 31 characters before the @",
        "Where undeliverable mail comes back. Mail then leaves with the sender "
        "pantulan+ID@…; have the mail server pipe what comes for it to `pendopo bounce`.",
        "",
    )
    whatsapp_way: Literal["link", "cloud", "http"] = setting(
        "PENDOPO_WHATSAPP",
        "link, cloud or http",
        "How WhatsApp messages go out: a person sends them from a prepared link, Meta's Cloud API, "
        "or a gateway that takes JSON.",
        "link",
    )
    given_whatsapp_url: str = setting(
        "PENDOPO_WHATSAPP_URL",
        "an address such as https://wa.example.id/send",
        f"Where the gateway takes messages; for `cloud` the API with its version (`{_CLOUD}` "
        "when it is not set).",
        "",
    )
    whatsapp_token: str = setting(
        "PENDOPO_WHATSAPP_TOKEN", "the gateway's token", "Opens the gateway or the Cloud API.", ""
    )
    whatsapp_token_header: str = setting(
        "PENDOPO_WHATSAPP_TOKEN_HEADER",
        "the name of a header",
        "The header in which a gateway (`http`) wants the token, as it is.",
        "Authorization",
    )
    whatsapp_to_field: str = setting(
        "PENDOPO_WHATSAPP_TO_FIELD",
        "the name of a field",
        "What a gateway (`http`) calls the number, which comes as 628….",
        "to",
    )
    whatsapp_text_field: str = setting(
        "PENDOPO_WHATSAPP_TEXT_FIELD",
        "the name of a field",
        "What a gateway (`http`) calls the text.",
        "message",
    )
    whatsapp_phone_id: str = setting(
        "PENDOPO_WHATSAPP_PHONE_ID",
        "digits such as 106540352242922",
        "The Cloud API's id of the office's number.",
        "",
    )
    whatsapp_template: str = setting(
        "PENDOPO_WHATSAPP_TEMPLATE",
        "the name of an approved template",
        "A template of the Cloud API with one parameter, which takes the text. Without one only "
        "people who wrote within 24 hours can be reached.",
        "",
    )
    whatsapp_app_secret: str = setting(
        "PENDOPO_WHATSAPP_APP_SECRET",
        "the secret of the app at Meta",
        "Proves that reports at `/webhooks/whatsapp` come from Meta.",
        "",
    )
    whatsapp_verify_token: str = setting(
        "PENDOPO_WHATSAPP_VERIFY_TOKEN",
        "a word of your own choice",
        "What Meta has to say when it is told the address of the webhook.",
        "",
    )

    @field_validator("mail_bounces")
    @classmethod
    def _bounce_address(cls, value: str) -> str:
        name, at, host = value.partition("@")
        plain = parseaddr(value)[1] == value and value.isascii() and "+" not in name
        if value and not (plain and at and host and 0 < len(name) <= LONGEST_BOUNCE_NAME):
            raise ValueError(value)
        return value

    @field_validator("given_whatsapp_url")
    @classmethod
    def _gateway_address(cls, value: str) -> str:
        parts = urlsplit(value)
        # Texts and numbers travel on this way; in clear only within this machine.
        schemes = {"http", "https"} if is_loopback(parts.hostname or "") else {"https"}
        if value and (parts.scheme not in schemes or not parts.hostname):
            raise ValueError(value)
        return value.rstrip("/")

    @property
    def whatsapp_url(self) -> str:
        """Where messages are handed over."""
        return self.given_whatsapp_url or (_CLOUD if self.whatsapp_way == "cloud" else "")

    @model_validator(mode="after")
    def _gateway_is_whole(self) -> Self:
        needed = {
            "link": {},
            "http": {"PENDOPO_WHATSAPP_URL": self.given_whatsapp_url},
            "cloud": {
                "PENDOPO_WHATSAPP_TOKEN": self.whatsapp_token,
                "PENDOPO_WHATSAPP_PHONE_ID": self.whatsapp_phone_id,
            },
        }[self.whatsapp_way]
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise DeploymentError(
                f"PENDOPO_WHATSAPP is {self.whatsapp_way}, but {' and '.join(missing)} is not set: "
                "set what is missing, or use PENDOPO_WHATSAPP=link."
            )
        return self
