"""The embedded PostgreSQL: starts, survives, stops, and takes no stranger for its own."""

import os
import signal
import stat
import subprocess
import sys

import psycopg
import pytest

from pendopo.project.postgres import Cluster, ClusterError
from tests.plugins.waiting import until


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path / "var")
    cluster.prepare()
    yield cluster
    cluster.stop_orphan()
    cluster.remove()


OUR_ROLE = "select rolcreatedb and not rolsuper from pg_roles where rolname = current_user"


def spawn(cluster):
    command = cluster.command()
    process = subprocess.Popen(command.argv, stderr=subprocess.DEVNULL, **command.options)
    cluster.wait_ready(lambda: process.poll() is not None)
    return process


def stop(process):
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0


def one(cluster, query):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def test_our_role_may_make_databases_and_nothing_listens_on_a_port(cluster):
    process = spawn(cluster)
    assert one(cluster, OUR_ROLE)
    assert one(cluster, "show listen_addresses") == ""
    assert int(one(cluster, "show max_connections")) >= 100
    assert one(cluster, "select upper('é')") == "É"
    stop(process)


def test_what_was_written_is_there_after_a_kill(cluster):
    process = spawn(cluster)
    with psycopg.connect(cluster.url) as connection:
        connection.execute("create table kept as select 42 as x")
    process.kill()
    process.wait()
    process = spawn(cluster)
    assert one(cluster, "select x from kept") == 42
    stop(process)


def test_it_does_not_wait_for_a_server_that_has_ended(cluster):
    (cluster.data / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ClusterError, match="ended while starting"):
        spawn(cluster)


def test_an_orphan_is_stopped_and_a_stranger_is_not(cluster):
    process = spawn(cluster)
    cluster.stop_orphan()
    assert process.wait(30) == 0
    stranger = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE)
    (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n")
    cluster.stop_orphan()
    assert stranger.poll() is None
    assert not (cluster.data / "postmaster.pid").exists()
    stranger.communicate()


def test_its_folders_are_closed_to_others(cluster):
    for folder in (cluster.data, cluster.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_long_path_gets_a_short_socket(tmp_path):
    cluster = Cluster(tmp_path / ("long" * 30), throw_away=True)
    if os.geteuid() != 0:  # as root the folder is a short one of the system anyway
        assert str(cluster.socket).startswith("/tmp/pendopo-")
    with cluster.started():
        assert one(cluster, "select 1") == 1
    cluster.remove()


def test_it_stops_when_whoever_started_it_is_killed(cluster, tmp_path):
    code = (
        "import subprocess, sys\n"
        "from pathlib import Path\n"
        "from pendopo.project.postgres import Cluster\n"
        f"command = Cluster(Path({str(tmp_path / 'var')!r}), throw_away=True).command()\n"
        "process = subprocess.Popen(command.argv, stderr=subprocess.DEVNULL, **command.options)\n"
        "print(process.pid, flush=True)\n"
        "process.wait()\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    postmaster = int(starter.stdout.readline())
    cluster.wait_ready(lambda: starter.poll() is not None)
    starter.kill()
    starter.communicate()
    until(lambda: not (cluster.data / "postmaster.pid").exists(), f"{postmaster} stops", 10)
