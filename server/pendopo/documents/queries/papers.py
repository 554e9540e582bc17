"""Reading papers and their templates."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from pendopo.documents.models import (
    Document,
    Initial,
    LetterStyle,
    Reader,
    Template,
    plain_number,
)
from pendopo.documents.rules import ISSUED_STATES, DocumentKind, Secrecy
from pendopo.documents.rules.templates import DEFAULT_WORDS, Words
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.office.models import Position
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Duty, Permission


def letter_style() -> LetterStyle:
    """How letters look; the defaults while the office has decided nothing. One query."""
    return LetterStyle.objects.first() or LetterStyle()


def documents_for(account: Account) -> QuerySet[Document]:
    """The papers that an account may read, with what a list needs; none without the permission.

    Above ordinary secrecy only who drafted it, signs it, initialled it, or was named a reader; no
    duty opens it, not the administrator's either.
    """
    if Permission.READ_DOCUMENTS not in permissions_for(account):
        return Document.objects.none()
    initialled = Initial.objects.filter(document=OuterRef("pk"), account=account)
    reads = Reader.objects.filter(document=OuterRef("pk"), account=account)
    return Document.objects.select_related("signatory__person", "created_by__person").filter(
        Q(secrecy=Secrecy.ORDINARY)
        | Q(created_by=account)
        | Q(signatory=account)
        | Exists(initialled)
        | Exists(reads)
    )


def document_for(account: Account, document_id: UUID | str) -> Document:
    """One paper that this account may read, else ``Refused('document_not_found')``."""
    found = documents_for(account).select_related("corrects", "file").filter(pk=document_id).first()
    if found is None:
        raise Refused("document_not_found")
    return found


def listed(
    account: Account, state: str = "", kind: str = "", words: str = ""
) -> QuerySet[Document]:
    """The papers of a list, newest first: those of a state, of a kind, with words of number,
    subject or addressee."""
    rows = documents_for(account)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(
            Q(number__icontains=words) | Q(subject__icontains=words) | Q(addressee__icontains=words)
        )
    return rows.order_by("-created_at", "-pk")


def issued_by_code(code: str) -> Document:
    """A signed paper by the code of its address, else ``Refused('document_not_found')``."""
    found = Document.objects.filter(code=storable(code), state__in=ISSUED_STATES).first()
    if found is None:
        raise Refused("document_not_found")
    return found


def is_number_issued(number: str, year: int) -> bool:
    """Whether a signed letter of this year bears the number, also one that was revoked. One query.

    Blanks and capitals make no other number, as for the constraint ``issued_number_once``.
    """
    issued = Document.objects.filter(signed_at__isnull=False, dated_on__year=year)
    return (
        issued.alias(plain=plain_number(F("number")))
        .filter(plain=plain_number(Value(number)))
        .exists()
    )


def successor_of(document: Document) -> Document | None:
    """The newest signed paper that corrects this one. One query."""
    return document.corrections.filter(state__in=ISSUED_STATES).order_by("-signed_at").first()


def initials_of(document: Document) -> QuerySet[Initial]:
    """Who initialled a paper, in their order. One query."""
    return document.initials.select_related("account__person").order_by("at")


def versions(kind: DocumentKind) -> QuerySet[Template]:
    """The versions of a template, newest first."""
    return Template.objects.filter(kind=kind).select_related("made_by__person").order_by("-version")


def newest_versions() -> dict[str, Template]:
    """Kind → its newest version, of the kinds that have one. One query."""
    rows = Template.objects.order_by("kind", "-version").distinct("kind")
    return {each.kind: each for each in rows.select_related("made_by__person")}


def words_of(template: Template | None, kind: DocumentKind) -> Words:
    """A version's words; without one those we come with."""
    if template is None:
        return DEFAULT_WORDS[kind]
    return Words(template.subject, template.body, template.classification_code)


def position_of(account: Account) -> Position | None:
    """The position an account signs in, the oldest when it holds several. One query."""
    return Position.objects.filter(account=account).order_by("pk").first()


def head_of_office() -> Position | None:
    """The position of who leads the office, or acts as such. One query."""
    return (
        Position.objects.filter(account__is_active=True, account__duties__duty=Duty.HEAD_OF_OFFICE)
        .select_related("account__person")
        .order_by("pk")
        .first()
    )
