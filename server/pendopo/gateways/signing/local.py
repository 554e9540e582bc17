"""Signs with a certificate that lies here, locked by its holder's passphrase (PAdES, by pyHanko).

With a timestamp server the signature is PAdES B-T, without one B-B: then only our own clock says
when it was made.
"""

import asyncio
import io
from collections.abc import Iterable

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.keystore import Unlocked, unlock
from pendopo.gateways.signing.port import Passphrase, SignatureOrder, Verdict

TIMESTAMP_WITHIN = 8  # seconds


class LocalSigner:
    """One holder's certificate. Lives as long as the request: it keeps the opened key."""

    def __init__(
        self, locked: bytes, timestamp_url: str = "", roots: Iterable[Certificate] = ()
    ) -> None:
        self._locked = locked
        self._timestamp_url = timestamp_url
        self._roots = tuple(roots)
        self._opened: tuple[Passphrase, Unlocked] | None = None

    def sign(self, pdf: bytes, order: SignatureOrder) -> bytes:
        """Appends one certifying signature after which no change is allowed (DocMDP 1).

        Raises ``Refused`` as `keystore.unlock`, with ``timestamp_unavailable`` when the timestamp
        server does not answer, or ``paper_unsignable`` for what is no PDF or is signed already.
        """
        signer = _signer(self._open(order.passphrase))
        metadata = signers.PdfSignatureMetadata(
            field_name=order.field,
            name=order.signer_name or None,
            reason=order.reason or None,
            location=order.location or None,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        place = SigFieldSpec(
            order.field,
            readable_field_name=order.readable_field or None,
            # Out of the page: a field on it would have to stand in the tags of the paper (PDF/UA).
            invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        )
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            done = signers.PdfSigner(
                metadata, signer, timestamper=self._timestamper(), new_field_spec=place
            ).sign_pdf(writer)
        except TimestampRequestError as error:
            raise Refused("timestamp_unavailable") from error
        except (PdfError, SigningError) as error:
            raise Refused("paper_unsignable") from error
        done.seek(0)
        return bytes(done.read())

    def verify(self, pdf: bytes) -> Verdict:
        """Checks all signatures; a certificate is trusted when it leads to one of our roots."""
        return check(pdf, self._roots)

    def _open(self, passphrase: Passphrase) -> Unlocked:
        """Opens the key once for a passphrase: several papers are signed with one entry of it."""
        if self._opened is None or self._opened[0] is not passphrase:
            self._opened = passphrase, unlock(self._locked, passphrase)
        return self._opened[1]

    def _timestamper(self) -> RequestsHTTPTimeStamper | None:
        if not self._timestamp_url:
            return None
        return _stamper(self._timestamp_url)


def timestamp_server_answers(url: str) -> bool:
    """Whether a timestamp server stamps something for us within :data:`TIMESTAMP_WITHIN`."""
    try:
        asyncio.run(_stamper(url).async_timestamp(bytes(32), "sha256"))
    except (TimestampRequestError, ValueError, OSError):
        return False
    return True


def _stamper(url: str) -> RequestsHTTPTimeStamper:
    return RequestsHTTPTimeStamper(url, timeout=TIMESTAMP_WITHIN)  # type: ignore[no-untyped-call]  # pyHanko's has no types


def _signer(unlocked: Unlocked) -> signers.SimpleSigner:
    der = unlocked.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificates = [_asn1(each) for each in (unlocked.certificate, *unlocked.chain)]
    return signers.SimpleSigner(
        signing_cert=certificates[0],
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore.from_certs(certificates),  # type: ignore[no-untyped-call]
    )


def _asn1(certificate: Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
