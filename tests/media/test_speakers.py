"""`make demo`: three synthetic speakers meet for real, and leave nothing live behind."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from livekit import rtc

from tests.media.sdk import RATE, eventually, joined
from tests.plugins.clients import Program
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.media
TOOL = Path(__file__).resolve().parents[2] / "tools" / "speakers.py"


@pytest.fixture
def speakers(office: Office, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The tool, and the link of its meeting."""
    said = tmp_path / "said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(TOOL)], env=office.environment, stdout=out, stderr=out
        )

    def link() -> str:
        assert process.poll() is None, said.read_text()
        found = re.search(r"Open (\S+)\n", said.read_text())
        return found[1] if found else ""

    try:
        yield process, until(link, "the speakers meet", 60)
    finally:
        process.kill()
        process.wait(20)


async def test_three_speakers_are_seen_and_heard_until_ctrl_c(
    speakers: tuple["subprocess.Popen[bytes]", str], office: Office, program: Program
) -> None:
    process, link = speakers
    assert link.startswith(f"{office.base_url}/j/")
    meeting = next(each for each in listed(program) if each["join_url"] == link)
    assert (meeting["title"], meeting["state"]) == ("Rapat contoh", "open")
    pictures: dict[str, list[bytes]] = {}
    loudest: dict[str, int] = {}
    async with joined(program, meeting["id"], "Penonton", role="viewer") as viewer:

        async def watch(track: rtc.RemoteTrack, name: str) -> None:
            async for event in rtc.VideoStream(track):
                pictures.setdefault(name, []).append(bytes(event.frame.data))

        async def listen(track: rtc.RemoteTrack, name: str) -> None:
            async for event in rtc.AudioStream(track, sample_rate=RATE):
                peak = int(np.abs(np.frombuffer(event.frame.data, np.int16)).max())
                loudest[name] = max(loudest.get(name, 0), peak)

        tasks = []
        for person in viewer.remote_participants.values():
            for each in person.track_publications.values():
                track = await eventually(partial(getattr, each, "track"), "a track is subscribed")
                is_picture = track.kind == rtc.TrackKind.KIND_VIDEO
                work = watch if is_picture else listen
                tasks.append(asyncio.create_task(work(track, person.name)))
        assert len(tasks) == 6
        await eventually(lambda: len(pictures) == 3, "all three are seen")
        await eventually(lambda: all(len(set(p)) > 5 for p in pictures.values()), "they move")
        await eventually(lambda: max(loudest.values(), default=0) > 1000, "one is heard")
        assert {name.split()[0] for name in pictures} == {"Drs.", "Dewi", "Rizky"}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    ended = program.http.get(f"/meetings/{meeting['id']}").json()
    assert ended["state"] == "ended"


def listed(program: Program) -> list[dict[str, str]]:
    items: list[dict[str, str]] = program.http.get("/meetings").json()["items"]
    return items


def test_they_leave_when_somebody_ends_the_meeting(
    speakers: tuple["subprocess.Popen[bytes]", str], program: Program
) -> None:
    process, link = speakers
    meeting = next(each for each in listed(program) if each["join_url"] == link)
    assert program.http.post(f"/meetings/{meeting['id']}/end").status_code == 200
    assert process.wait(30) == 0


def test_without_an_office_that_runs_it_says_so(tmp_path: Path) -> None:
    idle = Office()
    try:
        done = subprocess.run(
            [sys.executable, str(TOOL)], env=idle.environment, capture_output=True, text=True
        )
    finally:
        idle.close()
    assert done.returncode == 1
    assert done.stderr.strip().endswith("start it with `make run` first.")
    assert len(done.stderr.strip().splitlines()) == 1
