"""One order a process: read files of the working folder, write ``out`` and ``result.json``.

The order comes as JSON in the first argument: ``job``, ``inputs`` (names and kinds), ``limits``
and what the job needs. Whatever goes wrong unexpectedly ends the process; that is an answer too.
"""

import ctypes
import errno
import importlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

from pendopo.files.cleaning.unfit import NO_ROOM, Unfit

# Job → module with a function ``run``; loaded only now, for each brings libraries of its own.
JOBS = {
    "clean": "pendopo.files.cleaning.single",
    "join": "pendopo.files.cleaning.joining",
    "check": "pendopo.files.cleaning.checking",
    "draw": "pendopo.files.cleaning.drawing",
}
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS of prctl(2)


def limit(memory: int, cpu_seconds: int, file_size: int) -> None:
    """What this process may take at most; the system holds it to that. Bytes and seconds."""
    for name, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (most, most))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def main() -> None:
    """Carries the order out."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    limit(**order["limits"])
    try:
        report = importlib.import_module(JOBS[order["job"]]).run(order)
    except Unfit as unfit:
        report = {"unfit": unfit.code, "facts": unfit.facts}
    except MemoryError:
        report = {"unfit": "file_too_complex", "facts": {}}
    Path("result.json").write_text(json.dumps(report))


try:
    main()
except OSError as error:
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        raise
    sys.exit(NO_ROOM)
