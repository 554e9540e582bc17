"""Signs papers: each in a transaction of its own, with one entry of the passphrase for all."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from pendopo.documents.actions.credentials import (
    count_try,
    demo_authority,
    forget_tries,
    nik_of,
    take_try_back,
)
from pendopo.documents.actions.numbering import give_number, number_given_once
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Credential, Document, PaperSignature, SigningPolicy
from pendopo.documents.queries.signing import credential_of, is_signer_of, the_signing_policy
from pendopo.documents.rules import OPEN_STATES, DocumentState, Method, SignatureMark
from pendopo.files.actions.keeping import keep_made
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.bsre import BsreSigner, bsre_service
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.local import LocalSigner
from pendopo.gateways.signing.port import Passphrase, SignatureOrder, Signer
from pendopo.journal.actions import record
from pendopo.office.models import Position
from pendopo.people.models import Account

log = logging.getLogger(__name__)
PURPOSE = "signed_letter"  # why the signed file is kept
# These end the round: see `Outcome.ends_the_round`.
_STOPS = frozenset(
    {"passphrase_wrong", "certificate_expired", "certificate_revoked", "signer_unknown"}
    | {"signer_unavailable", "signer_refuses_office", "signer_answer_wrong"}
    | {"timestamp_unavailable", "keystore_unreadable", "keystore_too_weak"}
    | {"signing_broke_off"}
)


@dataclass(frozen=True)
class Outcome:
    """What became of one paper: ``refused`` is ``None`` when it is signed."""

    document: Document
    refused: Refused | None = None

    @property
    def is_signed(self) -> bool:
        return self.refused is None

    @property
    def ends_the_round(self) -> bool:
        """Whether no other paper of the same entry would fare better."""
        return self.refused is not None and self.refused.code in _STOPS


@dataclass(frozen=True)
class _Pen:
    """With what this account signs now; of a service only its answer says the last two."""

    signer: Signer
    method: Method
    is_demo: bool = False
    is_stamped: bool = False
    fingerprint: str = ""


@dataclass(frozen=True)
class _Entry:
    """One entry of the passphrase, for one pen."""

    passphrase: Passphrase
    pen: _Pen


def sign_documents(
    documents: Sequence[Document],
    account: Account,
    passphrase: Passphrase,
    seen: Mapping[UUID, int] | None = None,
) -> list[Outcome]:
    """Signs these papers in their order; what became of each, also of those not reached.

    ``seen``: the revision of each that the signer had before them, else those of ``documents``;
    a paper that was changed since is refused with ``changed_before_signing``.

    One that is refused leaves the others signed; a wrong passphrase, a signer that is away or an
    error that nobody foresaw ends the round. Call it outside of any transaction. Raises ``Refused``
    with ``credential_missing``, ``signed_by_hand`` or ``too_many_passphrases`` before anything is
    tried.
    """
    pen = _pen_of(account)
    count_try(account, pen.method)
    outcomes: list[Outcome] = []
    for nth, document in enumerate(documents):
        revision = document.revision if seen is None else seen.get(document.pk)
        outcome = _try_one(document, revision, account, _Entry(passphrase, pen))
        outcomes.append(outcome)
        if outcome.ends_the_round:
            outcomes += [Outcome(rest, outcome.refused) for rest in documents[nth + 1 :]]
            break
    _settle_try(account, pen.method, outcomes)
    return outcomes


def _settle_try(account: Account, kind: Method, outcomes: Iterable[Outcome]) -> None:
    """A right passphrase ends the count; one that was never tried takes its own try back."""
    if any(each.is_signed for each in outcomes):
        forget_tries(account, kind)
    elif not any(each.refused and each.refused.code == "passphrase_wrong" for each in outcomes):
        take_try_back(account, kind)


def _try_one(document: Document, seen: int | None, account: Account, entry: _Entry) -> Outcome:
    try:
        return Outcome(_sign_one(document, seen, account, entry))
    except Refused as refused:
        return Outcome(document, refused)
    except Exception:
        # Whatever broke here must not hide from the signer which letters before it are signed.
        log.exception("document %s could not be signed", document.pk)
        return Outcome(document, Refused("signing_broke_off"))


@transaction.atomic(durable=True)
def _sign_one(document: Document, seen: int | None, account: Account, entry: _Entry) -> Document:
    """One paper: locked, looked at, numbered, drawn, signed, kept, noted; or nothing of it.

    The number is given in the same transaction, so that none is burned by a signature that fails;
    the price is that signers queue while a service outside answers.
    """
    paper, pen = locked_open_document(document), entry.pen
    if paper.revision != seen:
        raise Refused("changed_before_signing")
    if not is_signer_of(account, paper):
        raise Refused("not_its_signatory")
    give_number(paper, timezone.localdate(clock.now()))
    _name_signatory(paper, account)
    signed_at = clock.now()
    mark = SignatureMark(
        method=pen.method,
        signer_name=paper.signatory_name,
        signer_title=paper.signatory_title,
        signed_at=signed_at,
        verify_url=verify_url(paper.code),
        is_demo=pen.is_demo,
    )
    content = pen.signer.sign(letter_pdf(paper, mark), _order(paper, entry.passphrase))
    if pen.method is Method.BSRE:
        pen = _as_answered(pen, content, paper)
    paper.file = keep_made(content, f"{file_name(paper)}.pdf", "application/pdf", PURPOSE, account)
    paper.state, paper.method, paper.signed_at = DocumentState.SIGNED, pen.method, signed_at
    with number_given_once(paper):
        paper.save(update_fields=["file", "state", "method", "signed_at"])
    PaperSignature.objects.create(
        document=paper,
        signed_by=account,
        is_demo=pen.is_demo,
        is_stamped=pen.is_stamped,
        fingerprint=pen.fingerprint,
    )
    record("document.signed", paper, account, method=pen.method.value, demo=pen.is_demo)
    return paper


def _as_answered(pen: _Pen, content: bytes, paper: Document) -> _Pen:
    """The pen with what a service's answer says of itself.

    Raises ``Refused('signer_answer_wrong')`` for what is not this paper with one whole signature.
    """
    verdict = check(content, words=paper.code)
    if not (verdict.valid and verdict.has_words and len(verdict.signatures) == 1):
        raise Refused("signer_answer_wrong")
    (signature,) = verdict.signatures
    return replace(pen, is_stamped=signature.stamped, fingerprint=signature.fingerprint)


def locked_open_document(document: Document) -> Document:
    """The paper as it is now, locked until the commit, which alone makes a double click harmless.

    Raises ``Refused`` with ``document_signed_already`` or ``document_not_open``.
    """
    paper = Document.objects.select_for_update().get(pk=document.pk)
    if paper.signed_at:
        raise Refused("document_signed_already")
    if paper.state not in OPEN_STATES:
        raise Refused("document_not_open")
    return paper


def verify_url(code: str) -> str:
    """The address in a paper's QR code."""
    return f"{settings.BASE_URL}/v/{code}"


