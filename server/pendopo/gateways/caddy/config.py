"""The configuration of the Caddy that we start ourselves."""

import json
from pathlib import Path
from typing import Any, Protocol

CADDY_VERSION = "2.11.9"  # the pinned one, as in engine/caddy/go.mod
LOOPBACK = "127.0.0.1"
TURN_MODULE = "caddy.listeners.turn_relay"  # in engine/caddy/relay
AUTHORITY = "local"  # Caddy's own word for its authority
CERTIFICATE_PAGE = "/sertifikat"
MEDIA_PATHS = ["/rtc", "/rtc/*", "/whip", "/whip/*"]
LARGEST_PAGE_BODY, LARGEST_MEDIA_BODY = 100_000_000, 1_000_000  # bytes; media: descriptions only


class FrontDoor(Protocol):
    """What the configuration depends on."""

    @property
    def port(self) -> int: ...
    @property
    def livekit_port(self) -> int: ...
    @property
    def turn_tcp_port(self) -> int: ...
    @property
    def embedded_livekit(self) -> bool: ...
    @property
    def host(self) -> str: ...
    @property
    def front_names(self) -> list[str]: ...
    @property
    def base_url(self) -> str: ...
    @property
    def bind_address(self) -> str: ...
    @property
    def https_port(self) -> int: ...
    @property
    def http_port(self) -> int: ...
    @property
    def has_own_authority(self) -> bool: ...
    @property
    def acme_email(self) -> str: ...
    @property
    def caddy_folder(self) -> Path: ...


def render(deployment: FrontDoor, turn_over_tls: bool = False) -> str:
    """The file's text; it holds no secret.

    With ``turn_over_tls`` the port of https serves TURN too; that needs our own build.

    Caddy is told everything and guesses nothing: no administration port, no redirects or
    certificates of its own accord, no root pushed into this machine's own store. Who asks has the
    address that Caddy sees, for it drops what a client claims in X-Forwarded-For (that is its
    default without ``trusted_proxies``). It speaks no HTTP/3: the UDP port of the same number
    belongs to the TURN server.
    """
    apps = {
        "http": {
            "http_port": deployment.http_port,
            "https_port": deployment.https_port,
            "grace_period": "2s",  # event streams and signalling never end by themselves
            "servers": {"https": _https(deployment, turn_over_tls), "http": _http(deployment)},
        },
        "tls": {
            "certificates": {"automate": deployment.front_names},
            "automation": {
                "policies": [{"subjects": deployment.front_names, "issuers": [_issuer(deployment)]}]
            },
        },
    }
    if deployment.has_own_authority:
        apps["pki"] = {"certificate_authorities": {AUTHORITY: _authority(deployment.host)}}
    config = {
        "admin": {"disabled": True, "config": {"persist": False}},
        "logging": {
            "logs": {
                "default": {
                    "writer": {"output": "stderr"},
                    "encoder": {"format": "console", "level_format": "upper"},
                    "level": "WARN",
                    "exclude": ["admin"],  # it would warn that it is off
                }
            }
        },
        "storage": {"module": "file_system", "root": str(deployment.caddy_folder)},
        "apps": apps,
    }
    return json.dumps(config, indent=2) + "\n"


def _https(deployment: FrontDoor, turn_over_tls: bool) -> dict[str, Any]:
    """Pages, and LiveKit's signalling and WHIP, under one name."""
    routes = [_to(deployment.port, LARGEST_PAGE_BODY)]
    if deployment.embedded_livekit:
        media = {"match": [{"path": MEDIA_PATHS}]}
        routes.insert(0, media | _to(deployment.livekit_port, LARGEST_MEDIA_BODY))
    server = {
        "listen": [f"{deployment.bind_address}:{deployment.https_port}"],
        "protocols": ["h1", "h2"],
        "automatic_https": {"disable": True},
        # Whoever came by an address names no server.
        "tls_connection_policies": [{"default_sni": deployment.host}],
        "routes": routes,
    }
    if turn_over_tls:
        relay = {
            "wrapper": TURN_MODULE.rpartition(".")[2],
            "to": f"{LOOPBACK}:{deployment.turn_tcp_port}",
        }
        server["listener_wrappers"] = [relay]  # behind TLS, which is first by itself
    return server


def _http(deployment: FrontDoor) -> dict[str, Any]:
    """All the way to https, but for the page that makes https possible."""
    routes: list[dict[str, Any]] = [
        {
            "handle": [
                {
                    "handler": "static_response",
                    "status_code": 308,
                    "headers": {"Location": [deployment.base_url + "{http.request.uri}"]},
                }
            ]
        }
    ]
    if deployment.has_own_authority:
        open_paths = [CERTIFICATE_PAGE, f"{CERTIFICATE_PAGE}/*", "/static/*"]
        wanted = {"match": [{"path": open_paths, "method": ["GET", "HEAD"]}]}
        routes.insert(0, wanted | _to(deployment.port, 0))
    return {
        "listen": [f"{deployment.bind_address}:{deployment.http_port}"],
        "protocols": ["h1"],
        "automatic_https": {"disable": True},
        "routes": routes,
    }


def _to(port: int, largest_body: int) -> dict[str, Any]:
    """On to a part of ours on this machine; event streams pass at once."""
    handlers: list[dict[str, Any]] = [
        {"handler": "reverse_proxy", "upstreams": [{"dial": f"{LOOPBACK}:{port}"}]}
    ]
    if largest_body:
        handlers.insert(0, {"handler": "request_body", "max_size": largest_body})
    return {"handle": handlers, "terminal": True}


def _issuer(deployment: FrontDoor) -> dict[str, Any]:
    if deployment.has_own_authority:
        return {"module": "internal", "ca": AUTHORITY}
    return {"module": "acme"} | ({"email": deployment.acme_email} if deployment.acme_email else {})


def root_name(host: str) -> str:
    """What a device calls our root in its list of authorities."""
    return f"Pendopo {host}"


def _authority(host: str) -> dict[str, Any]:
    return {
        "name": root_name(host),
        "root_common_name": root_name(host),
        "intermediate_common_name": f"{root_name(host)} (intermediate)",
        "install_trust": False,
    }
