"""Accounts: duties, the last administrator, what is left of an erased person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import translation

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.people import queries
from pendopo.people.actions import accounts, invitations, sign_in, sign_in_policy, tokens
from pendopo.people.models import Account, ApiToken, Person, SignInPolicy
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[dict[str, Any]]:
    """The facts of what the journal was told, in order."""
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True))


def test_an_address_is_given_once(admin: Account) -> None:
    with pytest.raises(Refused, match="email_taken"):
        accounts.create_account(" ADMIN@uji.test ", None, "Orang lain", [])
    assert Person.objects.count() == 1


def test_duties_are_what_was_set(admin: Account, operator: Account) -> None:
    accounts.set_duties(operator, [Duty.HOST, Duty.AUDITOR], admin)
    accounts.set_duties(operator, [Duty.AUDITOR, Duty.HOST], admin)
    assert queries.duties_of(operator) == {"host", "auditor"}
    changed = {"added": ["auditor", "host"], "removed": ["operator"]}
    assert told("account.duties_changed") == [changed]


@pytest.mark.parametrize("act", ["duties", "deactivate", "erase"])
def test_the_last_administrator_stays(admin: Account, operator: Account, act: str) -> None:
    def take(account: Account) -> None:
        if act == "duties":
            accounts.set_duties(account, [Duty.HOST], SYSTEM)
        elif act == "deactivate":
            accounts.deactivate_account(account, SYSTEM)
        else:
            accounts.erase_person(account.person, SYSTEM)

    with pytest.raises(Refused, match="last_administrator"):
        take(admin)
    admin.refresh_from_db()
    assert admin.is_active
    assert queries.duties_of(admin) == {"administrator"}
    accounts.set_duties(operator, [Duty.ADMINISTRATOR], SYSTEM)
    take(admin)
    with pytest.raises(Refused, match="last_administrator"):
        take(operator)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_can_not_remove_each_other_at_once(admin: Account) -> None:
    other = accounts.create_account("lain@uji.test", "x", "Lain", [Duty.ADMINISTRATOR])

    def take(account: Account) -> str:
        try:
            accounts.deactivate_account(account, SYSTEM)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(take, [admin, other]))
    assert answers == ["done", "last_administrator"]
    assert Account.objects.filter(is_active=True).count() == 1


def test_switching_off_and_on_is_told_once_and_ends_sessions(
    admin: Account, operator: Account
) -> None:
    before = operator.get_session_auth_hash()
    accounts.deactivate_account(operator, admin)
    accounts.deactivate_account(operator, admin)
    assert not Account.objects.get(pk=operator.pk).is_active
    accounts.reactivate_account(operator, admin)
    accounts.reactivate_account(operator, admin)
    assert operator.is_active
    assert operator.get_session_auth_hash() != before
    assert len(told("account.deactivated")) == len(told("account.reactivated")) == 1


def test_an_erased_person_leaves_nothing_but_an_id(admin: Account, operator: Account) -> None:
    secret = tokens.issue_api_token(operator, "situs", ["meetings:read"])
    TOTP.activate(operator, "A" * 32)
    EmailAddress.objects.create(user=operator, email=operator.email)
    SocialAccount.objects.create(user=operator, provider="sso", uid="1", extra_data={"name": "R"})
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(operator.pk), "x"
    session.create()
    accounts.erase_person(operator.person, admin)
    accounts.erase_person(operator.person, admin)
    person = Person.objects.get(pk=operator.person.pk)
    assert (person.name, person.organisation) == ("(dihapus)", "")
    with translation.override("en"):
        assert person.shown_name == "(erased)"
    account = Account.objects.get(pk=operator.pk)
    assert account.email == f"{operator.pk}@erased.invalid"
    assert not account.is_active
    assert not account.has_usable_password()
    for model in (Authenticator, EmailAddress, SocialAccount, ApiToken, Session):
        assert not model.objects.exists(), model
    assert queries.valid_api_token(secret) is None
    assert len(told("person.erased")) == 1
    with pytest.raises(Refused, match="person_erased"):
        accounts.reactivate_account(account, admin)


def test_a_guest_without_an_account_is_erased_too(admin: Account) -> None:
    guest = Person.objects.create(name="Siti Aminah", organisation="Desa Sukamaju")
    accounts.erase_person(guest, admin)
    assert guest.name == "(dihapus)"


def test_the_journal_never_names_anybody(admin: Account, operator: Account) -> None:
    invitation = invitations.invite_account("made@uji.test", "Made", [Duty.HOST], "Desa", admin)
    invitations.accept_invitation(invitation, "Made Wirawan", "kata sandi saya sendiri")
    sign_in.note_failure(invitation.account, "password")
    accounts.erase_person(invitation.account.person, admin)
    for entry in Entry.objects.all():
        words = f"{entry.subject} {entry.actor} {entry.facts}".lower()
        for name in ("made", "wirawan", "uji.test", "desa", "sri", "rizky"):
            assert name not in words, entry


def test_failures_are_told_once_a_minute(operator: Account) -> None:
    for _ in range(5):
        sign_in.note_failure(operator, "password")
        sign_in.note_lock_out(operator)
    assert told("account.sign_in_failed") == [{"method": "password"}]
    assert told("account.locked_out") == [{}]


def test_the_policy_is_told_with_what_changed(admin: Account) -> None:
    sign_in_policy.change_sign_in_policy({"staff_need_mfa": False}, admin)
    sign_in_policy.change_sign_in_policy({"staff_need_mfa": True, "invitation_days": 7}, admin)
    assert told("sign_in_policy.changed") == [{"staff_need_mfa": True}]
    assert SignInPolicy.objects.count() == 1
    assert queries.the_policy().staff_need_mfa


def test_who_must_set_up_a_second_factor(
    admin: Account, operator: Account, django_assert_num_queries
) -> None:
    host = accounts.create_account("host@uji.test", None, "Penyelenggara", [Duty.HOST])
    with django_assert_num_queries(1):
        assert not queries.must_set_second_factor(operator)
    sign_in_policy.change_sign_in_policy({"staff_need_mfa": True}, admin)
    with django_assert_num_queries(3):
        assert queries.must_set_second_factor(operator)
    assert not queries.must_set_second_factor(host)
    TOTP.activate(operator, "A" * 32)
    assert not queries.must_set_second_factor(operator)


def test_recovery_codes_alone_are_no_second_factor(admin: Account, operator: Account) -> None:
    sign_in_policy.change_sign_in_policy({"staff_need_mfa": True}, admin)
    Authenticator.objects.create(user=operator, type="recovery_codes", data={"seed": "x"})
    assert queries.must_set_second_factor(operator)


def test_the_security_of_an_account_costs_two_queries(
    operator: Account, django_assert_num_queries
) -> None:
    for number in range(3):
        data = {"name": f"Ponsel {number}", "credential": {}}
        Authenticator.objects.create(user=operator, type="webauthn", data=data)
    with django_assert_num_queries(2):
        found = queries.security_of(operator)
    assert [key.wrap().name for key in found.passkeys] == ["Ponsel 0", "Ponsel 1", "Ponsel 2"]
    assert found.has_second_factor
    assert found.codes_left is None


def test_a_token_notes_its_use_once_a_minute(
    operator: Account, monkeypatch, django_assert_num_queries
) -> None:
    secret = tokens.issue_api_token(operator, "situs", ["meetings:read"], days=1)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    with django_assert_num_queries(2):
        token = queries.valid_api_token(secret)
        assert token
        tokens.note_use(token)
    with django_assert_num_queries(1):
        again = queries.valid_api_token(secret)
        assert again
        tokens.note_use(again)
    assert again.last_used_at == now
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))
    tokens.note_use(again)
    assert ApiToken.objects.get().last_used_at == now + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    assert queries.valid_api_token(secret) is None
    assert not queries.own_tokens(operator).exists()


def test_a_revoked_token_is_refused_and_told_once(admin: Account, operator: Account) -> None:
    secret = tokens.issue_api_token(operator, "situs", ["meetings:read"])
    token = ApiToken.objects.get()
    with pytest.raises(Refused, match="token_unknown"):
        tokens.revoke_api_token(admin, token.pk)
    tokens.revoke_api_token(operator, token.pk)
    tokens.revoke_api_token(operator, token.pk)
    assert queries.valid_api_token(secret) is None
    assert len(told("api_token.revoked")) == 1
    with pytest.raises(Refused, match="scope_unknown"):
        tokens.issue_api_token(operator, "x", ["meetings:everything"])
