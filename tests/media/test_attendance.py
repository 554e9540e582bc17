"""Attendance as it is promised, from real connections."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from livekit import rtc

from tests.media.sdk import eventually, joined
from tests.plugins.clients import Program, Seat, problem
from tests.plugins.office import Office

pytestmark = pytest.mark.media

# Joins with a token, says so, and stays until it is killed.
STAY = """
import asyncio, sys
from livekit import rtc

async def main():
    room = rtc.Room()
    await room.connect(sys.argv[1], sys.argv[2])
    print("in", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def now() -> datetime:
    return datetime.now(UTC)


def stays(program: Program, meeting_id: str) -> dict[str, dict[str, Any]]:
    items = program.http.get(f"/meetings/{meeting_id}/attendance").json()["items"]
    for item in items:
        for key in ("joined_at", "left_at"):
            item[key] = item[key] and datetime.fromisoformat(item[key])
    return {item["name"]: item for item in items}


async def test_a_goodbye_counts_within_a_second(program: Program) -> None:
    meeting = program.meeting()
    async with joined(program, meeting["id"], "Siti"):
        came = now()
        stay = await eventually(
            lambda: stays(program, meeting["id"]).get("Siti"), "Siti is in the attendance"
        )
        assert abs((stay["joined_at"] - came).total_seconds()) < 1
        assert (stay["left_at"], stay["reason"]) == (None, "")
        left = now()
    stay = await eventually(
        lambda: (s := stays(program, meeting["id"])["Siti"]) and s["left_at"] and s, "Siti left"
    )
    assert abs((stay["left_at"] - left).total_seconds()) < 1
    assert stay["reason"] == "left"


async def test_the_end_and_a_removal_are_told_apart(program: Program, office: Office) -> None:
    meeting = program.meeting()
    key = meeting["host_url"].partition("#host=")[2]
    with httpx.Client(base_url=office.base_url, timeout=20) as browser:
        host = Seat(browser, meeting["slug"], "Host", host_key=key)
        async with (
            joined(program, meeting["id"], "Tinggal"),
            joined(program, meeting["id"], "Dikeluarkan") as removed,
        ):
            await eventually(lambda: len(stays(program, meeting["id"])) == 2, "both are noted")
            path = f"/participants/{removed.local_participant.identity}/remove"
            assert host.post(path).status_code == 204
            await eventually(
                lambda: stays(program, meeting["id"])["Dikeluarkan"]["reason"] == "removed",
                "the removal is noted",
            )
            assert host.post("/end").status_code == 204
            await eventually(
                lambda: stays(program, meeting["id"])["Tinggal"]["reason"] == "ended",
                "the end is noted",
            )


async def test_a_browser_that_dies_left_at_its_last_report(
    program: Program, office: Office
) -> None:
    meeting = program.meeting()
    with httpx.Client(base_url=office.base_url, timeout=20) as browser:
        seat = Seat(browser, meeting["slug"], "Ponsel mati")
        arguments = [seat.given["livekit_url"], seat.given["token"]]
        phone = await asyncio.create_subprocess_exec(
            sys.executable, "-c", STAY, *arguments, stdout=asyncio.subprocess.PIPE
        )
        assert phone.stdout
        try:
            assert await phone.stdout.readline() == b"in\n"
            await eventually(
                lambda: "Ponsel mati" in stays(program, meeting["id"]), "the joining is noted"
            )
            assert seat.post("/alive").status_code == 200
            reported, died = now(), time.monotonic()
        finally:
            phone.kill()
            await phone.wait()
        stay = await eventually(
            lambda: (s := stays(program, meeting["id"])["Ponsel mati"]) and s["left_at"] and s,
            "the crash is noted",
            seconds=25,
        )
    assert time.monotonic() - died < 20
    assert abs((stay["left_at"] - reported).total_seconds()) < 1
    assert stay["reason"] == "lost"


async def test_a_lost_network_that_comes_back_is_one_stay(program: Program, office: Office) -> None:
    meeting = program.meeting()
    with httpx.Client(base_url=office.base_url, timeout=20) as browser:
        seat = Seat(browser, meeting["slug"], "Sinyal hilang")
        for _ in range(2):  # the second connection replaces the first, as after a change of network
            entry = seat.again().json()
            room = rtc.Room()
            await room.connect(entry["livekit_url"], entry["token"])
            assert seat.post("/alive").status_code == 200
            await eventually(lambda: stays(program, meeting["id"]), "the joining is noted")
        await room.disconnect()
        await eventually(
            lambda: stays(program, meeting["id"])["Sinyal hilang"]["reason"] == "left", "it left"
        )
        items = program.http.get(f"/meetings/{meeting['id']}/attendance").json()["items"]
    assert len(items) == 1


async def test_removed_means_removed_also_with_the_old_token(
    program: Program, office: Office
) -> None:
    meeting = program.meeting()
    key = meeting["host_url"].partition("#host=")[2]
    with (
        httpx.Client(base_url=office.base_url, timeout=20) as one,
        httpx.Client(base_url=office.base_url, timeout=20) as two,
    ):
        host = Seat(one, meeting["slug"], "Host", host_key=key)
        seat = Seat(two, meeting["slug"], "Pengganggu")
        old = seat.given
        assert host.post(f"/participants/{old['participant_id']}/remove").status_code == 204
        room, out = rtc.Room(), asyncio.Event()
        room.on("disconnected", lambda *_: out.set())
        await room.connect(old["livekit_url"], old["token"])
        await asyncio.wait_for(out.wait(), 5)
        problem(seat.under_another_name(), 403, "participant_removed")
