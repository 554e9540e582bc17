"""Finds the LiveKit server program to start."""

import shutil
import subprocess
from pathlib import Path

from pendopo.gateways.livekit.config import LIVEKIT_VERSION
from pendopo.project.deployment import Deployment, DeploymentError

NAME = "livekit-server"
ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / ".build" / "bin" / NAME


def program_version(program: str | Path) -> str:
    """What the program says its version is; empty when it can't be run."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.split()[-1] if done.stdout.split() else ""


def find(deployment: Deployment) -> Path:
    """The setting's program, else one on PATH of the pinned version, else the built one.

    Raises ``DeploymentError``.
    """
    chosen = deployment.livekit_bin
    if chosen:
        if not program_version(chosen):
            raise DeploymentError(
                f"PENDOPO_LIVEKIT_BIN names {chosen}, which is no LiveKit server: correct it."
            )
        return chosen
    on_path = shutil.which(NAME)
    if on_path and program_version(on_path) == LIVEKIT_VERSION:
        return Path(on_path)
    if BUILT.exists():
        return BUILT
    raise DeploymentError(
        f"There is no LiveKit server {LIVEKIT_VERSION}: run `make engine`, or put {NAME} "
        f"{LIVEKIT_VERSION} on PATH, or set LIVEKIT_URL, LIVEKIT_API_KEY and "
        "LIVEKIT_API_SECRET to use one elsewhere."
    )
