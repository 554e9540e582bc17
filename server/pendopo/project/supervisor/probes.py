"""How we find out that something of ours answers, and that nobody else does where we want to."""

import asyncio
import errno
import socket
from contextlib import suppress

from pendopo.project.deployment import PORTS_USED, Deployment, DeploymentError
from pendopo.project.supervisor.child import Child
from pendopo.project.supervisor.keeper import NotReady

LOOPBACK = "127.0.0.1"
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
        wanted |= {
            "LiveKit signalling": (tcp, LOOPBACK, deployment.livekit_port),
            "media over TCP": (tcp, "", deployment.livekit_tcp_port),
            "media over UDP": (udp, LOOPBACK, deployment.livekit_udp_port),
            "LiveKit figures": (tcp, LOOPBACK, deployment.prometheus_port),
        }
    return wanted


def refuse_taken_ports(deployment: Deployment) -> None:
    """Raises ``DeploymentError`` naming the port and a free choice when somebody else has one of
    ours."""
    for use, (kind, address, port) in ports(deployment).items():
        problem = _problem(kind, address, port)
        if problem == errno.EACCES:
            raise DeploymentError(
                f"Port {port} ({use}) is reserved for root: choose PENDOPO_PORT from 1024 upward."
            )
        if problem:
            raise DeploymentError(
                f"Port {port} ({use}) is taken by another program. Stop that one, or choose "
                f"another, such as PENDOPO_PORT={_free_port(deployment)}; it and the "
                f"{PORTS_USED - 1} after it are used."
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
    for port in range(deployment.port + 100, 65000, 100):
        shifted = deployment.model_copy(update={"port": port})
        if not any(_problem(*place) for place in ports(shifted).values()):
            return port
    return 8000
