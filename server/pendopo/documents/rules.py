"""What a paper is, and what may become of it."""

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
