"""LiveKit killed and back, and webhooks that never came."""

from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from livekit import rtc

from pendopo.project.postgres import Cluster
from tests.media.sdk import eventually
from tests.plugins.clients import Program, Seat
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.media


@pytest.fixture(scope="module")
def fragile() -> Iterator[Office]:
    """An office of one's own to break."""
    office = Office().start()
    try:
        yield office.wait_ready()
    finally:
        office.close()


@pytest.fixture
def its_program(fragile: Office) -> Iterator[Program]:
    """A program of the fragile office."""
    made = Program(fragile, "koordinator@pendopo.test", "meetings:write")
    yield made
    made.http.close()


@pytest.fixture
def browser(fragile: Office) -> Iterator[httpx.Client]:
    """A guest's browser at the fragile office."""
    with httpx.Client(base_url=fragile.base_url, timeout=20) as client:
        yield client


def stays(program: Program, meeting: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = program.http.get(f"/meetings/{meeting['id']}/attendance").json()[
        "items"
    ]
    return items


async def test_live_rooms_are_back_after_livekit_was_killed(
    fragile: Office, its_program: Program, browser: httpx.Client
) -> None:
    meeting = its_program.meeting()
    seat = Seat(browser, meeting["slug"], "Bertahan")
    room = rtc.Room()
    await room.connect(seat.given["livekit_url"], seat.given["token"])
    assert seat.post("/alive").status_code == 200
    fragile.kill("livekit")
    until(lambda: fragile.get("/readyz") == 503, "readyz names the missing part")
    until(lambda: fragile.get("/readyz") == 200, "LiveKit is back")
    until(lambda: "made again" in fragile.log, "the room was made again", 5)
    await room.disconnect()
    entry = seat.again().json()
    assert entry["participant_id"] == seat.given["participant_id"]
    back = rtc.Room()
    await back.connect(entry["livekit_url"], entry["token"])
    await back.disconnect()
    await eventually(
        lambda: [stay["reason"] for stay in stays(its_program, meeting)] == ["left"],
        "one stay over the gap, ended by a goodbye",
    )


async def test_who_came_while_we_were_away_is_found_by_asking(
    fragile: Office, its_program: Program, browser: httpx.Client
) -> None:
    meeting = its_program.meeting()
    seat = Seat(browser, meeting["slug"], "Tidak terdengar")
    room = rtc.Room()
    await room.connect(seat.given["livekit_url"], seat.given["token"])
    await eventually(lambda: stays(its_program, meeting), "the webhook has told it")
    with psycopg.connect(Cluster(fragile.data).url, autocommit=True) as database:
        # As if the webhook had never come.
        database.execute("DELETE FROM meetings_connection")
    assert stays(its_program, meeting) == []
    await eventually(lambda: stays(its_program, meeting), "found by asking LiveKit")
    await room.disconnect()
    await eventually(
        lambda: [stay["reason"] for stay in stays(its_program, meeting)] == ["left"], "it left"
    )
