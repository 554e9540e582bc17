"""Proves `make run` on a fresh clone: `python3 tools/fresh_clone.py [--warm-caches]`.

Clones the last commit into a new folder, starts it with empty package caches, waits until it is
ready, stops it as Ctrl-C does, looks for what is left, and starts it once more. Prints how long
both starts took; ends with 1 when something is not as promised. Standard library only.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
COLD, WARM = 360, 8  # seconds that `make run` may take
CACHES = {
    "GOCACHE": "go-build",
    "GOMODCACHE": "go-mod",
    "npm_config_cache": "npm",
    "PIP_CACHE_DIR": "pip",
    "UV_CACHE_DIR": "uv",
}


def free_port() -> int:
    """Likely free together with the few above it, which the parts take."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def is_ready(port: int) -> bool:
    """Whether database, LiveKit and queue are there."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def processes_of(folder: Path) -> list[str]:
    """What still runs with this folder in its words."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended while we looked
        if str(folder) in words:
            found.append(words.strip())
    return found


def start_and_stop(clone: Path, environment: dict[str, str], seconds: int) -> float:
    """How long `make run` took until it was ready. Raises ``RuntimeError`` with what went wrong."""
    log = clone.parent / "log"
    began = time.monotonic()
    with log.open("wb") as out:
        running = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        while not is_ready(int(environment["PENDOPO_PORT"])):
            if running.poll() is not None or time.monotonic() - began > seconds:
                raise RuntimeError(f"not ready\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        return time.monotonic() - began
    finally:
        os.killpg(running.pid, signal.SIGINT)  # what Ctrl-C sends
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)


def prove(folder: Path, *, keeps_caches: bool) -> list[str]:
    """Both starts; the sentences about what was not as promised."""
    clone, data = folder / "pendopo", folder / "data"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    caches = {} if keeps_caches else {name: str(folder / each) for name, each in CACHES.items()}
    foreign = {name for name in os.environ if name.startswith(("PENDOPO_", "LIVEKIT_"))}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    port = {"PENDOPO_DATA": str(data), "PENDOPO_PORT": str(free_port())}
    environment = {**kept, **caches, **port, "GOFLAGS": "-modcacherw"}  # so that it can be removed
    wrong = []
    for name, limit, patience in (("cold", COLD, 2 * COLD), ("warm", WARM, 120)):
        seconds = start_and_stop(clone, environment, patience)
        print(f"{name}: ready after {seconds:.1f} s (promised: {limit})", flush=True)
        if seconds > limit:
            wrong.append(f"the {name} start took {seconds:.1f} s")
        wrong += [f"left over: {words}" for words in processes_of(folder)]
    return wrong


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm-caches", action="store_true", help="keep Go's, npm's and uv's")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pendopo-fresh-") as folder:
        wrong = prove(Path(folder), keeps_caches=given.warm_caches)
    print(*(wrong or ["a fresh clone runs"]), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
