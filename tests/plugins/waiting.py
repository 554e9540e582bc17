"""Tests wait for facts, never for luck."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_never = threading.Event()


def until(fact: Callable[[], T | None], what: str, seconds: float = 30, pause: float = 0.05) -> T:
    """The first truthy answer of ``fact``; fails with ``what`` when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = fact()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what} (last answer: {answer!r})")
        _never.wait(pause)
