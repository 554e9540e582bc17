"""A live meeting to look at: `python tools/speakers.py` lets three synthetic speakers meet in a
running office, until Ctrl-C or for an hour at most, and ends the meeting.

They come as programs do: with a token, through `/api/v1`, into the real LiveKit.
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Self

import django
import httpx
import numpy as np
from livekit import rtc

from faces_and_voices import CHUNK, FPS, HEIGHT, RATE, WIDTH, Speaker, card, picture, sound
from pendopo.project.deployment import Deployment, DeploymentError, deployment
from pendopo.project.supervisor.place import read_status

TITLE = "Rapat contoh"
HOST = "koordinator@pendopo.test"
SPEAKERS = {  # account of the demo → ground of the picture, pitch of the voice in Hz
    "kepala@pendopo.test": ((30, 76, 107), 110.0),
    "sekretariat@pendopo.test": ((120, 63, 30), 205.0),
    "operator@pendopo.test": ((43, 94, 63), 150.0),
}
LONGEST = 60  # minutes
ANSWER_WITHIN = 20  # seconds


class Impossible(Exception):
    """No meeting can be shown; the message is a sentence with the remedy."""


def main() -> int:
    """Show the meeting; the exit code."""
    parser = argparse.ArgumentParser(description="Three synthetic speakers in a live meeting.")
    parser.add_argument("--minutes", type=float, default=LONGEST, help="at most 60 (the default)")
    minutes = min(parser.parse_args().minutes, LONGEST)
    try:
        settings = running()
        with invited() as (secret, speakers):
            return asyncio.run(come(settings, secret, speakers, minutes * 60))
    except (Impossible, DeploymentError) as problem:
        print(problem, file=sys.stderr)
        return 1


def running() -> Deployment:
    """The settings of the office that runs here. Raises `Impossible` when none does."""
    settings = deployment()
    try:
        ready = httpx.get(f"http://127.0.0.1:{settings.port}/readyz", timeout=ANSWER_WITHIN)
        is_ready = ready.status_code == 200 and bool(read_status(settings))
    except httpx.HTTPError:
        is_ready = False
    if not is_ready:
        raise Impossible(f"No office runs on {settings.data}: start it with `make run` first.")
    return settings


@contextmanager
def invited() -> Iterator[tuple[str, list[Speaker]]]:
    """A token that is revoked at the end, and the speakers with the demo's names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
    django.setup()
    logging.getLogger("livekit").setLevel(logging.WARNING)  # the library tells its every step
    from pendopo.foundation.ids import secret_hash
    from pendopo.people.actions.tokens import create_api_token, revoke_api_token
    from pendopo.people.models import Account, ApiToken
    from pendopo.project.demo import load_demo

    load_demo()
    accounts = Account.objects.select_related("person").filter(email__in=[HOST, *SPEAKERS])
    known = {account.email: account for account in accounts if account.is_active}
    if missing := {HOST, *SPEAKERS} - known.keys():
        raise Impossible(
            f"This office has no {sorted(missing)[0]}, for it is none of the demo: start another "
            "with `make run PENDOPO_DATA=var-demo PENDOPO_PORT=8100`, and `make demo` likewise."
        )
    speakers = [
        Speaker(known[email].person.name, place, len(SPEAKERS), *look)
        for place, (email, look) in enumerate(SPEAKERS.items())
    ]
    secret = create_api_token(HOST, ["meetings:write"], days=1)
    token = ApiToken.objects.get(secret_hash=secret_hash(secret))
    try:
        yield secret, speakers
    finally:
        revoke_api_token(known[HOST], token.pk)


# ---- the meeting


async def come(settings: Deployment, secret: str, speakers: list[Speaker], seconds: float) -> int:
    """With the token to the office; 0 when all went well."""
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{settings.port}/api/v1",
        headers={"Authorization": f"Bearer {secret}"},
        timeout=ANSWER_WITHIN,
    ) as http:
        return await meet(settings, http, speakers, seconds)


async def meet(
    settings: Deployment, http: httpx.AsyncClient, speakers: list[Speaker], seconds: float
) -> int:
    """Let them speak until somebody ends it; 0."""
    over = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(wish, over.set)
    meeting = _answer(await http.post("/meetings", json={"title": TITLE}))
    try:
        async with AsyncExitStack() as leaving:
            begun = time.monotonic()
            for speaker in speakers:
                await leaving.enter_async_context(Seat(http, meeting["id"], speaker, begun, over))
            print(f"{TITLE} is live, with {', '.join(speaker.name for speaker in speakers)}.")
            print(f"Open {settings.base_url}/j/{meeting['slug']}")
            print(f"It ends with Ctrl-C, or by itself in {seconds / 60:g} minutes.", flush=True)
            try:
                await asyncio.wait_for(over.wait(), seconds)
            except TimeoutError:
                print("The time is over.")
    finally:
        await http.post(f"/meetings/{meeting['id']}/end")
    print(f"{TITLE} has ended.", flush=True)
    return 0


def _answer(response: httpx.Response) -> dict[str, str]:
    if response.is_error:
        raise Impossible(f"The office refuses ({response.status_code}): {response.text[:300]}")
    found: dict[str, str] = response.json()
    return found


class Seat:
    """One speaker in the meeting, seen and heard for as long as the block lasts."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        meeting: str,
        speaker: Speaker,
        begun: float,
        over: asyncio.Event,
    ) -> None:
        self._http, self._meeting, self._speaker = http, meeting, speaker
        self._begun, self._over = begun, over
        self._room = rtc.Room()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        path = f"/meetings/{self._meeting}/tokens"
        entry = _answer(await self._http.post(path, json={"name": self._speaker.name}))
        await self._room.connect(entry["livekit_url"], entry["token"])
        # Somebody ended the meeting, or the office stopped.
        self._room.on("disconnected", lambda *_: self._over.set())
        video, audio = rtc.VideoSource(WIDTH, HEIGHT), rtc.AudioSource(RATE, 1)
        camera = rtc.LocalVideoTrack.create_video_track("camera", video)
        microphone = rtc.LocalAudioTrack.create_audio_track("microphone", audio)
        # One layer: three encoders are enough for a small machine.
        shown = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA, simulcast=False)
        heard = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await self._room.local_participant.publish_track(camera, shown)
        await self._room.local_participant.publish_track(microphone, heard)
        self._tasks = [
            asyncio.create_task(self._film(video)),
            asyncio.create_task(self._say(audio)),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._room.disconnect()

    async def _film(self, source: rtc.VideoSource) -> None:
        still = card(self._speaker)
        while True:
            seconds = time.monotonic() - self._begun
            pixels = picture(self._speaker, still, seconds).tobytes()
            source.capture_frame(
                rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, bytearray(pixels))
            )
            await asyncio.sleep(1 / FPS)

    async def _say(self, source: rtc.AudioSource) -> None:
        start = int((time.monotonic() - self._begun) * RATE)
        while True:  # capture_frame waits until there is room for more
            samples = np.ascontiguousarray(sound(self._speaker, start, CHUNK))
            await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE, 1, CHUNK))
            start += CHUNK


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # The native library's threads sometimes abort the process while Python takes itself apart.
    os._exit(code)
