"""Synthetic picture and sound of a speaker: a card with a name whose mouth moves with the voice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FPS = 640, 360, 12
RATE = 48_000  # samples a second
CHUNK = RATE // 100
TURN = 6.0  # seconds that one speaks before the next does
SYLLABLES = 4.0  # a second
LOUDEST = 9_000  # of 32767
_FORMANTS = ((600, 1.0), (1200, 0.5), (2500, 0.25))  # Hz, weight: an open vowel
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Speaker:
    """One of several who speak in turn; ``place`` counts from 0."""

    name: str
    place: int
    of: int
    colour: tuple[int, int, int]
    pitch: float  # Hz


def openness(speaker: Speaker, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the mouth is open at these seconds, 0 to 1: shut unless it is this one's turn."""
    turn = np.floor(at / TURN).astype(int) % speaker.of == speaker.place
    rest = np.sin(np.pi * (at % TURN) / TURN) ** 0.25  # begins and ends softly
    syllable = 0.5 - 0.5 * np.cos(2 * np.pi * SYLLABLES * at)
    return np.where(turn, rest * syllable, 0.0)


def sound(speaker: Speaker, start: int, samples: int) -> NDArray[np.int16]:
    """A part of an endless voice, beginning at sample ``start``."""
    at = (start + np.arange(samples)) / RATE
    wave = np.zeros(samples)
    for harmonic in range(1, 20):
        frequency = speaker.pitch * harmonic
        weight = sum(w / (1 + ((frequency - hz) / 250) ** 2) for hz, w in _FORMANTS)
        wave += weight * np.sin(2 * np.pi * frequency * at)
    voice: NDArray[np.int16] = (wave / 6 * openness(speaker, at) * LOUDEST).astype(np.int16)
    return voice


def card(speaker: Speaker) -> Pixels:
    """What does not move: ground, head and name (above: the page writes it below), as RGBA."""
    image = Image.new("RGBA", (WIDTH, HEIGHT), (*speaker.colour, 255))
    draw = ImageDraw.Draw(image)
    draw.ellipse((WIDTH // 2 - 90, 85, WIDTH // 2 + 90, 285), fill=(246, 225, 203, 255))
    for eye in (-35, 35):
        draw.ellipse((WIDTH // 2 + eye - 9, 150, WIDTH // 2 + eye + 9, 168), fill=(40, 40, 40, 255))
    draw.rectangle((0, 0, WIDTH, 60), fill=(0, 0, 0, 255))
    font = ImageFont.load_default(size=30)
    draw.text((WIDTH // 2, 30), speaker.name, font=font, fill=(255, 255, 255, 255), anchor="mm")
    return np.array(image)


def picture(speaker: Speaker, still: Pixels, seconds: float) -> Pixels:
    """The card at this moment: the mouth follows the voice, a light runs along the name."""
    frame = still.copy()
    mouth = 4 + int(36 * openness(speaker, np.array([seconds]))[0])
    lips = slice(235 - mouth // 2, 235 + mouth // 2)
    frame[lips, WIDTH // 2 - 40 : WIDTH // 2 + 40, :3] = (120, 30, 40)
    light = int(seconds * 120) % (WIDTH - 40)
    frame[60:66, light : light + 40, :3] = 255
    return frame
