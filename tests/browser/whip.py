"""A camera that publishes by WHIP, as an encoder or a conference system does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import av
import numpy as np

SIZE, FPS, RATE = (320, 180), 15, 48_000
ATTEMPTS = 3  # encoders connect again by themselves; what fails thrice is ours

av.logging.set_level(av.logging.ERROR)  # so that a problem carries what FFmpeg said of it


@contextmanager
def publishing(url: str, token: str) -> Iterator[None]:
    """Sends a moving picture with silence while the block runs. Raises what stopped it thrice."""
    stopping = threading.Event()
    problems: list[object] = []

    def send() -> None:
        while not stopping.is_set() and len(problems) < ATTEMPTS:
            try:
                _send(url, token, stopping)
            except av.FFmpegError as problem:
                problems.append((problem, problem.log))

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(10)
        if len(problems) == ATTEMPTS:
            raise AssertionError(f"publishing stopped: {problems}")


def _send(url: str, token: str, stopping: threading.Event) -> None:
    options = {"authorization": token}
    with av.open(url, "w", format="whip", options=options) as out:
        video = out.add_stream("libx264", rate=FPS)
        (video.width, video.height), video.pix_fmt = SIZE, "yuv420p"
        video.options = {"tune": "zerolatency", "preset": "ultrafast", "profile": "baseline"}
        video.gop_size = FPS
        audio = out.add_stream("libopus", rate=RATE, layout="stereo")
        number = 0
        while not stopping.wait(1 / FPS):
            picture = np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)
            picture[:, number * 8 % SIZE[0] :][:, :32] = 0
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(video.encode(frame))
            samples = np.zeros((1, 2 * RATE // FPS), np.int16)
            sound = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
            sound.sample_rate, sound.pts = RATE, number * RATE // FPS
            out.mux(audio.encode(sound))
            number += 1
