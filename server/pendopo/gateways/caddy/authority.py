"""The root certificate of the authority that Caddy keeps for us."""

import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path

from pendopo.gateways.caddy.config import AUTHORITY


@dataclass(frozen=True)
class Root:
    """What a device must trust once."""

    pem: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in groups of four hexadecimal digits."""
        digits = hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.pem)).hexdigest().upper()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def root_file(caddy_folder: Path) -> Path:
    """Where Caddy keeps the certificate; its key lies beside it."""
    return caddy_folder / "pki" / "authorities" / AUTHORITY / "root.crt"


def read_root(caddy_folder: Path) -> Root | None:
    """The root, or None before Caddy's first start."""
    try:
        return Root(root_file(caddy_folder).read_text("ascii"))
    except FileNotFoundError:
        return None
