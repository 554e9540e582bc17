"""The demo certificate authority: for trying signatures out. Its papers prove nothing to others.

Root key and certificate are one file in the folder of secrets, made at the first use; whoever makes
it first wins, all others read that one.
"""

import os
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from pendopo.foundation import clock
from pendopo.gateways.signing.keystore import Unlocked

FILE = "demo_signing_root.pem"
ROOT_NAME = "CONTOH - Pendopo Demo Root (tidak berlaku)"
# In every name, so that nobody takes one for a real certificate, in whatever program it is shown.
MARK = "CONTOH/DEMO"
_ROOT_LASTS = timedelta(days=3650)
_LASTS = timedelta(days=365)
_CLOCKS_DIFFER = timedelta(minutes=5)
_LONGEST_NAME = 64  # characters of a common name (RFC 5280, ub-common-name)


class DemoAuthority:
    """The authority that lies in this folder; reading it makes it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def root(self) -> x509.Certificate:
        """Its own certificate. Raises ``OSError``."""
        return self._read()[1]

    def knows(self, certificate: x509.Certificate) -> bool:
        """Whether it issued this certificate; makes nothing."""
        return self._file.exists() and certificate.issuer == self.root().subject

    def issue(self, holder: str, office: str) -> Unlocked:
        """A new key with a certificate for a year, marked as a demo by its name."""
        root_key, root = self._read()
        key = ec.generate_private_key(ec.SECP256R1())
        now = clock.now()
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:_LONGEST_NAME] or MARK),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARK),
                x509.NameAttribute(NameOID.COMMON_NAME, f"{MARK} {holder}"[:_LONGEST_NAME]),
            ]
        )
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _CLOCKS_DIFFER)
            .not_valid_after(min(now + _LASTS, root.not_valid_after_utc))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_papers=True), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
                critical=False,
            )
            .sign(root_key, hashes.SHA256())
        )
        return Unlocked(key, certificate, (root,))

    def _read(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        if not self._file.exists():
            self._make()
        pem = self._file.read_bytes()
        key = load_pem_private_key(pem, None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(pem)

    def _make(self) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self._file.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_new_root())
                out.flush()
                os.fsync(out.fileno())
            with suppress(FileExistsError):
                os.link(draft, self._file)  # appears whole or not at all
        finally:
            Path(draft).unlink()


def _new_root() -> bytes:
    """Key and self-signed certificate, PEM after PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = clock.now()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(now + _ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_papers=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return written + certificate.public_bytes(Encoding.PEM)


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    """Papers for holders, certificates for the root."""
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        encipher_only=False,
        decipher_only=False,
    )
