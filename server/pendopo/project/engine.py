"""Finds the programs to start that are written in Go: LiveKit, and Caddy when other devices are
served."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pendopo.gateways.caddy.config import CADDY_VERSION, TURN_MODULE
from pendopo.gateways.livekit.config import LIVEKIT_VERSION
from pendopo.project.deployment import Deployment, DeploymentError

BUILT = Path(__file__).resolve().parents[3] / ".build" / "bin"


@dataclass(frozen=True)
class Engine:
    """One of the programs: what it is called, how it is asked for its version and how it comes."""

    title: str
    program: str
    version: str
    asked_by: str
    setting: str
    target: str
    built_first: bool = False

    def version_of(self, program: str | Path) -> str:
        """What the program says its version is; empty when it can't be run."""
        try:
            done = subprocess.run(
                [program, self.asked_by], capture_output=True, text=True, timeout=10, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        words = (word.removeprefix("v") for word in done.stdout.split())
        return next((word for word in words if word[:1].isdecimal()), "")

    def find(self, chosen: Path | None, instead: str = "") -> Path:
        """The setting's program, else one on PATH of the pinned version or the built one.

        Raises ``DeploymentError``, which adds what else can be done ``instead``.
        """
        if chosen:
            if not self.version_of(chosen):
                raise DeploymentError(
                    f"{self.setting} names {chosen}, which is no {self.title}: correct it."
                )
            return chosen
        built, on_path = BUILT / self.program, shutil.which(self.program)
        if self.built_first and built.exists():
            return built
        if on_path and self.version_of(on_path) == self.version:
            return Path(on_path)
        if built.exists():
            return built
        raise DeploymentError(
            f"There is no {self.title} {self.version}: run `make {self.target}`, or put "
            f"{self.program} {self.version} on PATH{instead}."
        )


LIVEKIT = Engine(
    title="LiveKit server",
    program="livekit-server",
    version=LIVEKIT_VERSION,
    asked_by="--version",
    setting="PENDOPO_LIVEKIT_BIN",
    target="engine",
)
CADDY = Engine(
    title="Caddy",
    program="caddy",
    version=CADDY_VERSION,
    asked_by="version",
    setting="PENDOPO_CADDY_BIN",
    target="caddy",
    built_first=True,  # it alone finds TURN on its port of https
)


@dataclass(frozen=True)
class Engines:
    """The programs that this installation starts; None where it starts none."""

    livekit: Path | None
    caddy: Path | None
    turn_over_tls: bool = False  # whether this Caddy finds TURN on its port of https, and may


def find_livekit(deployment: Deployment) -> Path:
    """The LiveKit server. Raises ``DeploymentError``."""
    return LIVEKIT.find(
        deployment.livekit_bin,
        ", or set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to use one elsewhere",
    )


def find_caddy(deployment: Deployment) -> Path:
    """Caddy. Raises ``DeploymentError``."""
    return CADDY.find(deployment.caddy_bin)


def find_all(deployment: Deployment) -> Engines:
    """Every program that is needed, before any is started. Raises ``DeploymentError``."""
    if deployment.embedded_livekit:
        deployment.refuse_unreachable_media()
    livekit = find_livekit(deployment) if deployment.embedded_livekit else None
    caddy = find_caddy(deployment) if deployment.host else None
    over_tls = caddy is not None and bool(deployment.turn_domain) and finds_turn(caddy)
    return Engines(livekit, caddy, over_tls)


def finds_turn(caddy: Path) -> bool:
    """Whether this Caddy has our module for TURN, which one from elsewhere has not."""
    done = subprocess.run(
        [caddy, "list-modules"], capture_output=True, text=True, timeout=10, check=False
    )
    return TURN_MODULE in done.stdout.split()
