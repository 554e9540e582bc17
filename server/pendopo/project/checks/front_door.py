"""Whether other devices get in: Caddy asked over https, as they ask it."""

import socket
import ssl
from collections.abc import Iterator

from pendopo.gateways.caddy.authority import root_file
from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.deployment import Deployment

SUBJECT = "front door"
PATIENCE = 10  # seconds


def answers(deployment: Deployment) -> Iterator[Finding]:
    """Asks this machine's own https port for `/healthz` under the name that others use."""
    if not deployment.serves_others:
        return
    try:
        status = _ask(deployment)
    except ssl.SSLError as problem:
        text = (
            f"the certificate of {deployment.host} is not in order ({problem.reason}): look at the "
            "log of `pendopo run`, and for a public name at its DNS."
        )
        yield wrong(SUBJECT, text)
    except OSError as problem:
        text = (
            f"nobody answers at port {deployment.https_port} ({problem}): look at the log of "
            "`pendopo run`."
        )
        yield wrong(SUBJECT, text)
    else:
        right = status == 200
        found = "" if right else ": look at the log of `pendopo run`."
        yield Finding(SUBJECT, f"answers {status} at {deployment.base_url}{found}", right=right)


def _ask(deployment: Deployment) -> int:
    """The HTTP status. Raises ``OSError``, of which ``ssl.SSLError`` is one."""
    own = root_file(deployment.caddy_folder) if deployment.has_own_authority else None
    trust = ssl.create_default_context(cafile=str(own) if own else None)
    address = ("127.0.0.1", deployment.https_port)
    with (
        socket.create_connection(address, PATIENCE) as plain,
        trust.wrap_socket(plain, server_hostname=deployment.host) as secure,
    ):
        head = f"GET /healthz HTTP/1.1\r\nHost: {deployment.host}\r\nConnection: close\r\n\r\n"
        secure.sendall(head.encode())
        words = secure.recv(4096).split(maxsplit=2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
