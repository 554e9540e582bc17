"""What the journal is told about signing in and about an account's own security."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from pendopo.journal.actions import record
from pendopo.people.models import Account

# A program that guesses must not fill the journal: one entry a kind and account in this time.
FAILURES_NOTED_EVERY = 60  # seconds
LOCK_OUT_NOTED_EVERY = 300


@transaction.atomic
def note(kind: str, account: Account, **facts: Any) -> None:
    """Tells what an account did to itself, after allauth has done it."""
    record(kind, account, account, **facts)


def note_failure(account: Account, method: str) -> None:
    """Tells that somebody failed to sign in to this account, at most once a minute."""
    if cache.add(f"people.sign_in_failed:{account.pk}", 1, FAILURES_NOTED_EVERY):
        with transaction.atomic():
            record("account.sign_in_failed", account, "guest", method=method)


def note_lock_out(account: Account) -> None:
    """Tells that too many failed on this account, at most once for each pause that this makes."""
    if cache.add(f"people.locked_out:{account.pk}", 1, LOCK_OUT_NOTED_EVERY):
        with transaction.atomic():
            record("account.locked_out", account, "guest")
