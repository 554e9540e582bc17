"""A wet signature: printed, signed by hand with stamp and ink, scanned and brought back.

Nothing is signed here and nothing can be proved from the file: "signed" means that the office says
so, and keeps the scan as it came.
"""

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.port import SignatureOrder, Verdict


class ScanSigner:
    """Refuses to sign: the copy that a person signed is uploaded instead."""

    def sign(self, pdf: bytes, order: SignatureOrder) -> bytes:
        """Raises ``Refused('signed_by_hand')``, always."""
        raise Refused("signed_by_hand")

    def verify(self, pdf: bytes) -> Verdict:
        """Checks electronic signatures, should the copy carry some; a scan has none."""
        return check(pdf)
