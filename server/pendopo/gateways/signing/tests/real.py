"""A certificate as an authority that is not ours issues it."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pendopo.foundation import clock
from pendopo.gateways.signing.demo_authority import _usage
from pendopo.gateways.signing.keystore import Unlocked


def real_certificate(days: int = 365) -> tuple[Unlocked, x509.Certificate]:
    """A holder's key with its certificate, valid for so many days, and the authority's own."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate("Otoritas Uji", "Otoritas Uji", root_key, root_key, 3650, is_root=True)
    holder = _certificate("Budi Santoso", "Otoritas Uji", key, root_key, days, is_root=False)
    return Unlocked(key, holder, (root,)), root


def _certificate(
    name: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    signed_with: ec.EllipticCurvePrivateKey,
    days: int,
    *,
    is_root: bool,
) -> x509.Certificate:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(_usage(signs_papers=not is_root), critical=True)
        .sign(signed_with, hashes.SHA256())
    )
