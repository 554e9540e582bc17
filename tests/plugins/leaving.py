"""The end of a test run that used LiveKit's native library.

Its threads sometimes abort the process while Python takes itself apart ("panic in a function that
cannot unwind"), after pytest has said everything. So the process leaves at once, with pytest's own
verdict, when all that pytest has to clear up is done.
"""

import os
import sys
from collections.abc import Generator

import pytest

_verdict: list[int] = []


def pytest_sessionfinish(exitstatus: int) -> None:
    """Remember what pytest found."""
    _verdict.append(int(exitstatus))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_unconfigure() -> Generator[None]:
    """After every other plugin."""
    yield
    if _verdict and "livekit.rtc" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_verdict[-1])
