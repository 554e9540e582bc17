"""Makes what is missing or out of date: `python3 tools/build.py [venv] [client] [engine] [caddy]`,
side by side. Without a name, all but Caddy, which only serving other devices needs.

What is current is known by a stamp: a digest of everything that the part is made from. Standard
library only.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from jobs import ROOT, Failed, Job, explain, run_side_by_side

BUILD = ROOT / ".build"
VENV = ROOT / ".venv"
CLIENT = ROOT / "client"
ENGINE, CADDY_MODULE = ROOT / "engine" / "livekit", ROOT / "engine" / "caddy"
LIVEKIT, CADDY = BUILD / "bin" / "livekit-server", BUILD / "bin" / "caddy"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), (20, 19)
NOT_SOURCES = {"node_modules", "dist", ".svelte-kit"}


# ---- stamps


def digest(paths: Iterable[Path]) -> str:
    """Of the names and contents of ``paths``."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(
            f"{path.relative_to(ROOT)}\n".encode() + hashlib.sha256(path.read_bytes()).digest()
        )
    return total.hexdigest()


def is_current(name: str, inputs: str, result: Path) -> bool:
    """Whether ``result`` was made from just these inputs."""
    stamp = BUILD / "stamps" / name
    return result.exists() and stamp.exists() and stamp.read_text() == inputs


def note(name: str, inputs: str) -> None:
    """Say that ``name`` is made from ``inputs``."""
    stamp = BUILD / "stamps" / name
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)


