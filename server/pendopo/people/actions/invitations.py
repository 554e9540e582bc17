"""Invitations: an account is made for somebody, who takes it over by a link."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.ids import new_secret
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.people.actions.accounts import create_account, rename_person
from pendopo.people.models import Account, Invitation
from pendopo.people.queries import INVITATION_SALT, the_policy
from pendopo.people.rules import Duty, refusal_of_invitation


@transaction.atomic
def invite_account(
    email: str, name: str, duties: Iterable[Duty], organisation: str, actor: Subject
) -> Invitation:
    """Makes an account that nobody can sign in to yet, and the invitation to take it over.

    Mail goes out by a reaction. Raises ``Refused('email_taken')``.
    """
    account = create_account(email, None, name, duties, organisation, actor)
    return _invite(account, actor)


@transaction.atomic
def renew_invitation(account: Account, actor: Subject) -> Invitation:
    """A new invitation to an account that nobody has taken over; older links stop working.

    Raises ``Refused('invitation_not_needed')`` or ``Refused('account_inactive')``.
    """
    account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if account.has_usable_password() or account.last_login:
        raise Refused("invitation_not_needed")
    if not account.is_active:
        raise Refused("account_inactive")
    revoke_invitation(account, actor)
    return _invite(account, actor)


@transaction.atomic
def revoke_invitation(account: Account, actor: Subject) -> None:
    """Ends the open invitation to an account, if there is one."""
    for invitation in Invitation.objects.filter(account=account, used_at=None, revoked_at=None):
        same = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
        if same.update(revoked_at=clock.now()):
            record("invitation.revoked", invitation, actor)


@transaction.atomic
def accept_invitation(invitation: Invitation, name: str, password: str) -> Account:
    """Takes the account over with a name and a password of one's own; the link is used up.

    Raises the refusal of an invitation that is used, revoked or expired, or
    ``Refused('account_inactive')``.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("account__person")
        .get(pk=invitation.pk)
    )
    refuse_unless_open(invitation)
    account = invitation.account
    account.set_password(password)
    account.save(update_fields=["password"])
    if name != account.person.name:
        rename_person(account.person, name, account)
    use_up(invitation)
    return account


def use_up(invitation: Invitation) -> None:
    """Notes that the account was taken over, in the caller's transaction."""
    if Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now()):
        record("invitation.accepted", invitation, invitation.account)


def refuse_unless_open(invitation: Invitation) -> None:
    """Raises the refusal of an invitation that may not be used any more.

    An account that somebody uses by another way, a reset password or the single sign-on, is not
    taken over a second time.
    """
    if invitation.account.has_usable_password() or invitation.account.last_login:
        raise Refused("invitation_used")
    code = refusal_of_invitation(
        invitation.used_at, invitation.revoked_at, invitation.expires_at, clock.now()
    )
    if code:
        raise Refused(code)
    if not invitation.account.is_active:
        raise Refused("account_inactive")


def invitation_link(invitation: Invitation) -> str:
    """The address to hand over. Whoever has it may take the account over, until it is used."""
    signed = signing.dumps(
        [str(invitation.pk), invitation.nonce], salt=INVITATION_SALT, compress=True
    )
    return settings.BASE_URL + reverse("account-invitation", args=[signed])


def _invite(account: Account, actor: Subject) -> Invitation:
    invitation = Invitation.objects.create(
        account=account,
        nonce=new_secret(),
        created_by=actor if isinstance(actor, Account) else None,
        expires_at=clock.now() + timedelta(days=the_policy().invitation_days),
    )
    record("invitation.created", invitation, actor)
    return invitation
