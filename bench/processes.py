"""What the system says of running processes. Linux only: it is read from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def with_children(parent: int) -> list[int]:
    """A process and those that it started itself."""
    running = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    return [parent, *(pid for pid in running if _fields(pid)[1:2] == [str(parent)])]


def cpu_ms(pids: list[int]) -> float:
    """Milliseconds of CPU that they have used since they began, in user and system mode."""
    ticks = sum(sum(int(each) for each in _fields(pid)[11:13]) for pid in pids)
    return ticks * 1000 / _TICKS


def rss_mb(pids: list[int]) -> float:
    """Megabytes of resident memory of all of them together; what they share counts for each."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _fields(pid: int) -> list[str]:
    """The fields of stat(5) from the state on; none for a process that has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return stat.rpartition(")")[2].split()
