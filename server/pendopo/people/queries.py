"""Reading accounts and what they may do."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from pendopo.foundation import clock
from pendopo.foundation.ids import secret_hash
from pendopo.people.models import Account, ApiToken
from pendopo.people.rules import Permission, permissions_of


def duties_of(account: Account) -> frozenset[str]:
    """The duties an account holds. One query, kept on the object for the length of a request."""
    if account.kept_duties is None:
        account.kept_duties = frozenset(account.duties.values_list("duty", flat=True))
    return account.kept_duties


def permissions_for(account: Account | AnonymousUser) -> frozenset[Permission]:
    """What an account may do; a stranger may do nothing. One query, as :func:`duties_of`."""
    return permissions_of(duties_of(account)) if isinstance(account, Account) else frozenset()


def valid_api_token(secret: str) -> ApiToken | None:
    """The token with this secret, with its account, unless it has expired. One query."""
    return (
        ApiToken.objects.filter(secret_hash=secret_hash(secret), account__is_active=True)
        .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
        .select_related("account", "account__person")
        .first()
    )
