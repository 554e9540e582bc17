"""A letter from its first draft: written, changed, initialled, withdrawn, sent, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from pendopo.documents.actions.templates import newest_version
from pendopo.documents.models import Document, Initial, Reader
from pendopo.documents.queries import papers as queries
from pendopo.documents.rules import (
    ISSUED_STATES,
    OPEN_STATES,
    DocumentKind,
    DocumentState,
    Secrecy,
    SigningForm,
    Urgency,
)
from pendopo.documents.rules.letters import FORMS_OF_TENURE, missing_of_form
from pendopo.documents.rules.placeholders import filled, without_value
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.office.models import Position
from pendopo.office.queries import office_or_default
from pendopo.office.rules import Tenure
from pendopo.people.models import Account

# What of a draft may be written anew.
CHANGEABLE = frozenset(
    {
        "subject", "addressee", "body", "copies", "attachments", "attached_text", "urgency",
        "secrecy", "signing_form", "on_behalf_of", "by_order_of", "classification_code",
        "number", "dated_on",
    }
)  # fmt: skip


@dataclass(frozen=True)
class DraftOrder:
    """What a letter is to say.

    ``about``: the subject it is about, such as ``intake.servicerequest:<id>``. ``values``:
    placeholder → value, see `rules.placeholders`. Without a ``signatory`` the head of office signs;
    without a ``signing_form`` it follows from how the signatory holds the position. ``number`` and
    ``dated_on`` come from the national letter system; without them the office's own follow with the
    signature. ``readers`` may read it above ordinary secrecy, beside those who work on it.
    """

    kind: DocumentKind
    about: str
    addressee: tuple[str, ...]
    values: Mapping[str, str]
    signatory: Account | None = None
    signing_form: SigningForm | None = None
    on_behalf_of: str = ""
    by_order_of: str = ""
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.ORDINARY
    copies: tuple[str, ...] = ()
    attachments: str = ""
    attached_text: str = ""
    corrects: Document | None = None
    number: str = ""
    dated_on: date | None = None
    readers: tuple[Account, ...] = ()


@transaction.atomic
def draft_document(order: DraftOrder, actor: Subject) -> Document:
    """A draft from the newest template of its kind.

    Raises ``Refused`` with ``values_missing``, ``no_signatory``, ``signing_form_incomplete``,
    ``number_date_missing``, ``letter_incomplete`` or ``letter_too_long``.
    """
    template = newest_version(order.kind)
    without = without_value(f"{template.subject}\n{template.body}", order.values)
    if without:
        raise Refused("values_missing", names=", ".join(f"{{{name}}}" for name in without))
    office = office_or_default()
    position = _position(order.signatory)
    document = Document(
        kind=order.kind,
        about=order.about,
        template=template,
        paper=office.paper,
        place=office.letter_place,
        classification_code=template.classification_code or office.classification_code,
        number=order.number.strip(),
        dated_on=order.dated_on,
        urgency=order.urgency,
        secrecy=order.secrecy,
        attachments=order.attachments,
        attached_text=order.attached_text,
        subject=_cut(filled(template.subject, order.values), 400),
        addressee="\n".join(order.addressee),
        body=filled(template.body, order.values),
        copies="\n".join(order.copies),
        signatory=position.account,
        signing_form=order.signing_form or FORMS_OF_TENURE[Tenure(position.tenure)],
        signatory_name=_name(position),
        signatory_title=position.title,
        on_behalf_of=order.on_behalf_of,
        by_order_of=order.by_order_of,
        corrects=order.corrects,
        created_by=actor if isinstance(actor, Account) else None,
    )
    _check(document)
    document.save()
    let_read(document, order.readers)
    _record_draft(document, actor)
    return document


@transaction.atomic
def change_draft(
    document: Document, changes: Mapping[str, Any], seen_revision: int, actor: Subject
) -> None:
    """Writes a draft anew: any of :data:`CHANGEABLE`. Its initials go, for they vouched for what it
    was.

    ``seen_revision``: of the draft that the writer had before them. Raises ``Refused`` with
    ``document_not_open``, ``changed_meanwhile``, or as :func:`draft_document`.
    """
    now = _open(document)
    if now.revision != seen_revision:
        raise Refused("changed_meanwhile")
    clean = {name: _clean(value) for name, value in changes.items() if name in CHANGEABLE}
    fields = sorted(name for name, value in clean.items() if getattr(now, name) != value)
    if not fields:
        return
    for name in fields:
        setattr(now, name, clean[name])
    _check(now)
    now.revision += 1
    now.state = DocumentState.DRAFT
    now.save(update_fields=[*fields, "revision", "state"])
    now.initials.all().delete()
    if isinstance(actor, Account):
        # Who makes a letter secret goes on reading what they wrote.
        let_read(now, [actor])
    document.refresh_from_db()
    record("document.changed", document, actor, fields=fields)


@transaction.atomic
def initial_document(document: Document, account: Account) -> None:
    """That this account vouches for the draft as it stands; a second time does nothing.

    Raises ``Refused('document_not_open')``.
    """
    now = _open(document)
    _, is_new = Initial.objects.get_or_create(
        document=now, account=account, defaults={"at": clock.now()}
    )
    if is_new:
        Document.objects.filter(pk=now.pk).update(state=DocumentState.INITIALLED)
        record("document.initialled", document, account)
    document.refresh_from_db()


@transaction.atomic
def withdraw_draft(document: Document, actor: Subject) -> None:
    """The draft is given up; no number was used. Raises ``Refused('document_not_open')``."""
    moved = Document.objects.filter(pk=document.pk, state__in=OPEN_STATES).update(
        state=DocumentState.WITHDRAWN, revision=F("revision") + 1
    )
    if not moved:
        raise Refused("document_not_open")
    document.refresh_from_db()
    record("document.withdrawn", document, actor)


@transaction.atomic
def mark_sent(document: Document, actor: Subject) -> None:
    """Notes that a signed letter went out; a second time does nothing.

    Raises ``Refused('document_not_signed')``.
    """
    moved = Document.objects.filter(pk=document.pk, state=DocumentState.SIGNED).update(
        state=DocumentState.SENT, sent_at=clock.now()
    )
    document.refresh_from_db()
    if moved:
        record("document.sent", document, actor)
    elif document.state != DocumentState.SENT:
        raise Refused("document_not_signed")


@transaction.atomic
def correct_document(document: Document, actor: Subject) -> Document:
    """A new draft with the words of a signed letter, which refers to it; the letter stays.

    Raises ``Refused`` with ``document_not_signed``, or ``document_corrected`` when there is one.
    """
    old = Document.objects.select_for_update().get(pk=document.pk)
    if old.state not in ISSUED_STATES:
        raise Refused("document_not_signed")
    if old.corrections.exclude(state=DocumentState.WITHDRAWN).exists():
        raise Refused("document_corrected")
    taken_over = (
        "kind", "about", "template", "paper", "place", "classification_code", "urgency", "secrecy",
        "attachments", "attached_text", "subject", "addressee", "body", "copies", "signatory",
        "signing_form", "signatory_name", "signatory_title", "on_behalf_of", "by_order_of",
    )  # fmt: skip
    draft = Document.objects.create(
        corrects=old,
        created_by=actor if isinstance(actor, Account) else None,
        **{name: getattr(old, name) for name in taken_over},
    )
    let_read(draft, [reader.account for reader in old.readers.select_related("account")])
    _record_draft(draft, actor)
    record("document.corrected", old, actor, by=str(draft.pk))
    return draft


def let_read(document: Document, accounts: "list[Account] | tuple[Account, ...]") -> None:
    """Names accounts that may read the paper above ordinary secrecy; those there already stay."""
    Reader.objects.bulk_create(
        [Reader(document=document, account=account) for account in accounts], ignore_conflicts=True
    )


def _open(document: Document) -> Document:
    """The row as it is now, locked, while it may still be written."""
    now = Document.objects.select_for_update().get(pk=document.pk)
    if now.state not in OPEN_STATES:
        raise Refused("document_not_open")
    return now


def _position(signatory: Account | None) -> Position:
    position = queries.position_of(signatory) if signatory else queries.head_of_office()
    if position is None:
        raise Refused("no_signatory")
    return position


def _name(position: Position) -> str:
    return position.account.person.name if position.account else ""


def _clean(value: Any) -> Any:
    return storable(value).replace("\r", "").strip() if isinstance(value, str) else value


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _check(document: Document) -> None:
    """Cleans a letter's texts, and refuses what can't be one."""
    for field in Document._meta.concrete_fields:
        value = getattr(document, field.attname)
        if field.name in CHANGEABLE and isinstance(value, str):
            setattr(document, field.attname, _clean(value))
            if field.max_length and len(_clean(value)) > field.max_length:
                raise Refused("letter_too_long", field=field.name, limit=field.max_length)
    if not (document.subject and document.addressee and document.body):
        raise Refused("letter_incomplete")
    if missing_of_form(SigningForm(document.signing_form), document.on_behalf_of):
        raise Refused("signing_form_incomplete")
    if bool(document.number) != bool(document.dated_on):
        raise Refused("number_date_missing")


def _record_draft(document: Document, actor: Subject) -> None:
    record(
        "document.drafted",
        document,
        actor,
        document_kind=document.kind,
        about=document.about,
    )
