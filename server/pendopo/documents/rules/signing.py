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

# Where anybody whose duty is to sign may do it (a.n., u.b.). Who acts for a position (Plt., Plh.)
# is one appointed person, as its holder is.
FOR_ANOTHER = frozenset({SigningForm.ON_BEHALF, SigningForm.BY_ORDER})


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

    SIGNED = "signed"  # its electronic signatures are whole, by a certificate that counts here
    UNKNOWN = "unknown"  # they are whole, by a certificate of nobody knows whom
    UNSIGNED = "unsigned"  # it has none: a scan
    BROKEN = "broken"


class Proof(StrEnum):
    """What stands behind a letter's signature, for whoever checks it."""

    ELECTRONIC = "electronic"
    TRIAL = "trial"  # a certificate that the program made for itself
    UNKNOWN = "unknown"  # whole, by a certificate of no authority that counts here
    SCAN = "scan"  # ink, of which nothing could be checked


def proof_of(*, is_demo: bool, copy: str) -> Proof:
    """From what is noted with a signature; ``copy`` is empty for what was signed here."""
    if is_demo:
        return Proof.TRIAL
    if copy == Copy.UNKNOWN:
        return Proof.UNKNOWN
    return Proof.ELECTRONIC if copy in {"", Copy.SIGNED} else Proof.SCAN


def printed_version(code: str, revision: int) -> str:
    """What a letter that is signed elsewhere carries behind the address of its page.

    In brackets, so that version 1 is not found in version 12.
    """
    return f"{code} (versi {revision})"


def refusal_of_copy(
    copy: Copy, *, has_code: bool, has_version: bool, vouched: bool, said_version: bool
) -> str | None:
    """Why a copy can not be the letter's: the code, or ``None``.

    A scan needs somebody who vouches for it and says which version was signed; a text that can be
    read holds our code, and with it the version that the letter has now.
    """
    if copy is Copy.UNSIGNED and not vouched:
        return "copy_unsigned"
    if copy is not Copy.UNSIGNED and not has_code:
        return "copy_of_another"
    if has_code:
        return None if has_version else "copy_outdated"
    return None if said_version else "copy_version_missing"


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
    """Whose signature a paper may carry: its signatory's, or with a.n. and u.b. that of anybody
    whose duty is to sign."""
    return has_duty and (is_signatory or form in FOR_ANOTHER)


def same_person(name: str, holder: str) -> bool:
    """Whether a certificate's holder can be the one with this name: the same words, where one of
    both may have more of them; titles and the case of letters say nothing."""
    ours, theirs = _bare(name), _bare(holder)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _bare(name: str) -> set[str]:
    before_degrees = name.partition(",")[0].casefold()
    return {each for each in before_degrees.split() if not each.endswith(".")}


def is_nik(text: str) -> bool:
    """Whether it has the form of a NIK."""
    return len(text) == NIK_DIGITS and text.isascii() and text.isdigit()
