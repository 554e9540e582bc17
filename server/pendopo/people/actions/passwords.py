"""Forgotten passwords: a link by mail, or handed over by the administrator."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pendopo.foundation.errors import Refused
from pendopo.journal.actions import record
from pendopo.journal.models import Subject
from pendopo.people.models import Account


@transaction.atomic
def ask_password_reset(account: Account) -> None:
    """Notes that somebody asked for a new password by mail; a reaction sends the link.

    So the page answers as fast for an address that we know as for one that we don't.
    """
    record("account.password_reset_asked", account, "guest")


@transaction.atomic
def offer_password_reset(account: Account, actor: Subject) -> str:
    """A link by which this account sets a new password, for the office to hand over.

    Raises ``Refused('account_inactive')``.
    """
    if not account.is_active:
        raise Refused("account_inactive")
    record("account.password_reset_offered", account, actor)
    return password_reset_link(account)


def password_reset_link(account: Account) -> str:
    """The address that sets a new password; valid for ``PASSWORD_RESET_TIMEOUT`` and only once."""
    key = default_token_generator.make_token(account)
    names = {"uidb36": user_pk_to_url_str(account), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=names)
    return f"{settings.BASE_URL}{path}"
