"""How we find out that something of ours answers, and that nobody else does where we want to."""

import asyncio
import errno
import socket
import ssl
from contextlib import suppress
from pathlib import Path

from pendopo.project.deployment import PORTS_USED, Deployment, DeploymentError
from pendopo.project.supervisor.child import Child
from pendopo.project.supervisor.keeper import NotReady

LOOPBACK = "127.0.0.1"
FRONT_SETTINGS = {
    "https": "PENDOPO_HTTPS_PORT",
    "http": "PENDOPO_HTTP_PORT",
    "TURN": "PENDOPO_TURN_PORT",
}
Place = tuple[socket.SocketKind, str, int]
PAUSE, ANSWER_WITHIN = 0.05, 10.0  # seconds
SIGN_OF_LIFE = "select 1 from procrastinate_workers where last_heartbeat > %s limit 1"


async def answers(child: Child, port: int, path: str) -> None:
    """Wait until an HTTP request to this machine's ``port`` gets 200.

    Raises ``NotReady`` when the process ends first.
    """
    while child.running:
        status, _ = await http_get(port, path)
        if status == 200:
            return
        await asyncio.sleep(PAUSE)
    raise NotReady("ended before it was ready")


async def greets(child: Child, deployment: Deployment, root: Path | None) -> None:
    """Wait until the front door takes connections; with ``root``, until it proves to be our host by
    a certificate of that authority. (A public authority may take its time, and pages don't wait.)

    Raises ``NotReady`` when the process ends first.
    """
    while child.running:
        if await _is_greeted(deployment, root):
            return
        await asyncio.sleep(PAUSE)
    raise NotReady("ended before it was ready")


async def _is_greeted(deployment: Deployment, root: Path | None) -> bool:
    try:
        trust = ssl.create_default_context(cafile=root) if root else None
        name = deployment.host if root else None
        at = deployment.bind_address or LOOPBACK
        async with asyncio.timeout(ANSWER_WITHIN):
            _, writer = await asyncio.open_connection(
                at, deployment.https_port, ssl=trust, server_hostname=name
            )
    except (OSError, TimeoutError):  # an SSLError is an OSError
        return False
    writer.close()
    return True


async def works(child: Child, database_url: str) -> None:
    """Wait until the queue's worker gives a sign of life in the database.

    Raises ``NotReady`` when it ends first.
    """
    import psycopg

    since = None
    while child.running:
        with suppress(psycopg.OperationalError):  # the database may be starting again just now
            async with await psycopg.AsyncConnection.connect(
                database_url, autocommit=True
            ) as connection:
                since = since or await (await connection.execute("select now()")).fetchone()
                if await (await connection.execute(SIGN_OF_LIFE, since)).fetchone():
                    return
        await asyncio.sleep(PAUSE)
    raise NotReady("ended before it was ready")


async def http_get(port: int, path: str) -> tuple[int, str]:
    """Status and body; status 0 when nobody answers."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            try:
                writer.write(request.encode())
                answer = (await reader.read()).decode(errors="replace")
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return 0, ""
    head, _, body = answer.partition("\r\n\r\n")
    words = head.split(maxsplit=2)
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), body


def ports(deployment: Deployment) -> dict[str, Place]:
    """What listens where: use → (socket kind, address, port)."""
    tcp, udp = socket.SOCK_STREAM, socket.SOCK_DGRAM
    wanted: dict[str, Place] = {"pages": (tcp, LOOPBACK, deployment.port)}
    if deployment.embedded_livekit:
        everywhere = "" if deployment.serves_others else LOOPBACK
        wanted |= {
            "LiveKit signalling": (tcp, LOOPBACK, deployment.livekit_port),
            "media over TCP": (tcp, "", deployment.livekit_tcp_port),
            "media over UDP": (udp, everywhere, deployment.livekit_udp_port),
            "LiveKit figures": (tcp, LOOPBACK, deployment.prometheus_port),
        }
        if deployment.turn_domain:
            wanted["TURN behind Caddy"] = (tcp, "", deployment.turn_tcp_port)
    return wanted | front_ports(deployment)


def front_ports(deployment: Deployment) -> dict[str, Place]:
    """The ports for other devices that are not counted from ``PENDOPO_PORT``: each has a setting
    of its own."""
    at = deployment.bind_address
    wanted: dict[str, Place] = {}
    if deployment.host:
        wanted["https"] = (socket.SOCK_STREAM, at, deployment.https_port)
        wanted["http"] = (socket.SOCK_STREAM, at, deployment.http_port)
    if deployment.serves_others and deployment.embedded_livekit:
        wanted["TURN"] = (socket.SOCK_DGRAM, at, deployment.relay_port)
    return wanted


def refuse_taken_ports(deployment: Deployment) -> None:
    """Raises ``DeploymentError`` naming the port and a free choice when somebody else has one of
    ours."""
    for use, place in ports(deployment).items():
        if problem := _problem(*place):
            raise DeploymentError(_sentence(deployment, use, place, problem))


def _sentence(deployment: Deployment, use: str, place: Place, problem: int) -> str:
    kind, address, port = place
    setting = FRONT_SETTINGS.get(use)
    if problem == errno.EACCES:
        remedy = f"choose {setting or 'PENDOPO_PORT'} from 1024 upward"
        if setting:
            allowing = f"sudo sysctl -w net.ipv4.ip_unprivileged_port_start={port}"
            remedy += f", or let everybody have it with `{allowing}`"
        return f"Port {port} ({use}) is reserved for root: {remedy}."
    if setting:
        free = next(each for each in range(8443, 65535) if not _problem(kind, address, each))
        other = f"{setting}={free}"
    else:
        row = f"it and the {PORTS_USED - 1} after it are used"
        other = f"PENDOPO_PORT={_free_port(deployment)}; {row}"
    return (
        f"Port {port} ({use}) is taken by another program. Stop that one, or choose another, such "
        f"as {other}."
    )


def _problem(kind: socket.SocketKind, address: str, port: int) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # a closing connection is no obstacle
        try:
            probe.bind((address, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def _free_port(deployment: Deployment) -> int:
    fixed = front_ports(deployment)
    for port in range(deployment.port + 100, 65000, 100):
        shifted = ports(deployment.model_copy(update={"port": port}))
        if not any(_problem(*place) for use, place in shifted.items() if use not in fixed):
            return port
    return 8000
