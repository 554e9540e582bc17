"""Invitations: one open, used once; mail about them, and about forgotten passwords."""

import re

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage

from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.people import queries
from pendopo.people.actions import accounts, invitations, passwords
from pendopo.people.models import Account, Invitation
from pendopo.people.reactions import mail_invitation, mail_password_reset
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(admin: Account) -> Invitation:
    """Made is invited."""
    return invitations.invite_account("made@uji.test", "Made", [Duty.HOST], "Desa", admin)


@pytest.fixture
def mail_host(settings: LazySettings) -> None:
    """Mail goes out (Django's test runner keeps it)."""
    settings.EMAIL_HOST = "127.0.0.1"


def found_by(link: str) -> Invitation | None:
    """What the page behind this link finds."""
    return queries.invitation_of(link.rstrip("/").rsplit("/", 1)[-1])


def test_a_link_names_its_invitation_without_holding_a_secret_of_ours(
    invitation: Invitation, django_assert_num_queries
) -> None:
    link = invitations.invitation_link(invitation)
    with django_assert_num_queries(1):
        assert found_by(link) == invitation
    with django_assert_num_queries(0):
        assert found_by(link[:-3]) is None
    Invitation.objects.filter(pk=invitation.pk).update(nonce="another")
    assert found_by(link) is None


def test_nobody_signs_in_before_the_invitation_is_accepted(invitation: Invitation) -> None:
    assert not invitation.account.has_usable_password()
    invitations.accept_invitation(invitation, "Made Wirawan", "kata sandi saya sendiri")
    account = Account.objects.get(pk=invitation.account.pk)
    assert account.check_password("kata sandi saya sendiri")
    assert account.person.name == "Made Wirawan"
    with pytest.raises(Refused, match="invitation_used"):
        invitations.accept_invitation(invitation, "Lain", "kata sandi orang lain")
    with pytest.raises(Refused, match="invitation_not_needed"):
        invitations.renew_invitation(account, SYSTEM)


def test_an_account_in_use_is_not_taken_over_by_an_old_link(invitation: Invitation) -> None:
    account = invitation.account
    account.set_password("dipasang lewat surel")
    account.save(update_fields=["password"])
    with pytest.raises(Refused, match="invitation_used"):
        invitations.accept_invitation(invitation, "Penipu", "kata sandi penipu")


def test_there_is_one_open_invitation(invitation: Invitation) -> None:
    newer = invitations.renew_invitation(invitation.account, SYSTEM)
    assert Invitation.objects.get(used_at=None, revoked_at=None) == newer
    with pytest.raises(Refused, match="invitation_revoked"):
        invitations.accept_invitation(invitation, "Made", "kata sandi saya sendiri")
    invitations.revoke_invitation(newer.account, SYSTEM)
    invitations.revoke_invitation(newer.account, SYSTEM)
    assert Entry.objects.filter(kind="invitation.revoked").count() == 2


def test_an_account_that_is_switched_off_is_not_taken_over(invitation: Invitation) -> None:
    accounts.deactivate_account(invitation.account, SYSTEM)
    with pytest.raises(Refused, match="account_inactive"):
        invitations.accept_invitation(invitation, "Made", "kata sandi saya sendiri")
    with pytest.raises(Refused, match="account_inactive"):
        invitations.renew_invitation(invitation.account, SYSTEM)


def entry(kind: str) -> Entry:
    """The newest of this kind."""
    found = Entry.objects.filter(kind=kind).last()
    assert found
    return found


def test_the_mail_may_go_out_twice_and_is_known_as_the_same(
    mail_host: None, invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(2):
        mail_invitation(entry("invitation.created"))
    ids = {mail.extra_headers["Message-ID"] for mail in mailoutbox}
    assert len(mailoutbox) == 2
    assert ids == {f"<invitation-{invitation.pk}@localhost>"}
    assert invitations.invitation_link(invitation) in mailoutbox[0].body
    assert "&" not in mailoutbox[0].body


def test_a_mail_that_would_not_help_is_not_sent(
    mail_host: None, invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    invitations.revoke_invitation(invitation.account, SYSTEM)
    mail_invitation(entry("invitation.created"))
    Invitation.objects.all().delete()
    mail_invitation(entry("invitation.created"))
    assert mailoutbox == []


def test_without_a_mail_server_nothing_is_tried(
    invitation: Invitation, settings: LazySettings, mailoutbox: list[EmailMessage]
) -> None:
    settings.EMAIL_HOST = ""
    mail_invitation(entry("invitation.created"))
    assert mailoutbox == []


def test_no_secret_of_a_link_is_in_the_journal(invitation: Invitation) -> None:
    passwords.ask_password_reset(invitation.account)
    link = passwords.offer_password_reset(invitation.account, SYSTEM)
    key = link.rstrip("/").rsplit("-", 1)[-1]
    for each in Entry.objects.all():
        assert invitation.nonce not in str(each.facts)
        assert key not in str(each.facts)


def test_the_link_for_a_new_password_is_made_by_the_worker(
    mail_host: None, invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    passwords.ask_password_reset(invitation.account)
    asked = entry("account.password_reset_asked")
    mail_password_reset(asked)
    assert re.search(
        r"^http://localhost:\d+/akun/lupa/\S+/$", str(mailoutbox[0].body), re.MULTILINE
    )
    assert mailoutbox[0].extra_headers["Message-ID"] == f"<password-{asked.pk}@localhost>"
    accounts.deactivate_account(invitation.account, SYSTEM)
    mail_password_reset(asked)
    assert len(mailoutbox) == 1
    with pytest.raises(Refused, match="account_inactive"):
        passwords.offer_password_reset(invitation.account, SYSTEM)
