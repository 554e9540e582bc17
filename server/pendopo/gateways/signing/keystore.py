"""PKCS#12: a key and its certificate, locked by the passphrase of their holder and nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase

# OWASP's figure for PBKDF2 with SHA-256: a stolen file must be slow to guess at.
KDF_ROUNDS = 600_000
LARGEST_FILE = 64 * 1024  # bytes; key, certificate and chain take 4 to 8 KB
SMALLEST_RSA = 2048  # bits
CURVES = ("secp256r1", "secp384r1", "secp521r1")


@dataclass(frozen=True)
class Certified:
    """What may be shown of a certificate."""

    holder: str
    issuer: str
    serial: str  # hexadecimal
    fingerprint: str  # SHA-256, hexadecimal
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Unlocked:
    """A key with its certificates, in memory only."""

    key: Any = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def unlock(locked: bytes, passphrase: Passphrase) -> Unlocked:
    """Opens a PKCS#12.

    Raises ``Refused`` with ``passphrase_wrong``, ``keystore_unreadable``, ``keystore_too_weak`` or
    ``certificate_expired``.
    """
    if len(locked) > LARGEST_FILE or not locked.startswith(b"\x30"):
        raise Refused("keystore_unreadable")
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            locked, passphrase.reveal().encode()
        )
    except ValueError as error:
        # The library tells a wrong passphrase from a broken file only by its words.
        wrong = "password" in str(error).lower()
        raise Refused("passphrase_wrong" if wrong else "keystore_unreadable") from None
    if key is None or certificate is None:
        raise Refused("keystore_unreadable")
    _refuse_weak(key)
    if not certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc:
        raise Refused("certificate_expired")
    return Unlocked(key, certificate, tuple(chain))


def lock(unlocked: Unlocked, passphrase: Passphrase) -> bytes:
    """A PKCS#12 that only this passphrase opens (PBES2 with AES-256)."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(KDF_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.reveal().encode())
    )
    return pkcs12.serialize_key_and_certificates(
        None, unlocked.key, unlocked.certificate, list(unlocked.chain) or None, encryption
    )


def certified(certificate: x509.Certificate) -> Certified:
    """What may be shown of it."""
    return Certified(
        holder=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def _refuse_weak(key: object) -> None:
    strong = (isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA) or (
        isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES
    )
    if not strong:
        raise Refused("keystore_too_weak")


def _name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()
