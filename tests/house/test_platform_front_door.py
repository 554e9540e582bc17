"""The front door: who vouches for a name, what Caddy is told, and what Django makes of it."""

import errno
import json
import os
import socket
import subprocess
import sys

import pytest

from pendopo.gateways.caddy.authority import read_root
from pendopo.gateways.caddy.config import render
from pendopo.project import engine
from pendopo.project.deployment import DeploymentError, load, setting_names
from pendopo.project.front_door import authority_for
from pendopo.project.supervisor import probes


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    for name in [*setting_names(), "PENDOPO_CONFIG"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def serving(monkeypatch):
    """The settings of an office that serves other devices: `serving(PENDOPO_HOST=…, …)`."""

    def make(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load()

    return make


@pytest.mark.parametrize(
    ("host", "authority"),
    [
        ("192.168.1.20", "internal"),
        ("103.28.12.4", "internal"),
        ("localhost", "internal"),
        ("pendopo", "internal"),
        ("pendopo.local", "internal"),
        ("rapat.kantor.lan", "internal"),
        ("rapat.internal", "internal"),
        ("rapat.home.arpa", "internal"),
        ("rapat.test", "internal"),
        ("rapat.kabupaten.go.id", "acme"),
        ("rapat.example.com", "acme"),
        ("xn--rapat-9za.id", "acme"),
    ],
)
def test_who_vouches_for_a_host(host, authority):
    assert authority_for(host) == authority


def test_the_address_follows_the_host_and_its_port(serving):
    assert serving(PENDOPO_HOST="Rapat.Kantor.LAN.").base_url == "https://rapat.kantor.lan"
    settings = serving(PENDOPO_HTTPS_PORT="8443")
    assert settings.base_url == "https://rapat.kantor.lan:8443"
    assert settings.public_livekit_url("rapat.kantor.lan:8443") == "wss://rapat.kantor.lan:8443"
    assert settings.public_livekit_url("localhost:8000") == "ws://localhost:8001"
    assert settings.relay_port == 8443
    assert settings.proxies == 1


@pytest.mark.parametrize(
    "host", ["https://rapat.go.id", "rapat.go.id:443", "1.2.3", "1.2.3.456", "::1", "a_b", "-a.id"]
)
def test_a_host_is_a_name_or_an_address(serving, host):
    with pytest.raises(DeploymentError, match=r"PENDOPO_HOST is .+ must be a name or an IPv4"):
        serving(PENDOPO_HOST=host)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"PENDOPO_TRUSTED_PROXIES": "1"}, "unset one of them"),
        ({"PENDOPO_BASE_URL": "http://rapat.lan"}, "must be https"),
        ({"PENDOPO_MEDIA_IP": "rapat.lan"}, "PENDOPO_MEDIA_IP is 'rapat.lan', but must be an IPv4"),
        ({"PENDOPO_TLS": "self"}, "auto, internal or acme"),
        ({"PENDOPO_ACME_EMAIL": "admin"}, "an e-mail address"),
        ({"PENDOPO_HTTPS_PORT": "0"}, "PENDOPO_HTTPS_PORT"),
    ],
)
def test_what_does_not_fit_together_is_said(serving, more, sentence):
    with pytest.raises(DeploymentError, match=sentence):
        serving(PENDOPO_HOST="rapat.lan", **more)


@pytest.mark.parametrize(
    ("environment", "proxies"),
    [
        ({}, 0),
        ({"PENDOPO_BASE_URL": "http://rapat.lan"}, 0),
        ({"PENDOPO_BASE_URL": "https://rapat.go.id"}, 1),
        ({"PENDOPO_BASE_URL": "https://rapat.go.id", "PENDOPO_TRUSTED_PROXIES": "2"}, 2),
        ({"PENDOPO_HOST": "rapat.lan"}, 1),
    ],
)
def test_only_proxies_of_ours_are_believed(serving, environment, proxies):
    assert serving(**environment).proxies == proxies


def test_media_goes_to_an_address_that_others_reach(serving, monkeypatch):
    found = {"pendopo.lan": "192.168.1.20", "mesin.lan": "127.0.1.1"}

    def resolve(name, *_):
        if name not in found:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_DGRAM, 17, "", (found[name], 0))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert serving(PENDOPO_HOST="pendopo.lan").media_address == "192.168.1.20"
    for host, said in {"mesin.lan": "is 127.0.1.1 here", "x.lan": "is unknown"}.items():
        settings = serving(PENDOPO_HOST=host)
        with pytest.raises(DeploymentError, match=f"{said}.+set PENDOPO_MEDIA_IP"):
            settings.refuse_unreachable_media()
    settings = serving(PENDOPO_MEDIA_IP="203.0.113.9")
    settings.refuse_unreachable_media()
    assert settings.media_address == "203.0.113.9"
    assert not settings.media_address_is_here


def servers(settings):
    return json.loads(render(settings))["apps"]["http"]["servers"]


def upstreams(server):
    """Paths → the port behind them; no path means all others."""
    return {
        (*route.get("match", [{"path": ["*"]}])[0]["path"],): handler["upstreams"][0]["dial"]
        for route in server["routes"]
        for handler in route["handle"]
        if handler["handler"] == "reverse_proxy"
    }


def test_caddy_leads_to_the_pages_and_to_signalling_on_this_machine(serving):
    settings = serving(PENDOPO_HOST="192.168.1.20")
    https, http = servers(settings)["https"], servers(settings)["http"]
    assert https["listen"] == [":443"]
    assert upstreams(https) == {
        ("/rtc", "/rtc/*", "/whip", "/whip/*"): "127.0.0.1:8001",
        ("*",): "127.0.0.1:8000",
    }
    assert upstreams(http) == {("/sertifikat", "/sertifikat/*", "/static/*"): "127.0.0.1:8000"}
    assert http["routes"][-1]["handle"][0]["headers"]["Location"] == [
        "https://192.168.1.20{http.request.uri}"
    ]
    config = json.loads(render(settings))
    assert config["admin"]["disabled"]
    assert config["storage"]["root"] == str(settings.data / "caddy")
    (authority,) = config["apps"]["pki"]["certificate_authorities"].values()
    assert authority["install_trust"] is False


