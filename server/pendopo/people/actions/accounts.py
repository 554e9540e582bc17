"""Accounts: made, given duties, switched off and on, reset, erased."""

from collections.abc import Iterable
from contextlib import suppress

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.uniqueness import refused_when_taken
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM, Subject
from pendopo.people.models import (
    ERASED_NAME,
    Account,
    DutyAssignment,
    Invitation,
    Person,
    SignInPolicy,
)
from pendopo.people.queries import administrators
from pendopo.people.rules import Duty


@transaction.atomic
def create_account(
    email: str,
    password: str | None,
    name: str,
    duties: Iterable[Duty],
    organisation: str = "",
    actor: Subject = SYSTEM,
) -> Account:
    """An account that holds these duties. Without a password nobody can sign in by one.

    Raises ``Refused('email_taken')``.
    """
    with refused_when_taken("email_taken"):
        account = Account.objects.create_user(email, password, name=name, organisation=organisation)
    held = [DutyAssignment(account=account, duty=duty) for duty in duties]
    DutyAssignment.objects.bulk_create(held)
    record("account.created", account, actor, duties=[h.duty for h in held])
    return account


@transaction.atomic
def set_duties(account: Account, duties: Iterable[Duty], actor: Subject) -> None:
    """Makes these, and no others, the duties of an account; it holds at the next page.

    Raises ``Refused('last_administrator')``.
    """
    wanted = set(duties)
    if Duty.ADMINISTRATOR not in wanted:
        _keep_an_administrator(account)
    held = {Duty(each.duty) for each in account.duties.all() if each.duty in set(Duty)}
    account.duties.exclude(duty__in=wanted).delete()
    added = [DutyAssignment(account=account, duty=duty) for duty in sorted(wanted - held)]
    DutyAssignment.objects.bulk_create(added, ignore_conflicts=True)
    account.kept_duties = None
    if wanted != held:
        facts = {"added": sorted(wanted - held), "removed": sorted(held - wanted)}
        record("account.duties_changed", account, actor, **facts)


@transaction.atomic
def deactivate_account(account: Account, actor: Subject) -> None:
    """Switches an account off: its sessions and tokens are refused from the next request on.

    Doing it twice is told once. Raises ``Refused('last_administrator')``.
    """
    _keep_an_administrator(account)
    if Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        end_sessions(account)
        record("account.deactivated", account, actor)
    account.refresh_from_db(fields=["is_active"])


@transaction.atomic
def reactivate_account(account: Account, actor: Subject) -> None:
    """Switches an account on again; former sessions stay over. Tokens work again.

    Doing it twice is told once. Raises ``Refused('person_erased')``.
    """
    if account.person.erased_at:
        raise Refused("person_erased")
    if Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        record("account.reactivated", account, actor)
    account.refresh_from_db(fields=["is_active"])


@transaction.atomic
def reset_second_factor(account: Account, actor: Subject) -> None:
    """Removes app, passkeys and recovery codes, revokes all API tokens and ends all sessions: the
    phone may be stolen."""
    removed = Authenticator.objects.filter(user_id=account.pk)
    types = sorted(set(removed.values_list("type", flat=True)))
    removed.delete()
    account.api_tokens.filter(revoked_at=None).update(revoked_at=clock.now())
    end_sessions(account)
    record("account.mfa_reset", account, actor, removed=types)


def end_sessions(account: Account) -> None:
    """Makes every session of an account invalid at once, in the caller's transaction."""
    Account.objects.filter(pk=account.pk).update(sessions_ended=F("sessions_ended") + 1)
    account.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def end_other_sessions(account: Account) -> None:
    """Signs an account out everywhere; the caller keeps its own session by renewing its hash."""
    end_sessions(account)
    record("account.sessions_ended", account, account)


def rename_person(person: Person, name: str, actor: Subject) -> None:
    """Sets a person's name, in the caller's transaction. The journal notes that, not the name."""
    person.name = name
    person.save(update_fields=["name"])
    record("person.renamed", person, actor)


@transaction.atomic
def erase_person(person: Person, actor: Subject) -> None:
    """Takes away all that says who a person is; what happened stays, under the id alone.

    Name, organisation, address, password, second factors, links to other identity providers,
    tokens and stored sessions go; the account is switched off for good. Doing it twice is told
    once. Raises ``Refused('last_administrator')``.
    """
    with suppress(Account.DoesNotExist):
        _keep_an_administrator(person.account)
        _erase_account(person.account)
    now = clock.now()
    erased = {"name": ERASED_NAME, "organisation": "", "erased_at": now}
    if Person.objects.filter(pk=person.pk, erased_at=None).update(**erased):
        record("person.erased", person, actor)
    person.refresh_from_db()


def _erase_account(account: Account) -> None:
    for model in (Authenticator, EmailAddress, SocialAccount):
        model.objects.filter(user_id=account.pk).delete()
    Invitation.objects.filter(account=account, used_at=None).delete()
    account.api_tokens.all().delete()
    account.duties.all().delete()
    # Session data may hold the address, so the rows go too. They are not indexed by account.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(account.pk):
            session.delete()
    account.email = f"{account.pk}@erased.invalid"  # RFC 2606: never anyone's
    account.set_unusable_password()
    account.is_active = False
    account.save(update_fields=["email", "password", "is_active"])
    end_sessions(account)


def _keep_an_administrator(account: Account) -> None:
    """Raises ``Refused('last_administrator')`` when nobody else administers the office.

    The policy's row is the lock: two administrators who remove each other come one by one.
    """
    one_administrator_at_a_time()
    others = administrators().exclude(pk=account.pk)
    if administrators().filter(pk=account.pk).exists() and not others.exists():
        raise Refused("last_administrator")


def one_administrator_at_a_time() -> None:
    """Holds the row that whoever makes or removes an administrator locks, in the caller's
    transaction."""
    SignInPolicy.objects.get_or_create(only=True)
    SignInPolicy.objects.select_for_update().get(only=True)
