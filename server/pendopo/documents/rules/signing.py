"""Who may sign, how often a passphrase may be tried, and what a checked upload is worth."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pendopo.documents.rules import SigningForm

MOST_TRIES = 5
TRIES_WITHIN = timedelta(minutes=5)
SHORTEST_PASSPHRASE = 10  # characters
RENEW_BEFORE = timedelta(days=30)
LARGEST_UPLOAD = 20 * 2**20  # bytes
NIK_DIGITS = 16

# In whose stead another may sign; the holder's own signature is the holder's alone.
_FOR_ANOTHER = frozenset(SigningForm) - {SigningForm.HOLDER}


class Upload(StrEnum):
    """What an uploaded file is, beside the paper that we keep."""

    SAME = "same"  # byte for byte
    OTHER_FILE = "other_file"  # signed by the same certificate and whole, but not this paper
    CHANGED = "changed"  # signed by the same certificate, and changed since
    NOT_OURS = "not_ours"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


class Copy(StrEnum):
    """What could be checked of a signed copy that somebody brought."""

    SIGNED = "signed"  # its electronic signatures are whole
    UNSIGNED = "unsigned"  # it has none: a scan
    BROKEN = "broken"


@dataclass(frozen=True)
class Tries:
    """How often a passphrase was tried since when."""

    count: int
    since: datetime | None

    def next(self, now: datetime) -> "Tries | None":
        """With one more try; ``None`` when there were too many."""
        if self.since is None or now - self.since >= TRIES_WITHIN:
            return Tries(1, now)
        return Tries(self.count + 1, self.since) if self.count < MOST_TRIES else None


def may_sign(*, has_duty: bool, is_signatory: bool, form: SigningForm) -> bool:
    """Whose signature a paper may carry: its signatory's, or with a.n., u.b., Plt. and Plh. that of
    anybody whose duty is to sign."""
    return has_duty and (is_signatory or form in _FOR_ANOTHER)


def is_nik(text: str) -> bool:
    """Whether it has the form of a NIK."""
    return len(text) == NIK_DIGITS and text.isascii() and text.isdigit()
