"""Hands plain-text mail to the office's mail server."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


def mail_is_set() -> bool:
    """Whether this installation has a mail server."""
    return bool(settings.EMAIL_HOST)


def send_mail(to: str, subject: str, text: str, about: str) -> None:
    """One mail to one person, handed over before this returns.

    ``about`` says which fact the mail is about, such as ``invitation-0193…``: the same fact has the
    same Message-ID, so that a second try is recognised as the same mail. Raises ``OSError``, of
    which ``smtplib.SMTPException`` is one, when the server doesn't take it.
    """
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    message = EmailMessage(
        " ".join(subject.split()),
        text,
        to=[to],
        headers={
            "Message-ID": f"<{about}@{host}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
            "Content-Language": "id",
        },
    )
    message.send()
