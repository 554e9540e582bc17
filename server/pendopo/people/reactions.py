"""What people do when the journal says something: mail, if this installation has a mail server."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from pendopo.foundation import clock
from pendopo.gateways.mail.sending import mail_is_set, send_mail
from pendopo.journal.models import Entry
from pendopo.journal.registry import reacts_to
from pendopo.people.actions.invitations import invitation_link
from pendopo.people.actions.passwords import password_reset_link
from pendopo.people.models import Account, Invitation, Person
from pendopo.people.rules import refusal_of_invitation


@reacts_to("invitation.created", outside=True)
def mail_invitation(entry: Entry) -> None:
    """Sends the link, unless it would not work any more."""
    found = Invitation.objects.select_related("account__person", "created_by__person")
    invitation = found.filter(pk=_id(entry)).first()
    if not mail_is_set() or invitation is None:
        return
    if refusal_of_invitation(
        invitation.used_at, invitation.revoked_at, invitation.expires_at, clock.now()
    ):
        return
    inviter = invitation.created_by.person if invitation.created_by else None
    subject, text = _written(
        "invitation",
        person=invitation.account.person,
        inviter=_with_organisation(inviter) if inviter else "",
        link=invitation_link(invitation),
        expires_at=invitation.expires_at,
    )
    send_mail(invitation.account.email, subject, text, f"invitation-{invitation.pk}")


@reacts_to("account.password_reset_asked", outside=True)
def mail_password_reset(entry: Entry) -> None:
    """Sends the link to set a new password; it is made here, so that no job holds it."""
    account = Account.objects.select_related("person").filter(pk=_id(entry), is_active=True).first()
    if not mail_is_set() or account is None:
        return
    subject, text = _written(
        "password_reset",
        person=account.person,
        link=password_reset_link(account),
        hours=settings.PASSWORD_RESET_TIMEOUT // 3600,
    )
    send_mail(account.email, subject, text, f"password-{entry.pk}")


def _id(entry: Entry) -> str:
    return entry.subject.partition(":")[2]


def _written(name: str, **context: Any) -> tuple[str, str]:
    """Subject and text of a mail; always Indonesian, and from this installation's address."""
    service = urlsplit(settings.BASE_URL).hostname or settings.BASE_URL
    with translation.override("id"):
        words = render_to_string(f"people/mail/{name}.txt", {"service": service, **context})
    subject, _, text = words.strip().partition("\n\n")
    return subject, f"{text}\n"


def _with_organisation(person: Person) -> str:
    return f"{person.name}, {person.organisation}" if person.organisation else person.name
