"""A backup made while people meet restores to an equal installation, and nothing else does."""

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from PIL import Image

from pendopo.project.postgres import Cluster
from tests.flows.test_pages import sign_in
from tests.media.sdk import joined, publish
from tests.plugins.clients import PUBLIC, Program, Seat
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.media


def run(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on this installation, whatever comes of it."""
    return subprocess.run(
        [sys.executable, "-m", "pendopo", *words],
        env=office.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def backed_up(office: Office, parent: Path, *words: str) -> Path:
    done = run(office, "backup", str(parent), *words)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder,) = parent.glob("pendopo-*")
    return folder


def rows_in(office: Office) -> dict[str, int]:
    """Rows of every table, asked for from outside."""
    with psycopg.connect(Cluster(office.data).url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' EXCEPT"
            " SELECT partrelid::regclass::text FROM pg_partitioned_table"
        ).fetchall()
        counts = {}
        for (name,) in tables:
            row = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert row
            counts[name] = row[0]
    return counts


def spend_transaction_ids(office: Office) -> None:
    with psycopg.connect(Cluster(office.data).url, autocommit=True) as connection:
        connection.execute(
            "DO $$ BEGIN FOR i IN 1..9000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;"
            " END $$"
        )


def kinds_in_the_order_of_the_feed(office: Office) -> list[str]:
    """The feed hands entries out by transaction id, as soon as no lower one can still come."""
    with Cluster(office.data).started(), psycopg.connect(Cluster(office.data).url) as connection:
        rows = connection.execute(
            "SELECT kind FROM journal_entry WHERE transaction_id <"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY transaction_id, id"
        ).fetchall()
    return [kind for (kind,) in rows]


def hand_in(client: httpx.Client) -> str:
    """Begins a request with the photo of a letter, as a villager's phone does; its code."""
    page = client.get("/ajukan/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).save(out, "JPEG")
    answer = client.post(
        "/ajukan/",
        data={"csrfmiddlewaretoken": token[1]},
        files={"letter": ("surat.jpg", out.getvalue(), "image/jpeg")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["code"])


def file_rows(office: Office) -> dict[str, str]:
    """What the database says of files that are kept: name below the files' folder → SHA-256."""
    with psycopg.connect(Cluster(office.data).url) as connection:
        rows = connection.execute(
            "SELECT content, sha256 FROM files_storedfile WHERE content <> ''"
        ).fetchall()
    return dict(rows)


def letter_of(office: Office, code: str) -> str:
    """The name of the content of a request's letter."""
    with psycopg.connect(Cluster(office.data).url) as connection:
        row = connection.execute(
            "SELECT content FROM intake_servicerequest r JOIN files_storedfile f"
            " ON f.id = r.letter_id WHERE tracking_code = %s",
            [code],
        ).fetchone()
    assert row
    return str(row[0])


def contents(folder: Path) -> dict[str, str]:
    """The kept contents themselves: drawn pages beside them are made anew when they are missing."""
    return {name: found for name, found in sums(folder).items() if name.endswith("/content")}


def said_by(client: httpx.Client, seat: Seat) -> list[str]:
    """The chat that this seat sees."""
    answer = client.get(f"{PUBLIC}/seats/chat", headers=seat.headers)
    return [item["text"] for item in answer.json()["items"]]


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def other() -> Iterator[Office]:
    """An installation that has not been started yet."""
    empty = Office()
    try:
        yield empty
    finally:
        empty.close()


@pytest.fixture(scope="module")
def backup(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (office.data / "files" / "office").mkdir(parents=True, exist_ok=True)
    (office.data / "files" / "office" / "uji.png").write_bytes(os.urandom(50_000))
    return backed_up(office, tmp_path_factory.mktemp("backup"), "--quick")


async def test_made_while_people_meet_it_restores_to_an_equal_installation(
    office: Office, other: Office, program: Program, guest: httpx.Client, tmp_path: Path
) -> None:
    spend_transaction_ids(office)  # more than a new database has used
    (office.data / "files" / "office").mkdir(parents=True, exist_ok=True)
    (office.data / "files" / "office" / "uji.png").write_bytes(os.urandom(50_000))
    meeting = program.meeting(title="Rapat selama pencadangan")
    seat = Seat(guest, meeting["slug"], "Siti")
    assert seat.post("/chat", {"text": "Sebelum dicadangkan"}).status_code == 201
    code = hand_in(guest)
    async with joined(program, meeting["id"], "Budi") as room:
        tasks = await publish(room)
        folder = backed_up(office, tmp_path)
        assert seat.post("/chat", {"text": "Sesudah dicadangkan"}).status_code == 201
        for task in tasks:
            task.cancel()

    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["verified"] is True
    assert (folder.stat().st_mode & 0o777, (folder / "database.dump").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    done = run(other, "restore", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    for saved in ("files", "secrets"):
        assert sums(other.data / saved) == sums(folder / "files" / saved)
    assert sums(folder / "files" / "files") == sums(office.data / "files")

    with Cluster(other.data).started():
        found = rows_in(other)
        kept = file_rows(other)
        letter = letter_of(other, code)
    assert contents(other.data / "files") == kept
    original = (office.data / "files" / letter).read_bytes()
    assert hashlib.sha256(original).hexdigest() == kept[letter]
    # Nothing but the note that it was restored has come on top.
    journal = f"journal_entry_{datetime.now(UTC).year}"
    assert found == manifest["rows"] | {journal: manifest["rows"][journal] + 1}
    feed = kinds_in_the_order_of_the_feed(other)
    assert (len(feed), feed[-1]) == (found[journal], "system.restored")

    other.start().wait_ready()
    with httpx.Client(base_url=other.base_url, follow_redirects=True, timeout=20) as client:
        page = sign_in(client, "koordinator@pendopo.test")
        assert "Rapat selama pencadangan" in page.text
        assert said_by(client, seat) == ["Sebelum dicadangkan"]


def changed(backup: Path, tmp_path: Path, **facts: Any) -> Path:
    """A copy of the backup whose manifest says something else."""
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | facts))
    return copy


def refused(other: Office, folder: Path, *words: str) -> None:
    """The restore says these words, and nothing was made but the secrets of a first look."""
    done = run(other, "restore", str(folder))
    assert done.returncode == 1, done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert not (other.data / "files").exists()
    assert not Cluster(other.data).data.exists()


def test_a_newer_version_is_refused(backup: Path, other: Office, tmp_path: Path) -> None:
    refused(other, changed(backup, tmp_path, pendopo="99.0.0"), "99.0.0", "or a later one")


def test_unknown_migrations_are_refused(backup: Path, other: Office, tmp_path: Path) -> None:
    migrations = json.loads((backup / "manifest.json").read_text())["migrations"]
    newer = [*migrations, ["meetings", "0999_from_the_future"]]
    refused(other, changed(backup, tmp_path, migrations=newer), "0999_from_the_future")


def test_a_newer_postgresql_and_form_are_refused(
    backup: Path, other: Office, tmp_path: Path
) -> None:
    refused(other, changed(backup, tmp_path, postgresql=99), "PostgreSQL 99")
    shutil.rmtree(tmp_path / "copy")
    refused(other, changed(backup, tmp_path, format=2), "newer Pendopo")


@pytest.mark.parametrize("file", ["database.dump", "files/files/office/uji.png"])
def test_a_damaged_file_is_named(backup: Path, other: Office, tmp_path: Path, file: str) -> None:
    copy = changed(backup, tmp_path)
    with (copy / file).open("r+b") as content:
        content.seek(100)
        content.write(b"damaged")
    refused(other, copy, file, "use another backup")


def test_a_missing_and_a_strange_file_are_named(
    backup: Path, other: Office, tmp_path: Path
) -> None:
    copy = changed(backup, tmp_path)
    (copy / "files" / "secrets" / "stranger").write_text("x")
    refused(other, copy, "stranger")
    (copy / "files" / "secrets" / "stranger").unlink()
    (copy / "database.dump").unlink()
    refused(other, copy, "database.dump is missing")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "files/../../x", "files/run/lock", "files\\secrets\\x"],
)
def test_a_hostile_manifest_is_refused(
    backup: Path, other: Office, tmp_path: Path, name: str
) -> None:
    files = json.loads((backup / "manifest.json").read_text())["files"]
    refused(other, changed(backup, tmp_path, files=files | {name: ["0" * 64, 1]}), "don't trust it")


def test_a_link_is_no_file_of_a_backup(backup: Path, other: Office, tmp_path: Path) -> None:
    copy = changed(backup, tmp_path)
    file = copy / "files" / "files" / "office" / "uji.png"
    moved = tmp_path / "elsewhere.png"
    shutil.move(file, moved)
    file.symlink_to(moved)
    refused(other, copy, "uji.png is a link")


def test_what_is_no_backup_is_refused(other: Office, tmp_path: Path) -> None:
    refused(other, tmp_path, "is no backup")


def test_it_never_restores_over_something(office: Office, backup: Path, other: Office) -> None:
    done = run(office, "restore", str(backup))
    assert (done.returncode, "stop it" in done.stderr) == (1, True)
    assert run(other, "restore", str(backup)).returncode == 0
    again = run(other, "restore", str(backup))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)


def test_a_restore_that_was_interrupted_starts_again(backup: Path, other: Office) -> None:
    (other.data / "files").mkdir(parents=True)
    (other.data / "files" / "half").write_text("x")
    (other.data / "restoring").touch()
    for command in ("run", "demo"):
        done = run(other, command)
        assert (done.returncode, "is half restored" in done.stderr) == (1, True)
    done = run(other, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert not (other.data / "files" / "half").exists()
    assert not (other.data / "restoring").exists()


def test_a_killed_backup_does_not_look_like_one(office: Office, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pendopo", "backup", str(tmp_path)], env=office.environment
    )
    until(lambda: list(tmp_path.glob(".draft-*")), "the draft is there", 30)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert list(tmp_path.glob("pendopo-*")) == []


def test_an_empty_database_is_no_backup(other: Office, tmp_path: Path) -> None:
    done = run(other, "backup", str(tmp_path))
    assert (done.returncode, "nothing to back up" in done.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_no_room_is_said_in_one_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(office, "backup", str(tmp_path / "file"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "name another folder" in done.stderr


def test_only_the_newest_are_kept(office: Office, tmp_path: Path) -> None:
    for _ in range(3):
        assert run(office, "backup", str(tmp_path), "--quick", "--keep", "2").returncode == 0
    assert len(list(tmp_path.glob("pendopo-*"))) == 2


def test_into_a_database_of_ones_own_once_its_transaction_ids_are_high_enough(
    office: Office, tmp_path: Path
) -> None:
    spend_transaction_ids(office)
    folder = backed_up(office, tmp_path, "--quick")
    own = Cluster(tmp_path / "own", throw_away=True)
    other = Office(DATABASE_URL=own.url)
    try:
        with own.started():
            done = run(other, "restore", str(folder))
            assert (done.returncode, "pg_resetwal --epoch=1" in done.stderr) == (1, True)
            assert not (other.data / "restoring").exists()
        own.begin_epoch(1)
        with own.started():
            done = run(other, "restore", str(folder))
            assert done.returncode == 0, done.stderr
            again = tmp_path / "again"
            done = run(other, "backup", str(again))
            assert done.returncode == 0, done.stderr
        (copy,) = again.glob("pendopo-*")
        rows = [json.loads((f / "manifest.json").read_text())["rows"] for f in (folder, copy)]
        journal = f"journal_entry_{datetime.now(UTC).year}"
        assert rows[1] == rows[0] | {journal: rows[0][journal] + 1}
    finally:
        own.stop_orphan()
        own.remove()
        other.close()


def test_a_database_that_does_not_answer_is_said_in_one_sentence(
    other: Office, backup: Path, tmp_path: Path
) -> None:
    other.environment["DATABASE_URL"] = "postgresql://a:geheim@127.0.0.1:1/a"
    for words in (("backup", str(tmp_path)), ("restore", str(backup))):
        done = run(other, *words)
        assert (done.returncode, "correct DATABASE_URL." in done.stderr) == (1, True), done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert "geheim" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_and_is_said_in_one_sentence(
    office: Office, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    argv = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
    if subprocess.run(argv, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        done = run(office, "backup", str(small))
        left = list(small.iterdir())
    finally:
        subprocess.run(["umount", str(small)], check=True)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "no room" in done.stderr.lower() or "No space left" in done.stderr
    assert left == []
