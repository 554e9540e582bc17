"""Whose messages an account of the office may not see: said by the apps they are about."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from pendopo.notices.models import Notice
from pendopo.people.models import Account

Hides = Callable[[Account], QuerySet[Any, str]]
_HIDES: list[Hides] = []


def hide(subjects: Hides) -> None:
    """Registers a query of the subjects of the journal that an account may know nothing of."""
    _HIDES.append(subjects)


def seen_by(account: Account, rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those of ``rows`` that this account may see."""
    for subjects in _HIDES:
        rows = rows.exclude(about__in=subjects(account))
    return rows
