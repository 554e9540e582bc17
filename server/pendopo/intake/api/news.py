"""``/api/v1/news``: the journal as a feed, for the regency's letter system."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from pendopo.foundation.errors import Refused
from pendopo.intake.queries.secrecy import hidden_among
from pendopo.journal.queries import Cursor, entries_after
from pendopo.people.authentication import Scope, token_of
from pendopo.people.queries import permissions_for
from pendopo.people.rules import Permission

router = Router(tags=["news"])
# Accounts, keys and the office's own affairs are nobody else's news.
AREAS = frozenset({"request", "assignment", "document", "event", "session", "meeting"})
_CURSOR = re.compile(r"(\d{1,18})-(\d{1,18})")


class NewsItem(Schema):
    """``subject`` and ``actor`` are pseudonyms, ``app.model:id``."""

    id: int
    at: datetime
    kind: str
    subject: str
    actor: str
    facts: dict[str, Any]


class NewsPage(Schema):
    """Send ``next`` as ``after``; it stays the same while there is nothing new."""

    items: list[NewsItem]
    next: str


@router.get("/news", auth=Scope("requests:read"), response=NewsPage, summary="What happened since")
def news(request: HttpRequest, after: str = "0-0") -> dict[str, Any]:
    """Entries in the order of their transactions; none is skipped, also one that commits late.

    A page may be empty although more follows: go on with ``next`` until it stays the same. What
    tells of a letter that the account may not see is left out.
    """
    account = token_of(request).account
    if Permission.READ_REQUESTS not in permissions_for(account):
        raise Refused("not_allowed")
    found = _CURSOR.fullmatch(after)
    if found is None:
        raise Refused("cursor_invalid")
    entries, cursor = entries_after(Cursor(int(found[1]), int(found[2])))
    items = [entry for entry in entries if entry.kind.partition(".")[0] in AREAS]
    hidden = hidden_among(account, items)
    items = [entry for entry in items if entry.pk not in hidden]
    return {"items": items, "next": f"{cursor.transaction_id}-{cursor.entry_id}"}
