"""Hands mail to the office's mail server."""

import smtplib
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from pendopo.gateways.mail.writing import Letter, as_mail


class MailRefused(Exception):
    """The mail server will never take this mail; ``code`` is its reply code, or our word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def mail_is_set() -> bool:
    """Whether this installation has a mail server."""
    return bool(settings.EMAIL_HOST)


def sender_address() -> tuple[str, str]:
    """Name and address of the sender of our mail."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)


def mail_host() -> str:
    """What stands behind the @ of our Message-IDs."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def send_mail(to: str, subject: str, text: str, about: str) -> None:
    """One mail to one person, handed over before this returns.

    ``about`` says which fact the mail is about, such as ``invitation-0193…``: the same fact has the
    same Message-ID, so that a second try is recognised as the same mail. Raises ``OSError``, of
    which ``smtplib.SMTPException`` is one, when the server doesn't take it.
    """
    message = EmailMessage(
        " ".join(subject.split()),
        text,
        to=[to],
        headers={
            "Message-ID": f"<{about}@{mail_host()}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
            "Content-Language": "id",
        },
    )
    message.send()


def send_letter(letter: Letter) -> None:
    """One mail with all that a letter may have, handed over before this returns.

    Raises :class:`MailRefused` when the server says that this reader or this content is never
    taken (a reply of 500 or more, RFC 5321, 4.2.1) or the address is none; ``OSError`` for what
    another try may mend. A refused sender or sign-in is our own fault, and may be mended.
    """
    try:
        as_mail(letter, mail_host(), settings.MAIL_BOUNCES).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _refuse_if_final(max(codes, default=0))
        raise
    except smtplib.SMTPDataError as error:
        _refuse_if_final(error.smtp_code)
        raise
    except ValueError as error:  # Django finds that it is no address
        raise MailRefused("address_invalid") from error


def _refuse_if_final(code: int) -> None:
    if code >= 500:
        raise MailRefused(f"smtp_{code}")
