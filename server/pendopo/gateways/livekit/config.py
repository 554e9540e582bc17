"""The configuration of the LiveKit server that we start ourselves."""

import json
from ipaddress import IPv4Network
from typing import Any, Protocol

LIVEKIT_VERSION = "1.13.5"  # the pinned one, as in engine/livekit/go.mod
LOOPBACK = "127.0.0.1"


class EmbeddedLiveKit(Protocol):
    """What the configuration depends on."""

    @property
    def port(self) -> int: ...
    @property
    def livekit_port(self) -> int: ...
    @property
    def livekit_tcp_port(self) -> int: ...
    @property
    def livekit_udp_port(self) -> int: ...
    @property
    def prometheus_port(self) -> int: ...
    @property
    def serves_others(self) -> bool: ...
    @property
    def media_address(self) -> str: ...
    @property
    def media_address_is_here(self) -> bool: ...
    @property
    def bind_address(self) -> str: ...
    @property
    def relay_port(self) -> int: ...
    @property
    def turn_tcp_port(self) -> int: ...
    @property
    def turn_domain(self) -> str: ...
    @property
    def livekit_api_key(self) -> str: ...
    @property
    def livekit_api_secret(self) -> str: ...


def render(deployment: EmbeddedLiveKit, turn_over_tls: bool = False) -> str:
    """The file's text. It holds the API secret, so it must be readable by its owner alone.

    Signalling and figures stay on loopback; who comes from elsewhere comes through the front door.
    Media stays there too unless other devices are served. (LiveKit binds the port for media over
    TCP on every address and has no setting for that; it offers only the media address.) With
    ``turn_over_tls`` the front door takes TURN from its port of https to ours.
    """
    config = {
        "port": deployment.livekit_port,
        "bind_addresses": [LOOPBACK],
        "prometheus": {"port": deployment.prometheus_port},  # bound like the port above
        "rtc": _media(deployment),
        "room": {"auto_create": False},  # only we create rooms
        "keys": {deployment.livekit_api_key: deployment.livekit_api_secret},
        "webhook": {
            "api_key": deployment.livekit_api_key,
            "urls": [f"http://{LOOPBACK}:{deployment.port}/webhooks/livekit"],
        },
        "logging": {"level": "warn", "json": False, "pion_level": "error"},
    }
    if deployment.serves_others:
        config["turn"] = _relay(deployment, turn_over_tls)
    return json.dumps(config, indent=2) + "\n"  # JSON is YAML


def _media(deployment: EmbeddedLiveKit) -> dict[str, Any]:
    """Where media goes, and whom a browser asks for its own address.

    Without a STUN server of our own LiveKit hands public ones to every client, and an empty list
    counts as none. With other devices it is our TURN server, which answers STUN too. On this
    machine alone nobody needs an answer: the list names a UDP port where nobody listens (the number
    of the figures' TCP port). It must not be the media port: Chromium takes whatever comes from a
    STUN server's address for STUN, and its media then falls to TCP.
    """
    address = deployment.media_address
    stun_port = deployment.relay_port if deployment.serves_others else deployment.prometheus_port
    media: dict[str, Any] = {
        "node_ip": address,
        "use_external_ip": False,
        "enable_loopback_candidate": address.startswith("127."),
        "udp_port": deployment.livekit_udp_port,
        "tcp_port": deployment.livekit_tcp_port,
        "stun_servers": [f"{address}:{stun_port}"],
    }
    # An address that we don't have is a router's, which stands for all of ours.
    own = f"{address}/32" if deployment.media_address_is_here else "0.0.0.0/0"
    return media | {"ips": {"includes": [own]}}


def _relay(deployment: EmbeddedLiveKit, over_tls: bool) -> dict[str, Any]:
    """A TURN server that relays to our own media and nowhere else, least of all into the office's
    network; only who is let into a meeting gets credentials."""
    ours = IPv4Network(f"{deployment.media_address}/32")
    elsewhere = IPv4Network("0.0.0.0/0").address_exclude(ours)
    relay = {
        "enabled": True,
        "udp_port": deployment.relay_port,
        "bind_addresses": [deployment.bind_address or "0.0.0.0"],  # noqa: S104
        "allow_restricted_peer_cidrs": [str(ours)],
        "deny_peer_cidrs": [str(network) for network in sorted(elsewhere)],
    }
    if over_tls:
        relay |= {
            "external_tls": True,
            "tls_port": deployment.turn_tcp_port,
            "domain": deployment.turn_domain,
        }
    return relay
