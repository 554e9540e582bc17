"""Figures for people: percentiles, and what a few rounds have in common."""

import math
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not exceeded by this share (0…1) of all values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Median (smallest–largest) of some rounds."""
    middle, least, most = median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f}–{most:.{digits}f})"


def milliseconds(seconds: Sequence[float]) -> list[float]:
    """Seconds as milliseconds."""
    return [each * 1000 for each in seconds]


def circumstances() -> str:
    """When and on what: without it no figure means anything."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    cores = len(os.sched_getaffinity(0))
    return f"{when} · {cores} cores · load average {load} · Python {platform.python_version()}"


def row(*cells: object, width: int = 11) -> str:
    """A line of a table: the first cell to the left, all others to the right."""
    first, *others = (str(each) for each in cells)
    return first.ljust(24) + "".join(each.rjust(width) for each in others)
