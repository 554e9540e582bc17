"""What stands in two places is the same in both."""

import json
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pendopo.gateways.caddy.config import CADDY_VERSION
from pendopo.gateways.livekit.config import LIVEKIT_VERSION, render

ROOT = Path(__file__).resolve().parents[2]


def test_the_livekit_version_is_the_pinned_one():
    found = re.search(r"livekit-server v([\d.]+)", (ROOT / "engine/livekit/go.mod").read_text())
    assert found
    assert found[1] == LIVEKIT_VERSION


def livekit_config(over_tls: bool = False, **more: object) -> dict[str, Any]:
    """What LiveKit is told, on this machine alone unless said otherwise."""
    usual = {
        "port": 9000,
        "livekit_port": 9001,
        "livekit_tcp_port": 9002,
        "livekit_udp_port": 9003,
        "prometheus_port": 9004,
        "livekit_api_key": "key",
        "livekit_api_secret": "secret",
        "serves_others": False,
        "media_address": "127.0.0.1",
        "media_address_is_here": True,
        "bind_address": "",
        "relay_port": 443,
        "turn_tcp_port": 9005,
        "turn_domain": "rapat.go.id",
    }
    found: dict[str, Any] = json.loads(render(SimpleNamespace(**{**usual, **more}), over_tls))
    return found


def test_livekit_is_configured_to_stay_on_this_machine():
    config = livekit_config()
    assert "turn" not in config
    assert config["bind_addresses"] == ["127.0.0.1"]
    assert config["rtc"]["node_ip"] == "127.0.0.1"
    assert config["rtc"]["stun_servers"], "an empty list makes LiveKit hand out public servers"
    assert all(each.startswith("127.0.0.1:") for each in config["rtc"]["stun_servers"])
    # Chromium drops what comes from a STUN server's address, and media would fall to TCP.
    assert not any(
        each.endswith(f":{config['rtc']['udp_port']}") for each in config["rtc"]["stun_servers"]
    )
    assert config["room"]["auto_create"] is False
    assert config["webhook"]["urls"] == ["http://127.0.0.1:9000/webhooks/livekit"]
    assert config["keys"] == {config["webhook"]["api_key"]: "secret"}


def test_the_caddy_version_is_the_pinned_one():
    found = re.search(r"caddyserver/caddy/v2 v([\d.]+)", (ROOT / "engine/caddy/go.mod").read_text())
    assert found
    assert found[1] == CADDY_VERSION


def test_for_other_devices_signalling_stays_here_and_media_is_offered():
    config = livekit_config(serves_others=True, media_address="192.168.1.20")
    assert config["bind_addresses"] == ["127.0.0.1"]
    assert config["rtc"]["node_ip"] == "192.168.1.20"
    assert config["rtc"]["ips"] == {"includes": ["192.168.1.20/32"]}
    assert config["rtc"]["enable_loopback_candidate"] is False
    assert config["rtc"]["stun_servers"] == ["192.168.1.20:443"]
    assert config["turn"]["udp_port"] == 443
    assert config["turn"]["bind_addresses"] == ["0.0.0.0"]


def test_turn_over_tls_is_offered_only_where_the_front_door_finds_it():
    assert "tls_port" not in livekit_config(serves_others=True)["turn"]
    turn = livekit_config(over_tls=True, serves_others=True)["turn"]
    assert (turn["tls_port"], turn["external_tls"], turn["domain"]) == (9005, True, "rapat.go.id")


def test_behind_a_router_its_address_stands_for_all_of_ours():
    config = livekit_config(
        serves_others=True, media_address="203.0.113.9", media_address_is_here=False
    )
    assert config["rtc"]["node_ip"] == "203.0.113.9"
    assert config["rtc"]["ips"] == {"includes": ["0.0.0.0/0"]}


def test_the_turn_server_relays_to_our_media_and_nowhere_else():
    turn = livekit_config(serves_others=True, media_address="192.168.1.20")["turn"]
    assert turn["allow_restricted_peer_cidrs"] == ["192.168.1.20/32"]
    denied = [ip_network(each) for each in turn["deny_peer_cidrs"]]
    assert not any(ip_address("192.168.1.20") in network for network in denied)
    others = ["192.168.1.19", "192.168.1.21", "127.0.0.1", "10.0.0.1", "8.8.8.8", "0.0.0.0"]
    assert all(any(ip_address(other) in network for network in denied) for other in others)
