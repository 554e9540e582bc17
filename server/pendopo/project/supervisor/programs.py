"""The programs of an installation: how each is started and stopped."""

import json
import os
import shutil
import sys
from pathlib import Path
from signal import SIGINT, SIGTERM

from pendopo.gateways.caddy import config as front_door
from pendopo.gateways.livekit import config
from pendopo.project.deployment import Deployment
from pendopo.project.engine import Engines
from pendopo.project.logs import logging_config
from pendopo.project.postgres import Cluster
from pendopo.project.supervisor.child import Program

WORKER_CONCURRENCY = 4
WORKER_GRACE = 10  # seconds for jobs to finish
WEB_GRACE = 5  # seconds for open requests; event streams never finish by themselves


def database(cluster: Cluster) -> Program:
    """PostgreSQL, from the wheel."""
    command = cluster.command()
    return Program("database", command.argv, ((SIGINT, 30),), command.options)


def prepare() -> Program:
    """Migrations and what else comes before the pages."""
    return Program("prepare", [sys.executable, "-m", "pendopo", "prepare"])


def livekit(deployment: Deployment, engines: Engines) -> Program:
    """LiveKit with a fresh configuration.

    At the first signal it waits for all participants to leave, at the second not.
    """
    file = _written(
        deployment.data / "livekit.yaml", config.render(deployment, engines.turn_over_tls)
    )
    return Program(
        "livekit", [str(engines.livekit), "--config", str(file)], ((SIGTERM, 0.2), (SIGTERM, 5))
    )


def caddy(deployment: Deployment, engines: Engines) -> Program:
    """The front door, with a fresh configuration; open connections get two seconds to end."""
    file = _written(
        deployment.data / "caddy.json", front_door.render(deployment, engines.turn_over_tls)
    )
    deployment.caddy_folder.mkdir(mode=0o700, exist_ok=True)
    return Program("caddy", [str(engines.caddy), "run", "--config", str(file)], ((SIGTERM, 5),))


def _written(file: Path, text: str) -> Path:
    """``file`` with this text, never half of it, readable by its owner alone."""
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    return draft.replace(file)


def worker() -> Program:
    """The queue's worker."""
    return Program(
        "worker", [sys.executable, "-m", "pendopo", "worker"], ((SIGTERM, WORKER_GRACE + 3),)
    )


def web(deployment: Deployment) -> Program:
    """The pages, on loopback; their counts of requests begin anew."""
    shared = deployment.run_folder / "metrics"
    shutil.rmtree(shared, ignore_errors=True)
    shared.mkdir(parents=True)
    form = logging_config(deployment.log_level, deployment.log_format)
    log = _written(deployment.run_folder / "logging.json", json.dumps(form, indent=2) + "\n")
    argv = [
        sys.executable, "-m", "granian", "--interface", "asginl", "--no-ws",
        "--host", "127.0.0.1", "--port", str(deployment.port),
        "--workers", str(deployment.web_workers), "--respawn-failed-workers",
        "--workers-kill-timeout", str(WEB_GRACE), "--log-level", deployment.log_level,
        "--log-config", str(log),
        "pendopo.project.web:application",
    ]  # fmt: skip
    counts = {"PROMETHEUS_MULTIPROC_DIR": str(shared)}
    return Program("web", argv, ((SIGTERM, WEB_GRACE + 3),), environment=counts)
