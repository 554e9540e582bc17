"""What a tab really shows and plays: frames counted, pixels read, sound measured."""

import time

from playwright.sync_api import Page

from tests.browser.pages import Person
from tests.plugins.waiting import until

LOOK = """selector => {
  const video = document.querySelector(selector);
  if (!video || !video.videoWidth) return null;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [32, 18];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(video, 0, 0, 32, 18);
  const pixels = pen.getImageData(0, 0, 32, 18).data;
  const brightest = pixels.reduce((most, value, i) => (i % 4 < 3 ? Math.max(most, value) : most));
  return {
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
    time: video.currentTime,
    width: video.videoWidth,
    height: video.videoHeight,
    brightest,
  };
}"""

COUNT = """() => {
  window.mostTiles = 0;
  const count = () => {
    const now = document.querySelectorAll('[data-testid="tile"]').length;
    window.mostTiles = Math.max(window.mostTiles, now);
  };
  count();
  new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
}"""

# The fake microphone beeps about once a second: listen for at most two.
LISTEN = """identity => new Promise(resolve => {
  const element = [...document.querySelectorAll(`audio[data-identity="${identity}"]`)].find(
    each => each.srcObject && !each.paused && !each.muted);
  if (!element) return resolve(0);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(element.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const until = performance.now() + 2000;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (loudest > 0.01 || performance.now() > until) {
      clearInterval(timer);
      context.close();
      resolve(loudest);
    }
  }, 20);
})"""

Look = dict[str, float]


def look(page: Page, selector: str) -> Look | None:
    """What a video shows now, or None while it has no picture."""
    seen: Look | None = page.evaluate(LOOK, selector)
    return seen


def moves(page: Page, selector: str, seconds: float = 40) -> Look:
    """Waits until a picture advances by five frames and is not black; the last look."""
    seen: list[Look] = []

    def advanced() -> Look | None:
        now = look(page, selector)
        if now is None or (seen and now["frames"] < seen[0]["frames"]):
            seen.clear()  # not there yet, or another element: count anew
            return None
        seen.append(now)
        moved = now["frames"] >= seen[0]["frames"] + 5 and now["time"] > seen[0]["time"]
        return now if moved and now["brightest"] > 60 else None

    return until(advanced, f"{selector} moves", seconds, pause=0.15)


def stands_still(page: Page, selector: str, seconds: float = 40) -> None:
    """Waits until a picture is gone, or has shown no new frame for two seconds."""
    frames, since = -1.0, time.monotonic()

    def still() -> bool:
        nonlocal frames, since
        now = look(page, selector)
        if now is None:
            return True
        if now["frames"] != frames:
            frames, since = now["frames"], time.monotonic()
        return time.monotonic() - since > 2

    until(still, f"{selector} stands still", seconds, pause=0.2)


def is_heard(page: Page, identity: str, seconds: float = 30) -> None:
    """Waits until the sound of one person has energy."""
    until(lambda: page.evaluate(LISTEN, identity) > 0.01, f"{identity} is heard", seconds)


def counts_tiles(page: Page) -> None:
    """From now on the page remembers the most tiles that it ever showed."""
    page.evaluate(COUNT)


def most_tiles(page: Page) -> int:
    """The most tiles since :func:`counts_tiles`."""
    most: int = page.evaluate("window.mostTiles")
    return most


def sees_and_hears(person: Person, *others: Person) -> None:
    """Every other's picture moves and every other's microphone is heard."""
    for other in others:
        moves(person.page, person.video(other.identity))
        is_heard(person.page, other.identity)
