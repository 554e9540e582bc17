"""What somebody may do to a signed PDF before they show it as ours."""

import io
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.keystore import lock, unlock
from pendopo.gateways.signing.local import LocalSigner, _signer
from pendopo.gateways.signing.port import Passphrase, SignatureOrder


class _Unruly(signers.PdfSigner):
    """Signs what a certifying signature forbids to sign, as other programs may."""

    def _enforce_certification_constraints(self, reader: Any) -> None:
        """Asks nothing."""


_WORDS = Passphrase("sandi seorang asing")


def one_byte_changed(pdf: bytes) -> bytes:
    """In the middle of the first stream, which is signed."""
    middle = pdf.index(b"stream") + 40
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def updated(pdf: bytes) -> bytes:
    """With an incremental update that writes over the first page; the signed bytes stay."""
    out = io.BytesIO()
    _over_the_page(pdf).write(out)
    return out.getvalue()


def updated_and_signed_by_a_stranger(pdf: bytes, folder: Path) -> bytes:
    """The same, and then a signature of somebody else over all of it."""
    stranger = _signer(unlock(lock(DemoAuthority(folder).issue("Asing", "Lain"), _WORDS), _WORDS))
    metadata = signers.PdfSignatureMetadata(field_name="Kedua")
    pen = _Unruly(metadata, stranger, new_field_spec=SigFieldSpec("Kedua"))
    return bytes(pen.sign_pdf(_over_the_page(pdf)).getvalue())


def signed_by_a_stranger(pdf: bytes, folder: Path) -> bytes:
    """An unsigned PDF with the signature of somebody whom we do not know."""
    locked = lock(DemoAuthority(folder).issue("Asing", "Lain"), _WORDS)
    return LocalSigner(locked).sign(pdf, SignatureOrder(_WORDS, "Asing"))


def _over_the_page(pdf: bytes) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"0 0 m 500 500 l S")
    writer.add_stream_to_page(0, writer.add_object(stream))
    return writer
