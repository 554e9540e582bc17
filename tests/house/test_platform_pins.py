"""What stands in two places is the same in both."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

from pendopo.gateways.livekit.config import LIVEKIT_VERSION, render

ROOT = Path(__file__).resolve().parents[2]


def test_the_livekit_version_is_the_pinned_one():
    found = re.search(r"livekit-server v([\d.]+)", (ROOT / "engine/livekit/go.mod").read_text())
    assert found
    assert found[1] == LIVEKIT_VERSION


def test_livekit_is_configured_to_stay_on_this_machine():
    deployment = SimpleNamespace(
        port=9000,
        livekit_port=9001,
        livekit_tcp_port=9002,
        livekit_udp_port=9003,
        prometheus_port=9004,
        livekit_api_key="key",
        livekit_api_secret="secret",
    )
    config = json.loads(render(deployment))
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
