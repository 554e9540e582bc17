"""The configuration of the LiveKit server that we start ourselves."""

import json
from typing import Protocol

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
    def livekit_api_key(self) -> str: ...
    @property
    def livekit_api_secret(self) -> str: ...


def render(deployment: EmbeddedLiveKit) -> str:
    """The file's text. It holds the API secret, so it must be readable by its owner alone.

    Everything stays on this machine: signalling, media and figures on loopback (LiveKit binds the
    port for media over TCP on every address and has no setting for that; it offers only 127.0.0.1
    to clients). Without a STUN server of our own LiveKit hands public ones to every client, and an
    empty list counts as none: so the list names a UDP port where nobody listens (the number of the
    figures' TCP port); nobody needs an answer on loopback. It must not be the media port: Chromium
    takes whatever comes from a STUN server's address for STUN, and its media then falls to TCP.
    """
    config = {
        "port": deployment.livekit_port,
        "bind_addresses": [LOOPBACK],
        "prometheus": {"port": deployment.prometheus_port},  # bound like the port above
        "rtc": {
            "node_ip": LOOPBACK,
            "use_external_ip": False,
            "enable_loopback_candidate": True,
            "ips": {"includes": [f"{LOOPBACK}/32"]},
            "udp_port": deployment.livekit_udp_port,
            "tcp_port": deployment.livekit_tcp_port,
            "stun_servers": [f"{LOOPBACK}:{deployment.prometheus_port}"],
        },
        "room": {"auto_create": False},  # only we create rooms
        "keys": {deployment.livekit_api_key: deployment.livekit_api_secret},
        "webhook": {
            "api_key": deployment.livekit_api_key,
            "urls": [f"http://{LOOPBACK}:{deployment.port}/webhooks/livekit"],
        },
        "logging": {"level": "warn", "json": False, "pion_level": "error"},
    }
    return json.dumps(config, indent=2) + "\n"  # JSON is YAML
