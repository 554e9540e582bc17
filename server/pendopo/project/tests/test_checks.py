"""What `pendopo check` finds in broken set-ups, each said in one sentence with the remedy."""

import os
import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pendopo.project.check import findings
from pendopo.project.checks import contents, elsewhere, machine
from pendopo.project.checks.finding import Finding
from pendopo.project.checks.secrets import secret_files
from pendopo.project.deployment import load, setting_names
from pendopo.project.keys import GENERATORS, KeyFolder

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FREE = 127_000_000_000
HERE = Path("/srv/pendopo")


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (machine.python_version((3, 10)), "use 3.11 to 3.14"),
        (machine.python_version((3, 15)), "use 3.11 to 3.14"),
        (machine.clock(0), "timedatectl set-ntp true"),
        (machine.room("room", HERE, 999_999_999), "make room, at least 1 GB"),
        (
            contents.migrations({("meetings", "0999_x")}, set(), running=False),
            "meetings.0999_x, which this version does not know: install",
        ),
        (
            contents.migrations(set(), {("meetings", "0001_x")}, running=True),
            "1 are missing, such as meetings.0001_x: stop",
        ),
        (
            contents.demo_accounts(7, "https://rapat.example.go.id", ""),
            "7 can be used by everybody",
        ),
        (contents.demo_accounts(7, "https://192.168.1.2", "192.168.1.2"), "PENDOPO_DEMO=false"),
        (contents.skew(NOW, NOW - timedelta(seconds=6)), "by 6 s: keep both right"),
        (contents.skew(NOW - timedelta(hours=7), NOW), "by 25200 s"),
        (contents.queue(0, 0, 0), "no worker gives a sign of life: look at the log"),
        (contents.queue(1, 0, 301), "has waited for 301 s: look at"),
        (elsewhere.base_url("http://rapat.example.go.id", 8000, 0), "is not https"),
        (elsewhere.base_url("http://localhost:9000", 8000, 0), "make its port 8000"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(finding: Finding, words: str) -> None:
    assert not finding.right
    assert words in finding.text
    assert finding.text.endswith(".")


@pytest.mark.parametrize(
    "finding",
    [
        machine.python_version((3, 11)),
        machine.clock(time.time()),
        machine.room("room", HERE, FREE),
        contents.migrations({("a", "1")}, {("a", "1")}, running=True),
        contents.migrations(set(), {("a", "1")}, running=False),
        contents.demo_accounts(7, "http://localhost:8000", ""),
        contents.demo_accounts(7, "http://127.0.0.1:8000", ""),
        contents.demo_accounts(0, "https://rapat.example.go.id", ""),
        contents.skew(NOW, NOW),
        contents.queue(1, 3, 10),
        elsewhere.base_url("https://rapat.example.go.id", 8000, 1),
        elsewhere.base_url("http://localhost:8000", 8000, 0),
        elsewhere.single_sign_on(""),
    ],
)
def test_what_is_right_is_not_called_wrong(finding: Finding) -> None:
    assert finding.right, finding


# ---- secrets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Fresh secrets."""
    secrets = KeyFolder(tmp_path / "secrets")
    for name in GENERATORS:
        secrets.read(name)
    return secrets.path


def wrong_ones(folder: Path, *, in_use: bool = True) -> list[str]:
    return [found.text for found in secret_files(folder, in_use=in_use) if not found.right]


def test_fresh_secrets_are_right_and_none_are_made(folder: Path, tmp_path: Path) -> None:
    assert wrong_ones(folder) == []
    assert wrong_ones(tmp_path / "none", in_use=False) == []
    assert not (tmp_path / "none").exists()


def test_an_open_folder_an_open_file_and_a_link_are_named(folder: Path, tmp_path: Path) -> None:
    file = folder / "livekit_api_secret"
    file.chmod(0o640)
    assert wrong_ones(folder) == [
        f"{file} can be read by others: `chmod 600 {file}`, and change what is in it."
    ]
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert [str(file) in text for text in wrong_ones(folder)] == [True]
    folder.chmod(0o755)
    assert f"chmod 700 {folder}" in wrong_ones(folder)[0]


def test_an_empty_and_a_lost_secret_are_named(folder: Path) -> None:
    (folder / "livekit_api_key").write_text("")
    (folder / "django_secret_key").unlink()
    lost, cut = wrong_ones(folder)
    assert "django_secret_key is missing: bring it back from a backup" in lost
    assert "livekit_api_key is empty or cut short" in cut
    assert len(wrong_ones(folder, in_use=False)) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_secret_of_somebody_else_is_named(folder: Path) -> None:
    os.chown(folder / "livekit_api_key", 65534, 65534)
    assert "belongs to another user: `chown -R`" in wrong_ones(folder)[0]


# ---- whole set-ups


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Everything that is wrong with these settings: subject → text."""
    url = os.environ["DATABASE_URL"]
    for name in [*setting_names(), "PENDOPO_CONFIG"]:
        monkeypatch.delenv(name, raising=False)

    def look(**settings: str) -> dict[str, str]:
        given = {"PENDOPO_DATA": str(tmp_path), "PENDOPO_PORT": "26400", "DATABASE_URL": url}
        for name, value in (given | settings).items():
            monkeypatch.setenv(name, value)
        return {found.subject: found.text for found in findings() if not found.right}

    return look


def test_a_database_that_is_not_there_is_named_and_the_rest_is_looked_at(check: Any) -> None:
    found = check(
        DATABASE_URL="postgresql://a:rahasia@127.0.0.1:1/a", PENDOPO_BASE_URL="http://x.go.id"
    )
    assert set(found) == {"database", "address"}
    assert "start it, or correct DATABASE_URL." in found["database"]
    assert "rahasia" not in str(found)
    assert all("\n" not in text for text in found.values())


def test_a_taken_port_and_a_missing_program_are_named(check: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 26401)):
        found = check(PENDOPO_LIVEKIT_BIN=str(tmp_path / "none"))
    assert set(found) == {"ports", "LiveKit program"}
    assert "26401" in found["ports"]


def test_a_livekit_elsewhere_that_does_not_answer_is_named(check: Any) -> None:
    found = check(LIVEKIT_URL="ws://127.0.0.1:1", LIVEKIT_API_KEY="k", LIVEKIT_API_SECRET="s" * 40)
    assert "correct LIVEKIT_URL" in found["LiveKit"]


def test_an_open_data_folder_and_a_half_restore_are_named(check: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    (tmp_path / "restoring").touch()
    found = check()
    assert set(found) == {"data folder", "restore"}


# ---- other machines


@contextmanager
def answering(*lines: bytes) -> Iterator[int]:
    """A server that says these lines, one after each that it hears; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as heard:
                for line in lines:
                    connection.sendall(line)
                    heard.readline()

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join(10)


def mail_settings(monkeypatch: pytest.MonkeyPatch, port: int, **more: str) -> Any:
    given = {
        "PENDOPO_MAIL_HOST": "127.0.0.1", "PENDOPO_MAIL_PORT": str(port),
        "PENDOPO_MAIL_FROM": "rapat@example.go.id", "PENDOPO_MAIL_SECURITY": "none", **more,
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load()


HELLO = [b"220 mail\r\n", b"250-mail\r\n250 AUTH PLAIN\r\n"]


def test_a_mail_server_that_takes_our_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    # smtplib greets only when it must, so NOOP follows the greeting at once.
    with answering(HELLO[0], b"250 ok\r\n", b"221 bye\r\n") as port:
        assert elsewhere.mail_server(mail_settings(monkeypatch, port)).right


def test_a_mail_server_that_refuses_us_or_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    user = {"PENDOPO_MAIL_USER": "u", "PENDOPO_MAIL_PASSWORD": "rahasia"}
    with answering(*HELLO, b"535 no\r\n", b"221 bye\r\n") as port:
        refused = elsewhere.mail_server(mail_settings(monkeypatch, port, **user))
    assert "correct PENDOPO_MAIL_USER and PENDOPO_MAIL_PASSWORD." in refused.text
    gone = elsewhere.mail_server(mail_settings(monkeypatch, 1, **user))
    assert "ConnectionRefusedError" in gone.text
    unencrypted = {"PENDOPO_MAIL_SECURITY": "starttls"}
    with answering(HELLO[0], b"250 mail\r\n", b"221 bye\r\n") as port:
        plain = elsewhere.mail_server(mail_settings(monkeypatch, port, **unencrypted))
    assert smtplib.SMTPNotSupportedError.__name__ in plain.text
    assert [refused.right, gone.right, plain.right] == [False] * 3
    assert not any("rahasia" in found.text for found in (refused, gone, plain))


def test_a_provider_that_is_not_there_or_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = elsewhere.single_sign_on("http://127.0.0.1:1/realms/pemda")
    assert "or start that provider." in gone.text
    body = b'{"issuer": "https://sso.example.go.id"}'
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
    with answering(b"", head + body) as port:
        other = elsewhere.single_sign_on(f"http://127.0.0.1:{port}")
    assert "the provider calls itself https://sso.example.go.id" in other.text
