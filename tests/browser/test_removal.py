"""Whoever was removed stays out, whatever they try."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest
from livekit import rtc

from tests.browser.conftest import NewPerson
from tests.browser.pages import Person
from tests.browser.senses import moves
from tests.plugins.clients import PUBLIC, problem
from tests.plugins.office import Office

pytestmark = pytest.mark.browser


async def thrown_out(url: str, token: str) -> None:
    """Connects with a token; returns when that is refused, or ended by the server."""
    room, out = rtc.Room(), asyncio.Event()
    room.on("disconnected", lambda *_: out.set())
    try:
        await room.connect(url, token)
    except rtc.ConnectError:
        return
    await asyncio.wait_for(out.wait(), 5)


def test_whoever_was_removed_cannot_return(
    meeting: dict[str, str], new_person: NewPerson, office: Office
) -> None:
    host = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    ketut = new_person("Ketut Wirawan").enter(meeting["join_url"])
    host.sees(host, budi, ketut)
    host.opens_people()
    host.acts_on(budi, "remove")
    budi.lands_on("Anda dikeluarkan dari rapat")
    host.sees(host, ketut)

    budi.page.reload()
    budi.hook("join-name").fill("Nama lain")
    budi.knocks()
    budi.lands_on("Anda dikeluarkan dari rapat")

    again = Person(budi.context, "Bukan Budi").open(meeting["join_url"])
    again.knocks()
    again.lands_on("Anda dikeluarkan dari rapat")

    old = budi.given
    with httpx.Client(base_url=office.base_url, timeout=20) as client:
        seat = {"Authorization": f"Seat {old['seat']}"}
        path = f"{PUBLIC}/meetings/{meeting['slug']}/seats"
        problem(client.post(path, json={}, headers=seat), 403, "participant_removed")
        path = f"{PUBLIC}/seats/chat"
        problem(client.get(path, headers=seat), 403, "participant_removed")
    still_valid = datetime.fromisoformat(old["expires_at"]) > datetime.now(UTC)
    assert still_valid, "the test was too slow to say anything about the old token"
    with ThreadPoolExecutor(1) as thread:
        entry = thrown_out(old["livekit_url"], old["token"])
        thread.submit(asyncio.run, entry).result(timeout=30)
    host.sees(host, ketut)
    moves(host.page, host.video(ketut.identity))
