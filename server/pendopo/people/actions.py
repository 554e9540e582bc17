"""Changes to accounts, duties and tokens."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_secret, secret_hash
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.people.models import Account, ApiToken, DutyAssignment, Person
from pendopo.people.rules import SCOPES, Duty


@transaction.atomic
def create_account(
    email: str, password: str, name: str, duties: Iterable[Duty], organisation: str = ""
) -> Account:
    """An account that holds these duties."""
    account = Account.objects.create_user(email, password, name=name, organisation=organisation)
    held = [DutyAssignment(account=account, duty=duty) for duty in duties]
    DutyAssignment.objects.bulk_create(held)
    record("account.created", account, SYSTEM, duties=[h.duty for h in held])
    return account


@transaction.atomic
def create_api_token(email: str, scopes: Iterable[str], days: int | None = None) -> str:
    """A new bearer token, which is not shown again.

    ``days`` is its life; without it the token lives until it is deleted.
    Raises ``Refused('account_unknown')`` or ``Refused('scope_unknown')``.
    """
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    if account is None:
        raise Refused("account_unknown", email=email)
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise Refused("scope_unknown", scope=scope)
    secret = new_secret()
    token = ApiToken.objects.create(
        account=account,
        secret_hash=secret_hash(secret),
        scopes=wanted,
        expires_at=clock.now() + timedelta(days=days) if days else None,
    )
    record("api_token.created", token, account, scopes=wanted)
    return secret


def rename_person(person: Person, name: str, actor: Subject) -> None:
    """Sets a person's name, in the caller's transaction. The journal notes that, not the name."""
    person.name = name
    person.save(update_fields=["name"])
    record("person.renamed", person, actor)
