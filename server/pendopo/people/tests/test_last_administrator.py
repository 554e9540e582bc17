"""Somebody who can sign in always administers the office."""

import pytest

from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.people.actions.accounts import deactivate_account, reset_second_factor, set_duties
from pendopo.people.actions.invitations import invite_account
from pendopo.people.actions.tokens import create_api_token
from pendopo.people.models import Account
from pendopo.people.queries import administrators, valid_api_token
from pendopo.people.rules import Duty


def test_who_was_only_invited_does_not_count(admin: Account) -> None:
    invite_account("baru@uji.test", "Baru", [Duty.ADMINISTRATOR], "", admin)
    assert list(administrators()) == [admin]
    for act in (lambda: deactivate_account(admin, SYSTEM), lambda: set_duties(admin, [], SYSTEM)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "last_administrator"


def test_one_who_can_sign_in_is_enough(admin: Account) -> None:
    other = invite_account("baru@uji.test", "Baru", [Duty.ADMINISTRATOR], "", admin).account
    other.set_password("empat kata yang lain")
    other.save(update_fields=["password"])
    deactivate_account(admin, other)
    assert list(administrators()) == [other]


def test_the_one_who_invites_is_in_the_journal(admin: Account) -> None:
    made = invite_account("baru@uji.test", "Baru", [Duty.OPERATOR], "", admin).account
    entry = Entry.objects.get(kind="account.created", subject=f"people.account:{made.pk}")
    assert entry.actor == f"people.account:{admin.pk}"


def test_a_stolen_phone_takes_no_token_along(operator: Account) -> None:
    secret = create_api_token(operator.email, ["meetings:read"])
    assert valid_api_token(secret) is not None
    reset_second_factor(operator, SYSTEM)
    assert valid_api_token(secret) is None
