"""API tokens: made, used, revoked."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_secret, secret_hash
from pendopo.journal.actions import record
from pendopo.people.models import Account, ApiToken
from pendopo.people.rules import SCOPES

USE_NOTED_EVERY = timedelta(minutes=1)


def create_api_token(
    email: str, scopes: Iterable[str], days: int | None = None, name: str = ""
) -> str:
    """A new bearer token for the account with this address, for the command line.

    Raises ``Refused('account_unknown')`` or ``Refused('scope_unknown')``.
    """
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    if account is None:
        raise Refused("account_unknown", email=email)
    return issue_api_token(account, name, scopes, days)


@transaction.atomic
def issue_api_token(
    account: Account, name: str, scopes: Iterable[str], days: int | None = None
) -> str:
    """A new bearer token of this account, which is not shown again.

    ``days`` is its life; without it the token lives until it is revoked.
    Raises ``Refused('scope_unknown')``.
    """
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise Refused("scope_unknown", scope=scope)
    secret = new_secret()
    token = ApiToken.objects.create(
        account=account,
        name=name,
        secret_hash=secret_hash(secret),
        scopes=wanted,
        expires_at=clock.now() + timedelta(days=days) if days else None,
    )
    record("api_token.created", token, account, scopes=wanted)
    return secret


@transaction.atomic
def revoke_api_token(account: Account, token_id: UUID) -> None:
    """Ends a token of this account at once. Doing it twice is told once.

    Raises ``Refused('token_unknown')``.
    """
    token = ApiToken.objects.filter(account=account, pk=token_id).first()
    if token is None:
        raise Refused("token_unknown")
    if ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=clock.now()):
        record("api_token.revoked", token, account)


def note_use(token: ApiToken) -> None:
    """Keeps when a token was last used, to the minute: a busy program costs one write a minute."""
    now = clock.now()
    if token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