def file_name(paper: Document) -> str:
    """The name of a paper's file, from its number, without an ending."""
    plain = "".join(each if each.isalnum() else "-" for each in paper.number or paper.code)
    return plain.strip("-")[:80]


def _pen_of(account: Account) -> _Pen:
    """Raises ``Refused`` with ``signed_by_hand``, ``credential_missing`` or `nik_of`'s."""
    policy = the_signing_policy()
    if policy.method == Method.SCAN:
        raise Refused("signed_by_hand")
    credential = credential_of(account, Method(policy.method))
    if credential is None:
        raise Refused("credential_missing")
    if policy.method == Method.BSRE:
        service = bsre_service()
        if not service.is_set:
            raise Refused("signer_unavailable")
        return _Pen(BsreSigner(service, nik_of(credential)), Method.BSRE)
    return _local_pen(credential, policy)


def _local_pen(credential: Credential, policy: SigningPolicy) -> _Pen:
    if credential.valid_until is None or credential.valid_until <= clock.now():
        raise Refused("certificate_expired")
    roots = [demo_authority().root()] if credential.is_demo else []
    return _Pen(
        LocalSigner(bytes(credential.locked_key), policy.timestamp_url, roots),
        Method.LOCAL,
        is_demo=credential.is_demo,
        is_stamped=bool(policy.timestamp_url),
        fingerprint=credential.fingerprint,
    )


def _name_signatory(paper: Document, account: Account) -> None:
    """A paper signed in another's stead names who really signs it."""
    if paper.signatory_id == account.pk:
        return
    position = Position.objects.filter(account=account).order_by("pk").first()
    paper.signatory = account
    paper.signatory_name = account.person.name
    if position:
        paper.signatory_title = position.title
    paper.save(update_fields=["signatory", "signatory_name", "signatory_title"])


def _order(paper: Document, passphrase: Passphrase) -> SignatureOrder:
    # A paper of the office is in Indonesian, whatever language its signer reads.
    with override("id"):
        readable = gettext("Electronic signature of %(name)s") % {"name": paper.signatory_name}
        reason = gettext("Signed for %(number)s") % {"number": paper.number}
    return SignatureOrder(
        passphrase=passphrase,
        signer_name=paper.signatory_name,
        reason=reason,
        location=paper.place,
        readable_field=readable,
    )
