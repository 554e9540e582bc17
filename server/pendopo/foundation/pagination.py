"""Cursor pages ``{items, next}`` over rows whose primary key is a UUIDv7."""

import base64
import binascii
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from pendopo.foundation.errors import Refused

LIMIT = 50
Row = TypeVar("Row", bound=Model)


def encode(pk: UUID) -> str:
    """The opaque cursor that stands after this row."""
    return base64.urlsafe_b64encode(pk.bytes).decode().rstrip("=")


def decode(cursor: str) -> UUID:
    """The row a cursor stands after. Raises ``Refused('cursor_invalid')``."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except (ValueError, binascii.Error) as error:
        raise Refused("cursor_invalid") from error


def newest_first(rows: QuerySet[Row], cursor: str | None) -> tuple[list[Row], str | None]:
    """At most :data:`LIMIT` rows after the cursor, and the next cursor, ``None`` at the end."""
    if cursor:
        rows = rows.filter(pk__lt=decode(cursor))
    found = list(rows.order_by("-pk")[: LIMIT + 1])
    page = found[:LIMIT]
    return page, encode(page[-1].pk) if len(found) > LIMIT else None
