"""What whoever runs an installation may set, parsed strictly and once.

A setting comes from the environment or from one file of ``KEY=value`` lines named by
``PENDOPO_CONFIG``; the environment wins. Whatever is wrong is said in one sentence that names the
setting and what to write instead (:class:`DeploymentError`).
"""

import os
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pendopo.project import keys, postgres
from pendopo.project.account_settings import AccountSettings
from pendopo.project.front_door import HTTPS, FrontDoor, is_loopback, netloc
from pendopo.project.notice_settings import NoticeSettings
from pendopo.project.observing import Observing
from pendopo.project.setting import DeploymentError, refuse_parts, refuse_unknown
from pendopo.project.setting import setting as _setting
from pendopo.project.signing_settings import SigningSettings

__all__ = ["Deployment", "DeploymentError", "deployment", "load", "setting_names"]

PREFIX = "PENDOPO_"
CONFIG_VARIABLE = "PENDOPO_CONFIG"
# Whose values are shown nowhere.
SECRETS = {
    "DATABASE_URL",
    "LIVEKIT_API_SECRET",
    "PENDOPO_OIDC_CLIENT_SECRET",
    "PENDOPO_MAIL_PASSWORD",
    "PENDOPO_BSRE_PASSWORD",
    "PENDOPO_METRICS_TOKEN",
    "PENDOPO_WHATSAPP_TOKEN",
    "PENDOPO_WHATSAPP_APP_SECRET",
    "PENDOPO_WHATSAPP_VERIFY_TOKEN",
}
# pages, LiveKit signalling, media over TCP, media over UDP, LiveKit figures, TURN over TCP
PORTS_USED = 6


