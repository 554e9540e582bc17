"""Reads of what waits for a signature, with what one signs, and what is known of a signed paper."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendopo.documents.models import Credential, Document, PaperSignature, Reader, SigningPolicy
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.rules import (
    ISSUED_STATES,
    LETTERS,
    OPEN_STATES,
    Method,
    Secrecy,
    SigningForm,
)
from pendopo.documents.rules.signing import FOR_ANOTHER, may_sign
from pendopo.foundation.plain_text import storable
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

MOST_WAITING = 50  # letters on one page of the desk
MOST_AT_ONCE = 30  # letters with one entry of the passphrase


def the_signing_policy() -> SigningPolicy:
    """What the office decided about signing; before it did, an unsaved one with the defaults."""
    return SigningPolicy.objects.first() or SigningPolicy()


def credential_of(account: Account, kind: Method) -> Credential | None:
    """With what an account signs in this way."""
    return Credential.objects.filter(account=account, kind=kind).first()


def is_signer_of(account: Account, document: Document) -> bool:
    """Whether this account may sign this paper. Two queries at most."""
    is_signatory = document.signatory_id == account.pk
    allowed = may_sign(
        has_duty=Permission.SIGN_DOCUMENTS in permissions_for(account),
        is_signatory=is_signatory,
        form=SigningForm(document.signing_form),
    )
    if not allowed or is_signatory or document.secrecy == Secrecy.ORDINARY:
        return allowed
    return Reader.objects.filter(document=document, account=account).exists()


def signable_by(account: Account) -> QuerySet[Document]:
    """Letters in every state that are this account's to sign, for who holds the duty to sign."""
    readable = Q(secrecy=Secrecy.ORDINARY) | Exists(
        Reader.objects.filter(document=OuterRef("pk"), account=account)
    )
    in_anothers_stead = Q(signing_form__in=FOR_ANOTHER) & readable
    return Document.objects.filter(kind__in=LETTERS).filter(
        Q(signatory=account) | in_anothers_stead
    )


def waiting_for(account: Account) -> QuerySet[Document]:
    """Those of them that wait for the signature, oldest first."""
    return signable_by(account).filter(state__in=OPEN_STATES).order_by("created_at")


def chosen_by(account: Account, ids: Iterable[str]) -> list[Document]:
    """The chosen ones among an account's letters, oldest first, also what another window has
    signed meanwhile; what is not its own, or no id, is left out."""
    return list(
        signable_by(account)
        .filter(pk__in=[known for each in ids if (known := _uuid(each))])
        .order_by("created_at")[:MOST_AT_ONCE]
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def named_letters(account: Account, about: str, codes: Iterable[str]) -> dict[str, Document]:
    """Code → letter, of those about a subject that this account may read, in every state; other
    codes are left out. One query, beside the account's permissions."""
    named = [storable(each) for each in codes]
    found = documents_for(account).filter(about=about, kind__in=LETTERS, code__in=named)
    return {each.code: each for each in found}


def issued_document(code: str) -> Document | None:
    """A paper that was issued, by the code in its QR, with file and signature. One query."""
    return (
        Document.objects.select_related("file", "signature")
        .filter(code=storable(code), state__in=ISSUED_STATES)
        .first()
    )


def signature_of(document: Document) -> PaperSignature | None:
    """What is known of its signature."""
    return PaperSignature.objects.filter(document=document).first()
