"""The authorities whose certificates count in this installation."""

from collections.abc import Iterable
from pathlib import Path

from asgiref.sync import async_to_sync
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def roots_of(path: Path | None) -> list[x509.Certificate]:
    """The certificates of a PEM file; none without a file.

    Raises ``OSError`` for a file that can't be read, ``ValueError`` for one without certificates.
    """
    return x509.load_pem_x509_certificates(path.read_bytes()) if path else []


def leads_to(
    certificate: x509.Certificate,
    between: Iterable[x509.Certificate],
    roots: Iterable[x509.Certificate],
) -> bool:
    """Whether a valid chain leads from the certificate to one of the roots (RFC 5280, without
    asking anybody for revocations: that is the signer's matter at signing)."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

    context = ValidationContext(
        trust_roots=[_asn1(each) for each in roots],
        other_certs=[_asn1(each) for each in between],
        allow_fetching=False,
    )
    validator = CertificateValidator(_asn1(certificate), validation_context=context)
    try:
        async_to_sync(validator.async_validate_path)()
    except (PathBuildingError, PathValidationError):
        return False
    return True


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