class Deployment(FrontDoor, AccountSettings, NoticeSettings, SigningSettings, Observing):
    """The settings of one installation, with everything that follows from them.

    Read it through :func:`deployment`.
    """

    model_config = SettingsConfigDict(
        case_sensitive=True,
        extra="forbid",
        frozen=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
    )

    data: Path = _setting(
        "PENDOPO_DATA",
        "a folder",
        "Where this installation keeps its data. Made when missing; a relative path counts from "
        "the working folder.",
        Path("var"),
    )
    port: Annotated[int, Field(ge=1, le=65535 - PORTS_USED + 1)] = _setting(
        "PENDOPO_PORT",
        "a whole number from 1 to 65530",
        "Port of the pages on 127.0.0.1. The five ports after it serve LiveKit: signalling (TCP), "
        "media (TCP), media (UDP), figures for Prometheus (TCP), TURN behind Caddy (TCP).",
        8000,
    )
    demo: bool = _setting(
        "PENDOPO_DEMO",
        "true or false",
        "Fill an empty database with the demo office and its accounts, whose password is public.",
        True,
    )
    time_zone: Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"] = (
        _setting(
            "PENDOPO_TIME_ZONE",
            "Asia/Jakarta or Asia/Pontianak (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)",
            "The zone of the office, in which pages and papers give times.",
            "Asia/Jakarta",
        )
    )
    web_workers: Annotated[int, Field(ge=1, le=16)] = _setting(
        "PENDOPO_WEB_WORKERS",
        "a whole number from 1 to 16",
        "Processes that answer pages. Each takes about 100 MB and up to 9 database connections.",
        2,
    )
    livekit_bin: Path | None = _setting(
        "PENDOPO_LIVEKIT_BIN",
        "the path of a livekit-server program",
        "The LiveKit server to start. Default: one of the pinned version on PATH, else "
        "`.build/bin/livekit-server`.",
        None,
    )
    external_database_url: str = _setting(
        "DATABASE_URL",
        "postgresql://USER:PASSWORD@HOST:PORT/NAME",
        "A PostgreSQL (15 or later) of your own instead of the embedded one.",
        "",
    )
    external_livekit_url: str = _setting(
        "LIVEKIT_URL",
        "an address such as wss://media.example.go.id",
        "A LiveKit server of your own instead of the embedded one; needs its key and secret too.",
        "",
    )
    external_livekit_api_key: str = _setting(
        "LIVEKIT_API_KEY", "a LiveKit key", "The key for `LIVEKIT_URL`.", ""
    )
    external_livekit_api_secret: str = _setting(
        "LIVEKIT_API_SECRET", "the secret of LIVEKIT_API_KEY", "The secret for `LIVEKIT_URL`.", ""
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file; nothing else."""
        return env_settings, dotenv_settings

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return Path.cwd() / value.expanduser()

    @field_validator("external_database_url")
    @classmethod
    def _postgresql(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
            raise ValueError(value)
        return value

    @field_validator("external_livekit_url")
    @classmethod
    def _media_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"ws", "wss", "http", "https"} or not parts.hostname):
            raise ValueError(value)
        return value.rstrip("/")

    @model_validator(mode="after")
    def _livekit_whole_or_not_at_all(self) -> Self:
        refuse_parts(
            {
                "LIVEKIT_URL": self.external_livekit_url,
                "LIVEKIT_API_KEY": self.external_livekit_api_key,
                "LIVEKIT_API_SECRET": self.external_livekit_api_secret,
            },
            "set all three, or none to use the embedded LiveKit.",
        )
        return self

    @model_validator(mode="after")
    def _one_kind_of_proxy(self) -> Self:
        if self.host and self.trusted_proxies:
            raise DeploymentError(
                "PENDOPO_HOST starts a proxy of ours, and PENDOPO_TRUSTED_PROXIES speaks of yours: "
                "unset one of them."
            )
        if self.host and self.base_url.startswith("http://"):
            raise DeploymentError(
                f"PENDOPO_BASE_URL is {self.base_url!r}, but with PENDOPO_HOST it must be https: "
                "correct it, or unset it."
            )
        return self

    def model_post_init(self, context: Any, /) -> None:
        """The default address follows the host, or the port."""
        if not self.base_url:
            front = netloc(self.host, self.https_port, HTTPS)
            url = f"https://{front}" if self.host else f"http://localhost:{self.port}"
            object.__setattr__(self, "base_url", url)

    # ---- the front door

    @property
    def caddy_folder(self) -> Path:
        """What Caddy keeps: certificates, and the key of our own authority."""
        return self.data / "caddy"

    def refuse_unreachable_media(self) -> None:
        """Raises :class:`DeploymentError` when nobody could send to the address for media."""
        address = self.media_address
        if not self.serves_others:
            return
        if not address or (is_loopback(address) and not is_loopback(self.host or self.media_ip)):
            found = f"is {address} here, which no other device reaches" if address else "is unknown"
            raise DeploymentError(
                f"The address of {self.host} {found}: set PENDOPO_MEDIA_IP to the address of this "
                "machine in the network, such as PENDOPO_MEDIA_IP=192.168.1.20."
            )

    # ---- the database

    @property
    def embedded_database(self) -> bool:
        """Whether ``pendopo run`` starts a PostgreSQL of its own."""
        return not self.external_database_url

    @property
    def database_url(self) -> str:
        """Where the database is; for the embedded one a unix socket."""
        return self.external_database_url or postgres.Cluster(self.data).url

    # ---- LiveKit

    @property
    def embedded_livekit(self) -> bool:
        """Whether ``pendopo run`` starts a LiveKit of its own."""
        return not self.external_livekit_url

    @property
    def livekit_port(self) -> int:
        """Signalling and LiveKit's API (TCP)."""
        return self.port + 1

    @property
    def livekit_tcp_port(self) -> int:
        """Media for those whose network lets no UDP through."""
        return self.port + 2

    @property
    def livekit_udp_port(self) -> int:
        """Media of all participants."""
        return self.port + 3

    @property
    def prometheus_port(self) -> int:
        """LiveKit's figures in Prometheus' format."""
        return self.port + 4

    @property
    def turn_tcp_port(self) -> int:
        """LiveKit's TURN server as Caddy reaches it."""
        return self.port + 5

    @property
    def turn_domain(self) -> str:
        """Under which name TURN over TLS can be offered; empty when it can't.

        LiveKit always names port 443 for it, where Caddy finds it among the requests for pages.
        """
        front = urlsplit(self.base_url)
        name = front.hostname or ""
        is_there = self.host and self.embedded_livekit and front.port in {None, HTTPS}
        return name if is_there and "." in name else ""

    @property
    def livekit_url(self) -> str:
        """LiveKit's API as our server calls it (http or https)."""
        if self.embedded_livekit:
            return f"http://127.0.0.1:{self.livekit_port}"
        return _with_scheme(self.external_livekit_url, {"ws": "http", "wss": "https"})

    def public_livekit_url(self, host: str) -> str:
        """LiveKit's address (ws or wss) for a page that was opened on ``host`` (a Host header,
        with or without a port)."""
        if self.embedded_livekit:
            if self.has_https and host.lower() == urlsplit(self.base_url).netloc:
                return f"wss://{host.lower()}"
            name = urlsplit(f"//{host}").hostname or "localhost"
            return f"ws://{f'[{name}]' if ':' in name else name}:{self.livekit_port}"
        return _with_scheme(self.external_livekit_url, {"http": "ws", "https": "wss"})

    @property
    def livekit_api_key(self) -> str:
        """Names the secret that signs LiveKit tokens and webhooks."""
        return self.external_livekit_api_key or self._secrets.read("livekit_api_key")

    @property
    def livekit_api_secret(self) -> str:
        """Signs LiveKit tokens and webhooks."""
        return self.external_livekit_api_secret or self._secrets.read("livekit_api_secret")

    # ---- the rest

    @property
    def secret_key(self) -> str:
        """Django's secret key, made at the first run and kept."""
        return self._secrets.read("django_secret_key")

    @property
    def first_run_key(self) -> str:
        """Opens the first run of an office that nobody has set up yet; see `first_run_url`."""
        return self._secrets.read("first_run_key")

    @property
    def first_run_url(self) -> str:
        """The link that the terminal prints until there is an administrator."""
        return f"{self.base_url}/mulai/?kunci={self.first_run_key}"

    @property
    def session_cookie_name(self) -> str:
        """Named after the port: browsers share cookies between the ports of a host, instances
        must not."""
        return f"pendopo_{self.port}_session"

    @property
    def files_folder(self) -> Path:
        """Uploads; goes into backups."""
        return self.data / "files"

    @property
    def uploads_folder(self) -> Path:
        """What was sent and is not checked yet; no part of backups."""
        return self.data / "uploads"

    @property
    def secrets_folder(self) -> Path:
        """Keys, readable by their owner alone; goes into backups."""
        return self.data / "secrets"

    @property
    def run_folder(self) -> Path:
        """What holds only while running: lock, status, stamps."""
        return self.data / "run"

    @cached_property
    def _secrets(self) -> keys.KeyFolder:
        return keys.KeyFolder(self.secrets_folder)


def _with_scheme(url: str, schemes: dict[str, str]) -> str:
    scheme, rest = url.split("://", 1)
    return f"{schemes.get(scheme, scheme)}://{rest}"


def setting_names() -> dict[str, str]:
    """Name of the environment variable → name of the field."""
    names = {}
    # Pydantic puts inherited fields first; in the manual they come last.
    inherited = AccountSettings.model_fields | NoticeSettings.model_fields
    for field in sorted(Deployment.model_fields, key=inherited.__contains__):
        alias = Deployment.model_fields[field].validation_alias
        assert isinstance(alias, AliasChoices)
        names[str(alias.choices[0])] = field
    return names


def load() -> Deployment:
    """Parse the environment and the file afresh. Raises :class:`DeploymentError`."""
    path = os.environ.get(CONFIG_VARIABLE) or None
    if path and not Path(path).is_file():
        raise DeploymentError(
            f"{CONFIG_VARIABLE} names {path}, which is not a file: correct the path, or unset it."
        )
    known = [*setting_names(), CONFIG_VARIABLE]
    refuse_unknown(
        [name for name in os.environ if name.startswith(PREFIX)], known, "the environment"
    )
    if path:
        refuse_unknown(list(dotenv_values(path)), known[:-1], path)
    try:
        return Deployment(_env_file=path)
    except ValidationError as error:
        raise DeploymentError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """What is wrong, in a line for each setting.

    A value is shown unless it may hold a secret.
    """
    fields = Deployment.model_fields
    lines = []
    for detail in error.errors():
        name = str(detail["loc"][0])
        extra = fields[setting_names()[name]].json_schema_extra
        form = extra["form"] if isinstance(extra, dict) else ""
        shown = "" if name in SECRETS else f" is {detail['input']!r}, but"
        lines.append(
            f"{name}{shown} must be {form}: correct it in the environment or in the file of "
            f"{CONFIG_VARIABLE}."
        )
    return "\n".join(lines)


@lru_cache(maxsize=1)
def deployment() -> Deployment:
    """The settings of this process, parsed at the first call. Raises :class:`DeploymentError`."""
    return load()
