"""What the search finds of letters."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.documents.queries import papers as queries
from pendopo.documents.rules import DocumentKind, DocumentState
from pendopo.documents.wording import KINDS, STATES
from pendopo.foundation.search import Hit, finds
from pendopo.people.authentication import may, signed_in
from pendopo.people.rules import Permission


@finds(_("Letters"))
def letters_called(request: HttpRequest, question: str) -> Iterator[Hit]:
    """Letters by number, subject or addressee, those that the reader may see."""
    if not may(request, Permission.READ_DOCUMENTS):
        return
    for each in queries.listed(signed_in(request), words=question)[:20]:
        kind, state = KINDS[DocumentKind(each.kind)], STATES[DocumentState(each.state)]
        yield Hit(
            each.subject,
            reverse("document-detail", args=[each.pk]),
            " · ".join(filter(None, [each.number, str(kind), str(state)])),
        )