def test_with_a_public_name_all_of_http_leads_to_https(serving):
    settings = serving(PENDOPO_HOST="rapat.go.id", PENDOPO_ACME_EMAIL="tik@rapat.go.id")
    config = json.loads(render(settings))
    (policy,) = config["apps"]["tls"]["automation"]["policies"]
    assert policy["issuers"] == [{"module": "acme", "email": "tik@rapat.go.id"}]
    assert "pki" not in config["apps"]
    assert upstreams(servers(settings)["http"]) == {}


@pytest.mark.parametrize(
    ("environment", "domain"),
    [
        ({"PENDOPO_HOST": "rapat.go.id"}, "rapat.go.id"),
        ({"PENDOPO_HOST": "192.168.1.20"}, "192.168.1.20"),
        ({"PENDOPO_HOST": "pendopo"}, ""),  # LiveKit takes no name without a dot
        ({"PENDOPO_HOST": "rapat.go.id", "PENDOPO_HTTPS_PORT": "8443"}, ""),
        (
            {
                "PENDOPO_HOST": "192.168.1.20",
                "PENDOPO_HTTPS_PORT": "8443",
                "PENDOPO_BASE_URL": "https://rapat.go.id",
            },
            "rapat.go.id",
        ),
        ({"PENDOPO_BASE_URL": "https://rapat.go.id"}, ""),
    ],
)
def test_turn_over_tls_needs_a_front_door_of_ours_at_port_443(serving, environment, domain):
    assert serving(**environment).turn_domain == domain


def test_turn_is_found_on_the_port_of_https(serving):
    settings = serving(PENDOPO_HOST="rapat.go.id")
    assert "listener_wrappers" not in servers(settings)["https"]
    https = json.loads(render(settings, turn_over_tls=True))["apps"]["http"]["servers"]["https"]
    assert https["listener_wrappers"] == [{"wrapper": "turn_relay", "to": "127.0.0.1:8005"}]


@pytest.mark.parametrize(
    ("host", "bound"),
    [
        ("192.168.1.20", ""),
        ("rapat.go.id", ""),
        ("localhost", "127.0.0.1"),
        ("127.0.0.2", "127.0.0.2"),
    ],
)
def test_only_a_host_that_is_here_stays_here(serving, host, bound):
    assert serving(PENDOPO_HOST=host).bind_address == bound


def test_a_livekit_elsewhere_is_not_behind_our_door(serving):
    settings = serving(
        PENDOPO_HOST="rapat.lan",
        LIVEKIT_URL="wss://media.lan",
        LIVEKIT_API_KEY="k",
        LIVEKIT_API_SECRET="s",
    )
    assert upstreams(servers(settings)["https"]) == {("*",): "127.0.0.1:8000"}
    assert set(probes.ports(settings)) == {"pages", "https", "http"}


def test_a_taken_port_of_the_front_door_is_named_with_its_own_setting(serving):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = serving(PENDOPO_HOST="127.0.0.1", PENDOPO_HTTPS_PORT=str(port))
        with pytest.raises(DeploymentError, match=rf"Port {port} \(https\).+PENDOPO_HTTPS_PORT="):
            probes.refuse_taken_ports(settings)


def test_a_user_is_told_how_to_get_a_port_of_root(serving, monkeypatch):
    monkeypatch.setattr(
        probes, "_problem", lambda _kind, _address, port: errno.EACCES if port < 1024 else 0
    )
    settings = serving(PENDOPO_HOST="192.168.1.20")
    with pytest.raises(DeploymentError) as caught:
        probes.refuse_taken_ports(settings)
    assert "Port 443 (https) is reserved for root: choose PENDOPO_HTTPS_PORT" in str(caught.value)
    assert "net.ipv4.ip_unprivileged_port_start=443" in str(caught.value)


def test_a_program_that_is_no_caddy_is_refused(serving):
    settings = serving(PENDOPO_HOST="127.0.0.1", PENDOPO_CADDY_BIN="/bin/false")
    with pytest.raises(DeploymentError, match="PENDOPO_CADDY_BIN names /bin/false"):
        engine.find_caddy(settings)


def test_there_is_no_root_before_the_first_start(tmp_path):
    assert read_root(tmp_path) is None


READ_SETTINGS = """
import json
from pendopo.project import settings as s
names = [name for name in dir(s) if name.isupper()]
print(json.dumps({name: getattr(s, name) for name in names}, default=str))
"""


def django_settings(**environment):
    own = {"PENDOPO_DATA": "var", **environment}
    done = subprocess.run(
        [sys.executable, "-c", READ_SETTINGS],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_with_https_cookies_are_secure_and_one_proxy_is_believed():
    found = django_settings(PENDOPO_HOST="rapat.go.id", PENDOPO_HTTPS_PORT="8443")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://rapat.go.id:8443"]
    assert "rapat.go.id" in found["ALLOWED_HOSTS"]
    assert found["NINJA_NUM_PROXIES"] == found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    sources = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["connect-src"]
    assert {"wss://rapat.go.id:8443", "https://rapat.go.id:8443"} <= set(sources)


def test_without_https_no_header_is_believed():
    found = django_settings()
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["CSRF_TRUSTED_ORIGINS"] == []
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["NINJA_NUM_PROXIES"] == found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