def program_version(argv: list[str]) -> tuple[int, ...]:
    """The first version number that a program prints; empty when there is no such program."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
    except OSError:
        return ()
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(part or 0) for part in found.groups()) if found else ()


def need(argv: list[str], oldest: tuple[int, ...], name: str, remedy: str) -> None:
    """Raises ``Failed`` unless a program of at least this version is there."""
    version = program_version(argv)
    if version < oldest:
        wanted = ".".join(map(str, oldest))
        found = f"found is {'.'.join(map(str, version))}" if version else "there is none"
        raise Failed(f"{name} {wanted} or later is needed, {found}: {remedy}")


# ---- the parts


def venv_inputs() -> str:
    """The Python packages follow from these."""
    return digest(
        [ROOT / "pyproject.toml", ROOT / "uv.lock", ROOT / "server" / "pendopo" / "__init__.py"]
    )


def build_venv(job: Job) -> None:
    """`.venv` with everything in `uv.lock`, compiled."""
    if sys.version_info < OLDEST_PYTHON:
        raise Failed(
            "Python 3.11 or later is needed: install python3, and call this script with it."
        )
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        if not (VENV / "bin" / "pip").exists():  # not there, or left half made
            try:
                import ensurepip  # noqa: F401
            except ImportError:
                remedy = "apt-get install python3-venv"
                raise Failed(f"Python's venv module is incomplete: {remedy}") from None
            job.run([sys.executable, "-m", "venv", VENV])
        job.run([VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"])
    job.environment["VIRTUAL_ENV"] = str(VENV)
    job.run([uv, "sync", "--frozen", "--compile-bytecode"])
    note("venv", venv_inputs())


def client_sources() -> list[Path]:
    """Everything in `client/` that is not made by a tool."""
    found = []
    for folder, folders, files in os.walk(CLIENT):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        found += [Path(folder) / name for name in files]
    return found


def client_inputs() -> str:
    """The client follows from these."""
    return digest(client_sources())


def build_client(job: Job) -> None:
    """`client/node_modules` and `client/dist`."""
    remedy = "install nodejs and npm (https://nodejs.org), version 20.19 or later"
    need(["node", "--version"], OLDEST_NODE, "Node", remedy)
    need(["npm", "--version"], (9,), "npm", remedy)
    packages = digest([CLIENT / "package.json", CLIENT / "package-lock.json"])
    if not is_current("client-packages", packages, CLIENT / "node_modules"):
        job.run(["npm", "ci", "--no-audit", "--no-fund"], CLIENT)
        note("client-packages", packages)
    inputs = client_inputs()
    job.run(["npm", "run", "build"], CLIENT)
    note("client", inputs)


def module_inputs(module: Path) -> str:
    """A program follows from these files of its Go module."""
    return digest([module / "go.mod", module / "go.sum", *module.rglob("*.go")])


def pinned(module: Path, path: str) -> str:
    """The version of the package ``path`` in go.mod, such as `1.13.5`."""
    found = re.search(rf"{re.escape(path)} v(\d+\.\d+\.\d+)\b", (module / "go.mod").read_text())
    if not found:
        where = module.relative_to(ROOT)
        raise Failed(f"{where}/go.mod names no version of {path}: restore the file.")
    return found[1]


def is_on_path(argv: list[str], version: str) -> bool:
    """Whether a program of just this version is installed already."""
    return bool(shutil.which(argv[0])) and program_version(argv) == tuple(
        map(int, version.split("."))
    )


def need_go(module: Path, otherwise: str) -> None:
    """Raises ``Failed`` unless there is the Go that the module asks for."""
    found = re.search(r"^go (\d+)\.(\d+)", (module / "go.mod").read_text(), re.MULTILINE)
    oldest = tuple(map(int, found.groups())) if found else ()
    need(["go", "version"], oldest, "Go", f"install it from https://go.dev/dl, or {otherwise}")


def build_engine(job: Job) -> None:
    """`.build/bin/livekit-server`."""
    need_go(ENGINE, "set LIVEKIT_URL to use a LiveKit elsewhere")
    LIVEKIT.parent.mkdir(parents=True, exist_ok=True)
    job.run(["go", "build", "-o", LIVEKIT, "github.com/livekit/livekit-server/cmd/server"], ENGINE)
    note("engine", module_inputs(ENGINE))


def build_caddy(job: Job) -> None:
    """`.build/bin/caddy`, which says its version: a build from a module does not know it."""
    version = pinned(CADDY_MODULE, "caddyserver/caddy/v2")
    need_go(CADDY_MODULE, f"put caddy {version} on PATH")
    CADDY.parent.mkdir(parents=True, exist_ok=True)
    named = f"-s -w -X github.com/caddyserver/caddy/v2.CustomVersion=v{version}"
    job.run(["go", "build", "-ldflags", named, "-o", CADDY, "."], CADDY_MODULE)
    note("caddy", module_inputs(CADDY_MODULE))


def wanted_jobs(names: list[str]) -> list[Job]:
    """A job for each part that is not current."""
    jobs = []
    if "venv" in names and not is_current("venv", venv_inputs(), VENV / "bin" / "python"):
        jobs.append(
            Job(
                "venv",
                build_venv,
                "Needs Python 3.11 with venv (apt-get install python3-venv) and PyPI.",
            )
        )
    if "client" in names and not is_current(
        "client", client_inputs(), CLIENT / "dist" / ".vite" / "manifest.json"
    ):
        jobs.append(Job("client", build_client, "Needs Node 20.19 or later, npm and its registry."))
    if "engine" in names and not (
        is_current("engine", module_inputs(ENGINE), LIVEKIT)
        or is_on_path(["livekit-server", "--version"], pinned(ENGINE, "livekit/livekit-server"))
    ):
        jobs.append(
            Job(
                "engine",
                build_engine,
                "Needs Go 1.26 or later and the Go module proxy; 2 minutes on 2 cores.",
            )
        )
    if "caddy" in names and not (
        is_current("caddy", module_inputs(CADDY_MODULE), CADDY)
        # One from elsewhere does not find TURN: it is the way out where nothing can be built.
        or (
            not shutil.which("go")
            and is_on_path(["caddy", "version"], pinned(CADDY_MODULE, "caddyserver/caddy/v2"))
        )
    ):
        jobs.append(
            Job(
                "caddy",
                build_caddy,
                "Needs Go 1.26 or later and the Go module proxy; 2 minutes on 2 cores.",
            )
        )
    return jobs


def main(names: list[str]) -> int:
    """Build what is asked for (default: all that `make run` needs); 1 if something failed."""
    usual = ["venv", "client", "engine"]
    parts = [*usual, "caddy"]
    if unknown := set(names) - set(parts):
        print(
            f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}.",
            file=sys.stderr,
        )
        return 2
    failed = run_side_by_side(wanted_jobs(names or usual))
    for job in failed:
        print(explain(job), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
