"""Deployment settings: parsed strictly; what is wrong is said in a sentence."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pendopo.project.cli import main
from pendopo.project.deployment import (
    DeploymentError,
    deployment,
    load,
    setting_names,
)
from pendopo.project.keys import KeyFolder
from pendopo.project.manual import settings_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    for name in [*setting_names(), "PENDOPO_CONFIG"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_no_setting(tmp_path):
    settings = load()
    assert settings.data == tmp_path / "var"
    assert settings.base_url == "http://localhost:8000"
    assert settings.embedded_database
    assert settings.embedded_livekit
    assert settings.database_url.startswith("postgresql://pendopo@/pendopo?host=/")
    assert settings.livekit_url == "http://127.0.0.1:8001"


def test_all_ports_and_the_cookie_follow_the_port(monkeypatch):
    monkeypatch.setenv("PENDOPO_PORT", "9100")
    settings = load()
    assert settings.livekit_port == 9101
    assert settings.livekit_tcp_port == 9102
    assert settings.livekit_udp_port == 9103
    assert settings.prometheus_port == 9104
    assert settings.session_cookie_name == "pendopo_9100_session"
    assert settings.base_url == "http://localhost:9100"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost:8000", "ws://localhost:8001"),
        ("127.0.0.1:8000", "ws://127.0.0.1:8001"),
        ("rapat.example.go.id", "ws://rapat.example.go.id:8001"),
        ("[::1]:8000", "ws://[::1]:8001"),
        ("", "ws://localhost:8001"),
    ],
)
def test_livekit_is_named_as_the_page_was_opened(host, address):
    assert load().public_livekit_url(host) == address


def test_livekit_elsewhere_has_one_address_for_pages_and_one_for_us(monkeypatch):
    monkeypatch.setenv("LIVEKIT_URL", "wss://media.example.go.id/")
    monkeypatch.setenv("LIVEKIT_API_KEY", "key")
    monkeypatch.setenv("LIVEKIT_API_SECRET", "secret")
    settings = load()
    assert not settings.embedded_livekit
    assert settings.public_livekit_url("localhost") == "wss://media.example.go.id"
    assert settings.livekit_url == "https://media.example.go.id"
    assert (settings.livekit_api_key, settings.livekit_api_secret) == ("key", "secret")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PENDOPO_PROT": "9000"}, "PENDOPO_PROT in the environment is not a setting of Pendopo: "),
        ({"PENDOPO_PROT": "9000"}, "did you mean PENDOPO_PORT?"),
        ({"PENDOPO_PORT": "many"}, "PENDOPO_PORT is 'many', but must be a whole number"),
        ({"PENDOPO_PORT": "65535"}, "PENDOPO_PORT"),
        ({"PENDOPO_WEB_WORKERS": "0"}, "from 1 to 16"),
        ({"PENDOPO_DEMO": "perhaps"}, "must be true or false"),
        ({"PENDOPO_LOG_LEVEL": "loud"}, "debug, info, warning or error"),
        ({"PENDOPO_BASE_URL": "rapat.go.id"}, "must be an address such as"),
        ({"PENDOPO_BASE_URL": "https://rapat.go.id/x"}, "without a path"),
        ({"DATABASE_URL": "mysql://x:hidden@y/z"}, "DATABASE_URL must be postgresql://"),
        ({"LIVEKIT_URL": "ws://x"}, "LIVEKIT_API_KEY and LIVEKIT_API_SECRET are not set"),
        ({"LIVEKIT_API_KEY": "k", "LIVEKIT_API_SECRET": "s"}, "LIVEKIT_URL is not set"),
        ({"PENDOPO_OIDC_ISSUER": "https://sso.go.id"}, "PENDOPO_OIDC_NAME are not set, but"),
        ({"PENDOPO_OIDC_ISSUER": "sso.go.id"}, "must be an address such as https://sso."),
        ({"PENDOPO_MAIL_HOST": "mail.go.id"}, "PENDOPO_MAIL_FROM is not set, but"),
        ({"PENDOPO_MAIL_FROM": "Diskominfo"}, "must be an address such as Diskominfo <rapat@"),
        ({"PENDOPO_MAIL_PORT": "0"}, "PENDOPO_MAIL_PORT is '0', but must be a whole number"),
        ({"PENDOPO_MAIL_SECURITY": "ssl"}, "none, starttls or tls"),
        ({"PENDOPO_MAIL_PASSWORD": "hidden"}, "PENDOPO_MAIL_USER is not set, but"),
        ({"PENDOPO_CONFIG": "/nowhere"}, "PENDOPO_CONFIG names /nowhere, which is not a file"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(monkeypatch, environment, sentence):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DeploymentError) as caught:
        load()
    assert sentence in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_a_file_counts_and_the_environment_wins(monkeypatch, tmp_path):
    file = tmp_path / "pendopo.conf"
    file.write_text("# our office\nPENDOPO_PORT=9000\nPENDOPO_LOG_LEVEL=WARNING\n")
    monkeypatch.setenv("PENDOPO_CONFIG", str(file))
    monkeypatch.setenv("PENDOPO_PORT", "9100")
    settings = load()
    assert settings.port == 9100
    assert settings.log_level == "warning"


def test_the_file_is_parsed_as_strictly(monkeypatch, tmp_path):
    file = tmp_path / "pendopo.conf"
    file.write_text("PENDOPO_DATAA=/srv\n")
    monkeypatch.setenv("PENDOPO_CONFIG", str(file))
    with pytest.raises(DeploymentError, match=r"PENDOPO_DATAA in .+: did you mean PENDOPO_DATA"):
        load()


def test_secrets_are_made_once_and_readable_by_their_owner_alone(tmp_path):
    settings = load()
    secrets = [settings.secret_key, settings.livekit_api_key, settings.livekit_api_secret]
    assert len(settings.livekit_api_secret) >= 32
    assert secrets == [load().secret_key, load().livekit_api_key, load().livekit_api_secret]
    folder = tmp_path / "var" / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 3


def test_many_first_readers_read_the_same_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        read = list(pool.map(lambda _: KeyFolder(tmp_path).read("django_secret_key"), range(64)))
    assert len(set(read)) == 1


def test_check_says_what_is_wrong_and_fails(monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_PORT", "many")
    assert main(["check"]) == 1
    assert "WRONG  settings" in capsys.readouterr().out


def test_a_command_with_a_wrong_setting_says_so_in_one_line(monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_PROT", "9000")
    deployment.cache_clear()
    try:
        assert main(["run"]) == 1
    finally:
        deployment.cache_clear()
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "did you mean PENDOPO_PORT?" in said.err


def test_the_manual_has_the_settings_as_they_are():
    assert settings_table() in (ROOT / "docs" / "operating.md").read_text(), (
        "run `.venv/bin/python tools/settings_table.py`"
    )
