"""`pendopo run` for real: what it starts comes back when it dies, and nothing outlives it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from pendopo.project.postgres import Cluster
from tests.plugins.office import Office, free_ports
from tests.plugins.waiting import until

PARTS = {"database", "livekit", "worker", "web"}


@pytest.fixture
def another():
    """Offices of a test's own; each is stopped and removed."""
    made = []

    def make(**settings):
        made.append(Office(**settings))
        return made[-1]

    yield make
    for each in made:
        each.close()


def nothing_left(office, seconds=15):
    until(lambda: not office.processes(), f"no process is left of {office.data}", seconds)


def test_all_parts_run_and_the_block_says_what_matters(office):
    assert set(office.pids()) == PARTS
    assert office.get("/healthz") == 200
    for name in ("localhost", "127.0.0.1"):
        with socket.create_connection((name, office.port), timeout=5):
            pass
    log = office.log
    assert f"http://localhost:{office.port}" in log
    for account in (
        "admin",
        "sekretariat",
        "kepala",
        "koordinator",
        "operator",
        "kendali",
        "pemohon",
    ):
        assert f"{account}@pendopo.test" in log
    assert str(office.data) in log
    assert "Ctrl-C" in log


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_killed_part_comes_back(office, part):
    starts = office.status()["starts"][part]
    killed = office.kill(part)

    def back():
        status = office.status() or {}
        is_new = status["starts"][part] > starts and status["processes"].get(part) not in {
            None,
            killed,
        }
        return is_new and set(status["processes"]) == PARTS and office.get("/readyz") == 200

    until(back, f"{part} is back and all is ready", 60)


def test_a_killed_web_server_leaves_no_worker_of_its_own(office):
    def serving():
        return {pid for pid, words in office.processes().items() if "granian" in words}

    before = serving()
    assert len(before) >= 3, "the main process and two workers"
    os.kill(office.pids()["web"], signal.SIGKILL)
    until(lambda: not before & serving(), "the old web processes are gone", 10)
    until(lambda: office.get("/readyz") == 200, "the pages are back")


def test_live_rooms_are_looked_after_as_soon_as_livekit_is_back(office):
    """The job waits for no clock: it is there although the worker is stopped."""
    url = Cluster(office.data).url
    count = "select count(*) from procrastinate_jobs where task_name like '%%.reconcile'"

    def jobs():
        with psycopg.connect(url) as connection:
            return connection.execute(count).fetchone()[0]

    worker = office.pids()["worker"]
    os.kill(worker, signal.SIGSTOP)
    try:
        before = jobs()
        office.kill("livekit")
        until(lambda: jobs() > before, "a reconciliation is enqueued", 15)
    finally:
        os.kill(worker, signal.SIGCONT)
    until(lambda: office.get("/readyz") == 200, "all is ready")


def test_a_second_run_on_the_same_data_is_refused(office):
    done = subprocess.run(
        [sys.executable, "-m", "pendopo", "run"],
        env=office.environment | {"PENDOPO_PORT": str(free_ports())},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert f"already runs on {office.data}" in done.stderr
    assert "PENDOPO_DATA and PENDOPO_PORT" in done.stderr
    assert office.get("/readyz") == 200


@pytest.mark.parametrize("offset", [0, 3])
def test_a_taken_port_is_named_before_anything_starts(another, offset):
    office = another()
    kind = socket.SOCK_DGRAM if offset == 3 else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", office.port + offset))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        office.start()
        assert office.process.wait(30) == 1
    assert f"Port {office.port + offset} (" in office.log
    assert "PENDOPO_PORT=" in office.log
    assert "database" not in office.log


def open_event_stream(office):
    """A page's connection that never ends by itself."""
    with psycopg.connect(Cluster(office.data).url) as connection:
        slug = connection.execute("select slug from meetings_meeting limit 1").fetchone()[0]
    stream = urlopen(f"{office.base_url}/j/{slug}/peristiwa", timeout=20)
    assert stream.status == 200
    return stream


def test_a_second_office_runs_beside_the_first_and_ends_without_a_trace(office, another):
    second = another().start().wait_ready()
    assert not set(office.processes()) & set(second.processes())
    with open_event_stream(second):
        os.kill(second.pid, signal.SIGKILL)
        second.process.wait()
        nothing_left(second)
    second.start().wait_ready()  # a crash is no obstacle to the next start
    with open_event_stream(second):
        assert second.stop() == 0
        nothing_left(second)
    assert not (second.data / "run" / "status.json").exists()
    assert office.get("/readyz") == 200


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGKILL])
def test_stopped_while_starting_nothing_is_left(another, wish):
    office = another().start()
    until(lambda: "prepare |" in office.log, "it is starting")
    os.kill(office.pid, wish)
    office.process.wait(40)
    nothing_left(office)


def test_commands_use_the_running_database_and_start_it_when_nothing_runs(office, another):
    words = office.command(
        "token", "create", "--account", "admin@pendopo.test", "--scope", "meetings:write"
    ).split()
    assert len(words[-1]) > 20
    assert "ready at" in office.command("check")
    idle = another()
    idle.command("migrate")
    said = idle.command("check")
    assert f"{'tables':<27} ours" in said
    assert f"{'migrations':<27} all" in said
    nothing_left(idle)


def test_a_user_who_is_not_root_can_run_it(another):
    """Started as somebody else, when we are root."""
    if os.geteuid() != 0:
        pytest.skip("every other test here runs as an ordinary user already")
    nobody = pwd.getpwnam("nobody")
    them = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        subprocess.run([sys.executable, "-c", "import pendopo"], check=True, **them)
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("the interpreter lies in a folder that only root may enter")
    office = another()
    office.folder.chmod(0o755)
    shutil.chown(office.folder, nobody.pw_uid, nobody.pw_gid)
    office.start(**them)
    office.wait_ready()
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in office.processes()} == {nobody.pw_uid}
    assert (office.data / "pgdata18").exists()
    assert office.stop() == 0
    nothing_left(office)
