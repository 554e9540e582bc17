"""Takes an issued paper back: it stays as it is, and its page says so first."""

from django.db import transaction

from pendopo.documents.models import Document
from pendopo.documents.rules import ISSUED_STATES
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.journal.actions import record
from pendopo.people.models import Account
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

LONGEST_REASON = 200


@transaction.atomic
def revoke_document(document: Document, reason: str, actor: Account) -> None:
    """Revokes a signed paper for everybody who checks it; the reason is public.

    Doing it twice is told once. Raises ``Refused`` with ``not_allowed``, ``reason_missing`` or
    ``document_not_issued``.
    """
    if Permission.SIGN_DOCUMENTS not in permissions_for(actor):
        raise Refused("not_allowed")
    reason = " ".join(storable(reason).split())[:LONGEST_REASON]
    if not reason:
        raise Refused("reason_missing")
    issued = Document.objects.filter(pk=document.pk, state__in=ISSUED_STATES)
    if issued.filter(revoked_at=None).update(revoked_at=clock.now(), revocation_reason=reason):
        # The reason stays out of the journal: it is free text.
        record("document.revoked", document, actor)
    elif not issued.exists():
        raise Refused("document_not_issued")
    document.refresh_from_db()
