"""Open event streams hold no database connection: the trap that once took a site down."""

import asyncio

import httpx
import psycopg

from pendopo.project.postgres import Cluster
from tests.flows.test_pages import sign_in
from tests.plugins.clients import Program
from tests.plugins.office import Office

STREAMS = 60  # more than all pools of all processes together


async def first_line(client: httpx.AsyncClient, path: str, opened: asyncio.Event) -> None:
    """Opens a stream, says when its first line has come, and stays."""
    async with client.stream("GET", path) as stream:
        assert stream.status_code == 200
        async for _ in stream.aiter_lines():
            opened.set()


def connections(office: Office) -> int:
    """Connections of the pages' pools, without hubs and the worker's listener."""
    with psycopg.connect(Cluster(office.data).url) as database:
        row = database.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = ''"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert row
    return int(row[0])


async def connections_when_busy(office: Office, client: httpx.AsyncClient) -> int:
    """After twenty pages at once, which must all come, have filled the pools."""
    pages = await asyncio.gather(*(client.get("/rapat/") for _ in range(20)))
    assert {page.status_code for page in pages} == {200}
    return connections(office)


async def test_streams_hold_no_connection_and_pages_still_answer(
    program: Program, office: Office
) -> None:
    meeting = program.meeting()
    with httpx.Client(base_url=office.base_url, follow_redirects=True) as browser:
        sign_in(browser, "kendali@pendopo.test")
        cookies = dict(browser.cookies)
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(
        base_url=office.base_url, cookies=cookies, limits=limits, timeout=30
    ) as client:
        before = await connections_when_busy(office, client)
        opened = [asyncio.Event() for _ in range(STREAMS)]
        paths = ["/sekarang/peristiwa", f"/j/{meeting['slug']}/peristiwa"]
        streams = [
            asyncio.create_task(first_line(client, paths[n % 2], event))
            for n, event in enumerate(opened)
        ]
        try:
            await asyncio.wait_for(asyncio.gather(*(event.wait() for event in opened)), 30)
            # A pool may have grown by one or two meanwhile; streams that kept one would be dozens.
            assert await connections_when_busy(office, client) <= before + STREAMS / 10
        finally:
            for stream in streams:
                stream.cancel()
            await asyncio.gather(*streams, return_exceptions=True)


async def test_a_stranger_gets_no_stream(office: Office) -> None:
    async with httpx.AsyncClient(base_url=office.base_url) as client:
        assert (await client.get("/sekarang/peristiwa")).status_code == 403
        assert (await client.get("/j/tidak-ada/peristiwa")).status_code == 404
