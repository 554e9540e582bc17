"""Each pair of colours, computed from the tokens by WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "client" / "src" / "tokens.css"
TEXT, CONTROL = 4.5, 3.0
GROUNDS = ["page", "surface", "sunk"]
STATES = ["ok", "warn", "bad"]
CLASSES = [f"class-{number}" for number in range(1, 6)]
WALL_TEXTS = ["ink", "muted", "ok", "warn", "bad", "forecast"]

TEXT_PAIRS = [
    *product(["ink", "muted", "wedel"], GROUNDS),
    *product(["soga", *STATES], ["page", "surface"]),
    *[(name, f"{name}-soft") for name in ["wedel", "soga", *STATES, *CLASSES]],
    *product(["on-wedel"], ["wedel", "wedel-hover", "bad"]),
    ("on-prada", "prada"),
    ("paper-ink", "paper"),
    *product(["stage-ink"], ["stage", "stage-tile", "stage-bar"]),
    *product(["stage-muted"], ["stage-tile", "stage-bar"]),
    ("on-stage-leave", "stage-leave"),
    *product([f"wall-{name}" for name in WALL_TEXTS], ["wall", "wall-card"]),
]
CONTROL_PAIRS = [
    *product(["edge", "focus"], GROUNDS),
    ("stage-edge", "stage-bar"),
    ("stage-speaking", "stage-tile"),
    ("stage-leave", "stage-bar"),
]


def colours() -> dict[str, dict[str, str]]:
    """The colours of both themes; dark changes some of the light ones."""
    light_text, _, dark_text = TOKENS.read_text(encoding="utf-8").partition(
        "@media (prefers-color-scheme: dark)"
    )
    pattern = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    light = dict(pattern.findall(light_text))
    return {"light": light, "dark": light | dict(pattern.findall(dark_text))}


THEMES = colours()


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    bright, dim = sorted([luminance(one), luminance(other)], reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [(*pair, TEXT) for pair in TEXT_PAIRS] + [(*pair, CONTROL) for pair in CONTROL_PAIRS],
)
def test_what_stands_on_something_can_be_read(theme, front, back, least):
    found = contrast(THEMES[theme][front], THEMES[theme][back])
    assert found >= least, f"--{front} on --{back}, {theme}: {found:.2f}"


def test_the_formula_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_dark_changes_every_colour_that_is_not_dark_already():
    same_in_both = ("stage", "wall", "on-stage", "prada", "on-prada", "code-ground", "paper")
    kept = {name for name, colour in THEMES["light"].items() if THEMES["dark"][name] == colour}
    assert {name for name in kept if not name.startswith(same_in_both)} == set()


def test_only_the_tokens_name_colours():
    client = TOKENS.parent
    colour = re.compile(r"(?<![\w&(])#[0-9a-fA-F]{3,8}\b(?!\w)|(?:rgb|hsl)a?\([^)]*\)")
    found = [
        f"{path.relative_to(client)}: {match.group()}"
        for path in [*client.rglob("*.css"), *client.rglob("*.svelte")]
        if path != TOKENS
        for match in colour.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
