"""Reading the journal."""

from dataclasses import dataclass

from django.db import connection

from pendopo.journal.models import Entry


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in the feed: everything up to and including this entry was handed out."""

    transaction_id: int = 0
    entry_id: int = 0


def entries_after(cursor: Cursor, limit: int = 100) -> tuple[list[Entry], Cursor]:
    """Entries in the order of their transactions, and the cursor behind the last of them.

    Hands out only what no running transaction can still precede: an entry that commits late has a
    transaction id at or above the oldest running one, and is therefore never skipped.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = sql.fetchone()
    entries = list(
        Entry.objects.filter(transaction_id__lt=oldest_running)
        .extra(
            where=["(transaction_id, id) > (%s, %s)"],
            params=[cursor.transaction_id, cursor.entry_id],
        )
        .order_by("transaction_id", "id")[:limit]
    )
    if not entries:
        return [], cursor
    return entries, Cursor(entries[-1].transaction_id, entries[-1].pk)
