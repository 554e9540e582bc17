"""A participant with a test picture and a test tone, and one that watches and listens."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from livekit import rtc

from tests.plugins.clients import Program

WIDTH, HEIGHT, FPS = 320, 180, 15
RATE, TONE_HZ = 48_000, 440
BITS = 8


def picture(number: int) -> rtc.VideoFrame:
    """A grey frame with the number in eight black or white columns, most significant first."""
    luma = np.full((HEIGHT, WIDTH), 128, np.uint8)
    for bit in range(BITS):
        column = slice(bit * WIDTH // BITS, (bit + 1) * WIDTH // BITS)
        luma[:, column] = 235 if number >> (BITS - 1 - bit) & 1 else 16
    chroma = np.full(HEIGHT * WIDTH // 2, 128, np.uint8)
    data = luma.tobytes() + chroma.tobytes()
    return rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.I420, data)


def number_in(frame: rtc.VideoFrame) -> int:
    """The number that a decoded :func:`picture` shows, read in the middle of each column."""
    shown = frame.convert(rtc.VideoBufferType.I420)
    luma = np.frombuffer(shown.data, np.uint8)[: shown.width * shown.height]
    middle = luma.reshape(shown.height, shown.width)[shown.height // 2]
    centres = [int((bit + 0.5) * shown.width / BITS) for bit in range(BITS)]
    return sum(int(middle[centre] > 128) << (BITS - 1 - bit) for bit, centre in enumerate(centres))


def tone(start: int, samples: int) -> rtc.AudioFrame:
    """A part of an endless tone of :data:`TONE_HZ`, beginning at sample ``start``."""
    wave = np.sin(2 * np.pi * TONE_HZ * (start + np.arange(samples)) / RATE) * 12_000
    return rtc.AudioFrame(wave.astype(np.int16).tobytes(), RATE, 1, samples)


def loudest_hz(samples: np.ndarray, rate: int) -> float:
    """The frequency with the most energy."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


@asynccontextmanager
async def joined(
    program: Program, meeting_id: str, name: str, role: str = "participant"
) -> AsyncIterator[rtc.Room]:
    """A connected room; leaves with a goodbye at the end."""
    path = f"/meetings/{meeting_id}/tokens"
    entry = program.http.post(path, json={"name": name, "role": role}).json()
    room = rtc.Room()
    await room.connect(entry["livekit_url"], entry["token"])
    try:
        yield room
    finally:
        await room.disconnect()


async def publish(room: rtc.Room) -> list[asyncio.Task[None]]:
    """Publishes the counting picture and the tone; cancel the tasks to stop."""
    video, audio = rtc.VideoSource(WIDTH, HEIGHT), rtc.AudioSource(RATE, 1)
    camera = rtc.LocalVideoTrack.create_video_track("camera", video)
    microphone = rtc.LocalAudioTrack.create_audio_track("microphone", audio)
    options = rtc.TrackPublishOptions
    await room.local_participant.publish_track(
        camera, options(source=rtc.TrackSource.SOURCE_CAMERA, simulcast=False)
    )
    await room.local_participant.publish_track(
        microphone, options(source=rtc.TrackSource.SOURCE_MICROPHONE)
    )
    return [asyncio.create_task(_film(video)), asyncio.create_task(_sound(audio))]


async def _film(source: rtc.VideoSource) -> None:
    number = 0
    while True:
        source.capture_frame(picture(number % 256))
        number += 1
        await asyncio.sleep(1 / FPS)


async def _sound(source: rtc.AudioSource) -> None:
    start, chunk = 0, RATE // 100
    while True:
        await source.capture_frame(tone(start, chunk))
        start += chunk


async def eventually(fact: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """The first truthy answer of ``fact``, plain or awaitable; fails with ``what``."""
    deadline = time.monotonic() + seconds
    while True:
        answer = fact()
        if asyncio.iscoroutine(answer):
            answer = await answer
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what} ({answer!r})"
        await asyncio.sleep(0.05)
