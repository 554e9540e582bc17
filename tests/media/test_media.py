"""Real media through the real LiveKit: content and order, and what a host does to it."""

import asyncio

import numpy as np
import pytest
from livekit import rtc

from tests.media.sdk import RATE, TONE_HZ, eventually, joined, loudest_hz, number_in, publish
from tests.plugins.clients import Program

pytestmark = pytest.mark.media


async def test_pictures_arrive_in_order_and_the_tone_is_the_tone(program: Program) -> None:
    meeting = program.meeting()
    numbers: list[int] = []
    samples: list[np.ndarray] = []
    async with (
        joined(program, meeting["id"], "Kamera") as camera,
        joined(program, meeting["id"], "Penonton", role="viewer") as viewer,
    ):
        tracks: dict[int, rtc.RemoteTrack] = {}
        viewer.on("track_subscribed", lambda track, *_: tracks.setdefault(track.kind, track))
        sending = await publish(camera)
        await eventually(lambda: len(tracks) == 2, "both tracks are subscribed")
        video = rtc.VideoStream(tracks[rtc.TrackKind.KIND_VIDEO])
        audio = rtc.AudioStream(tracks[rtc.TrackKind.KIND_AUDIO], sample_rate=RATE)

        async def watch() -> None:
            async for event in video:
                numbers.append(number_in(event.frame))

        async def listen() -> None:
            async for event in audio:
                samples.append(np.frombuffer(event.frame.data, np.int16))

        receiving = [asyncio.create_task(watch()), asyncio.create_task(listen())]
        await eventually(lambda: len(numbers) >= 40, "40 pictures are decoded")
        await eventually(lambda: len(samples) >= 200, "2 s of sound are decoded")
        for task in [*sending, *receiving]:
            task.cancel()
        await asyncio.gather(*sending, *receiving, return_exceptions=True)
        await video.aclose()
        await audio.aclose()
    steps = np.diff(numbers) % 256
    assert (steps >= 1).all(), numbers
    assert np.median(steps) == 1
    sound = np.concatenate(samples[-100:]).astype(float)
    assert loudest_hz(sound, RATE) == pytest.approx(TONE_HZ, abs=3)
    assert np.sqrt(np.mean(sound**2)) > 1000


async def test_a_viewer_cannot_publish_and_is_not_seen(program: Program) -> None:
    meeting = program.meeting()
    async with (
        joined(program, meeting["id"], "Peserta") as seen,
        joined(program, meeting["id"], "Penonton", role="viewer") as viewer,
    ):
        await eventually(lambda: len(viewer.remote_participants) == 1, "the viewer sees")
        assert not seen.remote_participants
        track = rtc.LocalAudioTrack.create_audio_track("x", rtc.AudioSource(RATE, 1))
        with pytest.raises((TimeoutError, rtc.participant.PublishTrackError)):
            await asyncio.wait_for(viewer.local_participant.publish_track(track), 5)
        assert not viewer.local_participant.track_publications


async def test_nobody_sends_data_past_the_server(program: Program) -> None:
    meeting = program.meeting()
    heard: list[object] = []
    async with (
        joined(program, meeting["id"], "Satu") as one,
        joined(program, meeting["id"], "Dua") as two,
    ):
        two.on("data_received", heard.append)
        await eventually(lambda: len(one.remote_participants) == 1, "they see each other")
        await one.local_participant.publish_data(b'{"kind":"chat"}', topic="pendopo")
        ended = asyncio.Event()
        two.on("disconnected", lambda *_: ended.set())
        program.http.post(f"/meetings/{meeting['id']}/end")
        await asyncio.wait_for(ended.wait(), 10)
    assert heard == []
