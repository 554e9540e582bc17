"""Reading accounts and what they may do."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from pendopo.foundation import clock
from pendopo.foundation.ids import secret_hash
from pendopo.people.models import Account, ApiToken
from pendopo.people.rules import Permission, permissions_of


def permissions_for(account: Account | AnonymousUser) -> frozenset[Permission]:
    """What an account may do; a stranger may do nothing. One query, kept on the object."""
    if not isinstance(account, Account):
        return frozenset()
    if account.kept_permissions is None:
        held = account.duties.values_list("duty", flat=True)
        account.kept_permissions = permissions_of(held)
    return account.kept_permissions


def valid_api_token(secret: str) -> ApiToken | None:
    """The token with this secret, with its account, unless it has expired. One query."""
    return (
        ApiToken.objects.filter(secret_hash=secret_hash(secret), account__is_active=True)
        .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .select_related("account", "account__person")
        .first()
    )
