"""How other devices reach an installation: its name, who vouches for it, and the ports they knock
at."""

import re
import socket
from contextlib import suppress
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from pendopo.project.setting import setting

LOOPBACK, EVERYWHERE = "127.0.0.1", ""
HTTPS, HTTP = 443, 80
# Names that nobody can own, so that no public authority vouches for them (RFC 6761, 6762, 8375,
# ICANN's `internal`, and what home routers hand out).
PRIVATE_ENDINGS = {
    "arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local",
    "localdomain", "localhost", "onion", "private", "test",
}  # fmt: skip
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"(?=.{{1,253}}$)({LABEL}\.)*{LABEL}$")

Port = Annotated[int, Field(ge=1, le=65535)]
Authority = Literal["internal", "acme"]


def is_address(host: str) -> bool:
    """Whether this is an IPv4 address rather than a name."""
    with suppress(ValueError):
        return bool(IPv4Address(host))
    return False


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach this name or address."""
    if is_address(host):
        return host.startswith("127.")
    return host.rsplit(".", maxsplit=1)[-1] == "localhost"


def authority_for(host: str) -> Authority:
    """Who can vouch for ``host``: a public authority (by ACME), or only one of our own."""
    labels = host.rstrip(".").split(".")
    if is_address(host) or len(labels) == 1 or labels[-1] in PRIVATE_ENDINGS:
        return "internal"
    return "acme"


def netloc(host: str, port: int, usual: int) -> str:
    """``host`` with its port, unless that is the usual one."""
    return host if port == usual else f"{host}:{port}"


def address_of(host: str) -> str:
    """The IPv4 address that ``host`` has here; empty when it has none."""
    if is_address(host):
        return host
    try:
        found = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_DGRAM)
    except OSError:
        return ""
    return str(found[0][4][0])


def is_of_this_machine(address: str) -> bool:
    """Whether an interface of this machine has the address (a router's outer one has not)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


class FrontDoor(BaseSettings):
    """The settings about other devices; empty ones mean that only this machine is served."""

    host: str = setting(
        "PENDOPO_HOST",
        "a name or an IPv4 address such as rapat.example.go.id or 192.168.1.20, without https:// "
        "and without a port",
        "Under what other devices reach this machine. Set, Caddy serves https for them; empty, "
        "only this machine is served, over http.",
        "",
    )
    base_url: str = setting(
        "PENDOPO_BASE_URL",
        "an address such as https://rapat.example.go.id, without a path",
        "The address people open, as it stands in invitations. Default: `https://` and "
        "`PENDOPO_HOST`, else `http://localhost:PORT`.",
        "",
    )
    https_port: Port = setting(
        "PENDOPO_HTTPS_PORT",
        "a whole number from 1 to 65535",
        "Port of Caddy for pages, signalling and WHIP (TCP) with `PENDOPO_HOST`.",
        HTTPS,
    )
    http_port: Port = setting(
        "PENDOPO_HTTP_PORT",
        "a whole number from 1 to 65535",
        "Port of Caddy that leads to https and hands out our root certificate (TCP).",
        HTTP,
    )
    turn_port: Port | None = setting(
        "PENDOPO_TURN_PORT",
        "a whole number from 1 to 65535",
        "Port of the TURN and STUN server (UDP). Default: the number of `PENDOPO_HTTPS_PORT`, "
        "which many networks let through.",
        None,
    )
    tls: Literal["auto", "internal", "acme"] = setting(
        "PENDOPO_TLS",
        "auto, internal or acme",
        "Who vouches for `PENDOPO_HOST`: an authority of our own (`internal`) or a public one "
        "(`acme`). `auto` takes our own for addresses and for names that nobody can own.",
        "auto",
    )
    acme_email: str = setting(
        "PENDOPO_ACME_EMAIL",
        "an e-mail address",
        "Whom the public authority may tell about trouble with the certificate.",
        "",
    )
    media_ip: str = setting(
        "PENDOPO_MEDIA_IP",
        "an IPv4 address",
        "Where other devices send sound and picture. Default: what `PENDOPO_HOST` is or resolves "
        "to; behind a router its outer address.",
        "",
    )
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] | None = setting(
        "PENDOPO_TRUSTED_PROXIES",
        "a whole number from 0 to 5",
        "How many proxies of yours stand in front, instead of `PENDOPO_HOST`. Each must add to "
        "X-Forwarded-For and set X-Forwarded-Proto. Default: 1 when `PENDOPO_BASE_URL` is https.",
        None,
    )
    caddy_bin: Path | None = setting(
        "PENDOPO_CADDY_BIN",
        "the path of a caddy program",
        "The Caddy to start. Default: `.build/bin/caddy`, else one of the pinned version on PATH.",
        None,
    )

    @field_validator("host")
    @classmethod
    def _name_or_address(cls, value: str) -> str:
        value = value.lower().rstrip(".")
        numbers_only = value.replace(".", "").isdecimal()
        if value and not is_address(value) and (numbers_only or not NAME.match(value)):
            raise ValueError(value)
        return value

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (
            parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")
        ):
            raise ValueError(value)
        return value.rstrip("/")

    @field_validator("media_ip")
    @classmethod
    def _address(cls, value: str) -> str:
        return str(IPv4Address(value)) if value else ""

    @field_validator("acme_email")
    @classmethod
    def _mail_address(cls, value: str) -> str:
        name, _, domain = value.rpartition("@")
        if value and not (name and NAME.match(domain.lower())):
            raise ValueError(value)
        return value

    @property
    def has_https(self) -> bool:
        """Whether people come over https, through Caddy or a proxy in front of us."""
        return self.base_url.startswith("https://")

    @property
    def proxies(self) -> int:
        """How many proxies in front of us add to X-Forwarded-For; no other one is believed."""
        if self.trusted_proxies is not None:
            return self.trusted_proxies
        return int(self.has_https)

    @property
    def front_names(self) -> list[str]:
        """The names and addresses that Caddy answers for."""
        return sorted({self.host, urlsplit(self.base_url).hostname or self.host} - {""})

    @property
    def authority(self) -> Authority:
        """Who vouches for the host."""
        return authority_for(self.host) if self.tls == "auto" else self.tls

    @property
    def has_own_authority(self) -> bool:
        """Whether devices must be told to trust us."""
        return bool(self.host) and self.authority == "internal"

    @property
    def bind_address(self) -> str:
        """Where Caddy and the TURN server listen: everywhere, but for a host that is only here."""
        host = self.host or self.media_ip
        if not is_loopback(host):
            return EVERYWHERE
        return host if is_address(host) else LOOPBACK

    @property
    def serves_others(self) -> bool:
        """Whether media is offered to other devices."""
        return bool(self.host or self.media_ip)

    @property
    def relay_port(self) -> int:
        """TURN and STUN (UDP)."""
        return self.turn_port or self.https_port

    @property
    def media_address(self) -> str:
        """The address offered for media; empty when the host has none here."""
        if not self.serves_others:
            return LOOPBACK
        return self.media_ip or address_of(self.host)

    @property
    def media_address_is_here(self) -> bool:
        """Whether this machine has the media address itself."""
        return is_of_this_machine(self.media_address)
