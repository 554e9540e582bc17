"""What the office needs of whoever signs its papers, in plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, Protocol


class Passphrase:
    """A passphrase on its way to the signer: shown, pickled and written nowhere.

    It lives as long as the request that brought it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The words themselves, for the adapter alone."""
        return self._value

    def __repr__(self) -> str:
        return "Passphrase(…)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a passphrase is not written down")


@dataclass(frozen=True)
class SignatureOrder:
    """One signature that is wished: who, why, where, and the passphrase that allows it.

    ``field`` names the signature's field in the PDF. The box and the QR code are part of the paper
    already, so that the field itself is invisible and the paper stays tagged.
    """

    passphrase: Passphrase
    signer_name: str
    reason: str = ""
    location: str = ""
    field: str = "TandaTangan"
    readable_field: str = ""  # what a screen reader says of the field


@dataclass(frozen=True)
class Signature:
    """What a PDF's signature says, as far as it could be checked.

    ``intact``: the signed part is as it was when it was signed, the signature is that of the
    certificate in it, and nothing followed that it forbids. ``whole``: nothing was added after it.
    ``fingerprint``: SHA-256 of the certificate, empty when a service checked and did not say.
    ``trusted``: it leads to an authority that the checker knows. ``stamped``: a timestamp server
    vouches for ``at``.
    """

    intact: bool
    whole: bool
    signer: str = ""
    fingerprint: str = ""
    trusted: bool = False
    stamped: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """All signatures of a PDF. ``readable`` is false for what is no PDF, or breaks the limits;
    ``has_words``: its text holds the words that were asked for."""

    readable: bool
    signatures: tuple[Signature, ...] = ()
    has_words: bool = False

    @property
    def valid(self) -> bool:
        """Whether it is signed, and no signature was broken or written over."""
        return bool(self.signatures) and all(
            each.intact and (each.whole or nth < len(self.signatures) - 1)
            for nth, each in enumerate(self.signatures)
        )


class Signer(Protocol):
    """Signs and checks PDFs. Both raise ``Refused`` with a code of `gateways.refusals`."""

    def sign(self, pdf: bytes, order: SignatureOrder) -> bytes:
        """The PDF with the signature appended to it; what was there stays byte for byte."""
        ...

    def verify(self, pdf: bytes) -> Verdict:
        """What the signatures of a PDF are worth."""
        ...
