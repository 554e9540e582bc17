"""The page that ours is measured against: built with the client's own tools, served on loopback."""

import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, web

from bench.installation import Installation

SOURCE = Path(__file__).parent / "bare"
CLIENT = SOURCE.parents[1] / "client"


def build(folder: Path) -> None:
    """Writes the page into this folder."""
    vite = CLIENT / "node_modules" / "vite" / "bin" / "vite.js"
    if not vite.exists():
        raise RuntimeError("the client's packages are not there: run `make client`")
    command = ["node", str(vite), "build", "--config", str(SOURCE / "vite.config.mjs")]
    options = ["--configLoader", "native", "--outDir", str(folder), "--logLevel", "error"]
    subprocess.run([*command, *options], check=True)


@asynccontextmanager
async def served(folder: Path, at: Installation, meeting_id: str) -> AsyncIterator[str]:
    """Serves the built page, and asks the installation for a token whenever the page does."""
    asked = f"{at.base_url}/api/v1/meetings/{meeting_id}/tokens"
    body = {"name": "Tamu", "role": "participant"}

    async def page(_: web.Request) -> web.FileResponse:
        return web.FileResponse(folder / "index.html")

    async with ClientSession(headers=at.headers) as program:

        async def token(_: web.Request) -> web.Response:
            async with program.post(asked, json=body) as answer:
                answer.raise_for_status()
                return web.json_response(await answer.json())

        site = web.Application()
        site.add_routes([web.get("/", page), web.post("/token", token)])
        site.add_routes([web.static("/assets", folder / "assets")])
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "localhost", 0).start()
            yield f"http://localhost:{runner.addresses[0][1]}/"
        finally:
            await runner.cleanup()
