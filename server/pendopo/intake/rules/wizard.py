"""The four screens on which a request is written, and in which order."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum


class Screen(StrEnum):
    """One group of questions each."""

    LETTER = "letter"
    WHO = "who"
    EVENT = "event"
    CHECK = "check"


SCREENS = tuple(Screen)


def number_of(screen: Screen) -> int:
    """Its place, from 1."""
    return SCREENS.index(screen) + 1


def after(screen: Screen) -> Screen:
    """The next screen; the last one stays."""
    return SCREENS[min(number_of(screen), len(SCREENS) - 1)]


def before(screen: Screen) -> Screen | None:
    """The screen before; none before the first."""
    place = SCREENS.index(screen)
    return SCREENS[place - 1] if place else None


def first_unfinished(filled: Mapping[Screen, bool]) -> Screen:
    """Where somebody goes on who comes back: the first screen on which something is missing."""
    return next((screen for screen in SCREENS if not filled.get(screen, False)), Screen.CHECK)


def slot_problem(day: date, starts: time, ends: time, today: date) -> str:
    """``past`` or ``order`` when a day and its times can't be meant; empty when they can."""
    if day < today:
        return "past"
    return "order" if ends <= starts else ""
