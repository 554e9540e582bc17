"""The build tools: what fails says why and what to do, what is current is left alone."""

import os
import subprocess
import sys
import time

import pytest

import build
import jobs
from pendopo.gateways.caddy.config import CADDY_VERSION
from pendopo.gateways.livekit.config import LIVEKIT_VERSION


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(jobs, "LOGS", tmp_path / "log")
    monkeypatch.setattr(jobs, "REFRESH", 0.01)
    monkeypatch.setattr(build, "BUILD", tmp_path)


def shell(name, words, remedy=""):
    return jobs.Job(name, lambda job: job.run(["sh", "-c", words]), remedy)


def test_a_failing_job_shows_its_last_lines_and_the_remedy():
    job = shell("client", "seq 99; echo broken; exit 3", "Install Node.")
    assert jobs.run_side_by_side([job]) == [job]
    shown = jobs.explain(job).split("\n")
    assert shown[-2] == "broken"
    assert shown[-1] == (
        "──── client: `sh -c seq 99; echo broken; exit 3` ended with exit code 3. Install Node."
    )
    assert len(shown) == jobs.LINES_SHOWN + 2


def test_a_failure_ends_the_others():
    begun = time.monotonic()
    slow, failing = shell("slow", "exec sleep 60"), shell("failing", "exit 1")
    assert jobs.run_side_by_side([slow, failing]) == [failing]
    assert time.monotonic() - begun < 30


def test_jobs_run_side_by_side_and_tell_their_state(capsys):
    done = [shell("one", "echo a"), shell("two", "echo b")]
    assert jobs.run_side_by_side(done) == []
    said = capsys.readouterr().out
    assert "one          done in" in said
    assert "two          done in" in said


def test_a_missing_program_is_named():
    job = jobs.Job("x", lambda job: job.run(["no-such-program"]), "Install it.")
    jobs.run_side_by_side([job])
    assert job.problem == "no-such-program is not installed. Install it."


def test_an_old_or_missing_tool_is_refused_with_the_remedy():
    with pytest.raises(jobs.Failed, match=r"Python 99\.1 or later is needed, found is 3\."):
        build.need([sys.executable, "--version"], (99, 1), "Python", "get it")
    with pytest.raises(jobs.Failed, match=r"Go 1\.26 or later is needed, there is none: get it"):
        build.need(["no-such-program"], (1, 26), "Go", "get it")


def test_a_part_is_current_only_for_the_same_inputs_and_an_existing_result(tmp_path):
    result = tmp_path / "result"
    build.note("part", "inputs")
    assert not build.is_current("part", "inputs", result)
    result.touch()
    assert build.is_current("part", "inputs", result)
    assert not build.is_current("part", "other inputs", result)


def test_the_engines_are_the_pinned_ones():
    assert build.pinned(build.ENGINE, "livekit/livekit-server") == LIVEKIT_VERSION
    assert build.pinned(build.CADDY_MODULE, "caddyserver/caddy/v2") == CADDY_VERSION


def test_serving_without_a_host_is_refused_with_an_example():
    environment = {name: value for name, value in os.environ.items() if name != "HOST"}
    done = subprocess.run(
        ["make", "serve"], cwd=build.ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "make serve HOST=192.168.1.20" in done.stderr


def test_caddy_is_built_only_for_those_who_serve_other_devices(monkeypatch):
    monkeypatch.setattr(build, "is_current", lambda *_: False)
    monkeypatch.setattr(build, "is_on_path", lambda *_: False)
    wanted = [job.name for job in build.wanted_jobs(["venv", "client", "engine"])]
    assert wanted == ["venv", "client", "engine"]
    assert [job.name for job in build.wanted_jobs(["caddy"])] == ["caddy"]
