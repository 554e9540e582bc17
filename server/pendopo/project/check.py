"""`pendopo check`: a line for each setting and part, and what to do about the one that is wrong."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from pendopo.project import engine
from pendopo.project.checks import front_door
from pendopo.project.checks.contents import contents
from pendopo.project.checks.elsewhere import elsewhere
from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.checks.machine import machine
from pendopo.project.checks.secrets import secret_files
from pendopo.project.checks.signing import signing
from pendopo.project.deployment import (
    SECRETS,
    Deployment,
    DeploymentError,
    load,
    setting_names,
)
from pendopo.project.postgres import Cluster, ClusterError
from pendopo.project.supervisor import probes
from pendopo.project.supervisor.place import FolderTaken, held, read_status

OLDEST_POSTGRESQL = 15


def run() -> int:
    """Print all findings; 1 if one is wrong."""
    all_right = True
    for finding in findings():
        print(
            f"{'ok   ' if finding.right else 'WRONG'}  {finding.subject:<27} {finding.text}",
            flush=True,
        )
        all_right = all_right and finding.right
    return 0 if all_right else 1


def findings() -> Iterator[Finding]:
    """Everything, in the order in which one needs the other."""
    try:
        deployment = load()
    except DeploymentError as problem:
        yield Finding("settings", str(problem), right=False)
        return
    yield from _settings(deployment)
    with ExitStack() as stack:
        try:
            stack.enter_context(held(deployment))
            yield Finding("running", "no")
            yield _ports(deployment)
            running = False
        except FolderTaken:
            yield Finding("running", f"yes, pid {(read_status(deployment) or {}).get('pid')}")
            running = True
        except DeploymentError as problem:
            yield Finding("PENDOPO_DATA", str(problem), right=False)
            return
        yield from machine(deployment)
        yield from _database(deployment, running, stack)
        yield from elsewhere(deployment)
    yield _livekit_program(deployment)
    yield from _front_door(deployment)
    if running or not deployment.embedded_livekit:
        yield _livekit_server(deployment)
    if running:
        yield _pages(deployment)
        yield from front_door.answers(deployment)


def _settings(deployment: Deployment) -> Iterator[Finding]:
    for name, field in setting_names().items():
        value = getattr(deployment, field)
        if name in SECRETS and value:
            value = "(set)"
        yield Finding(name, "(default)" if value in (None, "") else str(value))


def _ports(deployment: Deployment) -> Finding:
    try:
        probes.refuse_taken_ports(deployment)
    except DeploymentError as problem:
        return Finding("ports", str(problem), right=False)
    return Finding(
        "ports",
        ", ".join(f"{port} {use}" for use, (_, _, port) in probes.ports(deployment).items()),
    )


def _database(deployment: Deployment, running: bool, stack: ExitStack) -> Iterator[Finding]:
    """Starts the embedded one, if nobody has, for as long as ``stack`` is open."""
    if deployment.embedded_database:
        cluster = Cluster(deployment.data)
        try:
            if not running:
                stack.enter_context(cluster.started())
        except ClusterError as problem:
            yield Finding("database", str(problem), right=False)
            return
        yield Finding("database folder", str(cluster.data))
    yield from _database_server(deployment, running)


def _database_server(deployment: Deployment, running: bool) -> Iterator[Finding]:
    import psycopg

    try:
        with psycopg.connect(deployment.database_url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
            yield _database_version(major)
            row = connection.execute(
                "select to_regclass('django_migrations') is not null"
            ).fetchone()
            in_use = bool(row and row[0])
            yield Finding("tables", "ours" if in_use else "none yet, the first start makes them")
            yield from secret_files(deployment.data / "secrets", in_use=in_use)
            if in_use:
                yield from contents(deployment, connection, running=running)
                yield from signing(deployment, connection)
    except psycopg.OperationalError as problem:
        remedy = "start it, or correct DATABASE_URL"
        yield wrong("database", f"does not answer ({_one_line(problem)}): {remedy}.")
    except psycopg.errors.UndefinedTable:
        yield wrong("tables", "are older than this version: start `pendopo run` to renew them.")


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())


def _database_version(major: int) -> Finding:
    if major < OLDEST_POSTGRESQL:
        return wrong("database", f"is PostgreSQL {major}: use {OLDEST_POSTGRESQL} or later.")
    return Finding("database", f"PostgreSQL {major}")


def _livekit_program(deployment: Deployment) -> Finding:
    if not deployment.embedded_livekit:
        return Finding("LiveKit program", f"none needed, {deployment.livekit_url} is used")
    return _program("LiveKit program", engine.LIVEKIT, engine.find_livekit, deployment)


def _front_door(deployment: Deployment) -> Iterator[Finding]:
    if not deployment.host:
        yield Finding("Caddy program", "none needed, only this machine is served")
        return
    yield _program("Caddy program", engine.CADDY, engine.find_caddy, deployment)
    try:
        deployment.refuse_unreachable_media()
    except DeploymentError as problem:
        yield Finding("PENDOPO_MEDIA_IP", str(problem), right=False)
        return
    voucher = "an authority of our own" if deployment.has_own_authority else "a public authority"
    where = f"media at {deployment.media_address}"
    yield Finding("other devices", f"{deployment.base_url}, vouched for by {voucher}; {where}")


def _program(
    subject: str,
    wanted: engine.Engine,
    find: Callable[[Deployment], Path],
    deployment: Deployment,
) -> Finding:
    try:
        program = find(deployment)
    except DeploymentError as problem:
        return Finding(subject, str(problem), right=False)
    version = wanted.version_of(program)
    if version != wanted.version:
        remedy = f"tested is {wanted.version}; run `make {wanted.target}`"
        return Finding(subject, f"{program} is version {version}: {remedy}.", right=False)
    return Finding(subject, f"{program}, version {version}")


def _livekit_server(deployment: Deployment) -> Finding:
    try:
        with urlopen(deployment.livekit_url, timeout=5) as answer:  # noqa: S310  (http or https)
            right = answer.status == 200
    except OSError:
        right = False
    if right:
        return Finding("LiveKit", f"answers at {deployment.livekit_url}")
    return Finding(
        "LiveKit",
        f"{deployment.livekit_url} does not answer: start it, or correct LIVEKIT_URL.",
        right=False,
    )


def _pages(deployment: Deployment) -> Finding:
    status, body = asyncio.run(probes.http_get(deployment.port, "/readyz"))
    if status == 200:
        return Finding("pages", f"ready at {deployment.base_url}")
    try:
        body = json.dumps(json.loads(body))
    except ValueError:
        body = body.strip()[:200]
    return Finding(
        "pages", f"/readyz answers {status} {body}: look at the log of `pendopo run`.", right=False
    )
