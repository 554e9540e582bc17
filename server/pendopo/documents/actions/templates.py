"""The words of letters: every change is a version of its own, and none is lost."""

from django.db import transaction

from pendopo.documents.models import Template
from pendopo.documents.rules import DocumentKind
from pendopo.documents.rules.placeholders import missing_in, unknown_in
from pendopo.documents.rules.templates import (
    DEFAULT_WORDS,
    LONGEST_BODY,
    LONGEST_CODE,
    LONGEST_SUBJECT,
    Words,
)
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.people.models import Account


def newest_version(kind: DocumentKind) -> Template:
    """The template that letters are drafted from; where the office has none, ours as version 1."""
    found = Template.objects.filter(kind=kind).order_by("-version").first()
    if found:
        return found
    words = DEFAULT_WORDS[kind]
    first, _ = Template.objects.get_or_create(
        kind=kind, version=1, defaults={"subject": words.subject, "body": words.body}
    )
    return first


@transaction.atomic
def save_template(kind: DocumentKind, words: Words, seen_version: int, actor: Subject) -> Template:
    """A new version with these words; the same words as before make none.

    ``seen_version``: the one that the writer had before them. Raises ``Refused`` with
    ``changed_meanwhile``, or as :func:`checked`.
    """
    return _add(kind, checked(kind, words), seen_version, actor, restored=None)


@transaction.atomic
def restore_template(
    kind: DocumentKind, version: int, seen_version: int, actor: Subject
) -> Template:
    """A new version with the words of an old one. Raises ``Refused`` with ``not_found`` or
    ``changed_meanwhile``."""
    old = Template.objects.filter(kind=kind, version=version).first()
    if old is None:
        raise Refused("not_found")
    words = Words(old.subject, old.body, old.classification_code)
    return _add(kind, words, seen_version, actor, restored=version)


def checked(kind: DocumentKind, words: Words) -> Words:
    """The words without control characters.

    Raises ``Refused`` with ``placeholders_unknown`` or ``placeholders_missing`` and their
    ``names``, ``letter_incomplete``, or ``letter_too_long``.
    """
    clean = Words(
        " ".join(storable(words.subject).split()),
        storable(words.body.replace("\r\n", "\n")).strip(),
        storable(words.classification_code).strip(),
    )
    text = f"{clean.subject}\n{clean.body}"
    if not clean.subject or not clean.body:
        raise Refused("letter_incomplete")
    for name, value, limit in (
        ("subject", clean.subject, LONGEST_SUBJECT),
        ("body", clean.body, LONGEST_BODY),
        ("classification_code", clean.classification_code, LONGEST_CODE),
    ):
        if len(value) > limit:
            raise Refused("letter_too_long", field=name, limit=limit)
    if unknown := unknown_in(text):
        raise Refused("placeholders_unknown", names=_listed(unknown))
    if missing := missing_in(kind, text):
        raise Refused("placeholders_missing", names=_listed(missing))
    return clean


def _listed(names: list[str]) -> str:
    return ", ".join(name if name in "{}" else f"{{{name}}}" for name in names)


def _add(
    kind: DocumentKind, words: Words, seen_version: int, actor: Subject, restored: int | None
) -> Template:
    now = newest_version(kind)
    if now.version != seen_version:
        raise Refused("changed_meanwhile")
    if words == Words(now.subject, now.body, now.classification_code):
        return now
    with refused_when_taken("changed_meanwhile"):
        added = Template.objects.create(
            kind=kind,
            version=now.version + 1,
            subject=words.subject,
            body=words.body,
            classification_code=words.classification_code,
            made_by=actor if isinstance(actor, Account) else None,
        )
    facts = {} if restored is None else {"restored": restored}
    record(
        "template.changed",
        added,
        actor,
        document_kind=kind,
        version=added.version,
        **facts,
    )
    return added
