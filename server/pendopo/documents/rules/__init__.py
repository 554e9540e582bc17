"""What a paper is, and what may become of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """Papers that are numbered and signed, and the sheet of a disposition, which is initialled."""

    APPROVAL = "approval"
    REJECTION = "rejection"
    ALTERNATIVES = "alternatives"
    CANCELLATION = "cancellation"
    DISPOSITION_SHEET = "disposition_sheet"


class DocumentState(StrEnum):
    """Draft → initialled → signed → sent."""

    DRAFT = "draft"
    INITIALLED = "initialled"
    SIGNED = "signed"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class SigningForm(StrEnum):
    """In whose right somebody signs: the holder, for another (a.n.), by order (u.b.), acting for a
    vacant position (Plt.) or while the holder is away (Plh.)."""

    HOLDER = "holder"
    ON_BEHALF = "an"
    BY_ORDER = "ub"
    ACTING = "plt"
    DAILY_ACTING = "plh"


class Method(StrEnum):
    """How a paper was signed."""

    LOCAL = "local"
    BSRE = "bsre"
    SCAN = "scan"


class Face(StrEnum):
    """The face of letters, by the name of its font."""

    SANS = "Liberation Sans"
    SERIF = "Liberation Serif"


class Urgency(StrEnum):
    """How soon a letter wants an answer (sifat: biasa, segera, sangat segera)."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"


class Secrecy(StrEnum):
    """Who may read a letter: B, T, R and SR of the official letters."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105  a value of the official letters, no password
    TOP_SECRET = "top_secret"  # noqa: S105


@dataclass(frozen=True)
class SignatureMark:
    """What a signed paper says about its signature; ``verify_url`` is in its QR code.

    Only with the method ``bsre`` the footer names BSrE. ``is_demo``: the certificate proves nothing
    outside of a demonstration, and the paper says so.
    """

    method: Method
    signer_name: str
    signer_title: str
    signed_at: datetime  # aware
    verify_url: str
    is_demo: bool


# States in which a paper may still be written.
OPEN_STATES = frozenset({DocumentState.DRAFT, DocumentState.INITIALLED})
# States in which it stands for ever.
ISSUED_STATES = frozenset({DocumentState.SIGNED, DocumentState.SENT})
# What has a running number; the sheet of a disposition has its letter's.
LETTERS = frozenset(DocumentKind) - {DocumentKind.DISPOSITION_SHEET}
