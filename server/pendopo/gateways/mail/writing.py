"""Makes one mail: text and HTML, its place in a thread, files, and a calendar's entry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

_REFERENCE = "notice-"
_A_REFERENCE = re.compile(r"[0-9a-f]{32}")  # the id of a message


@dataclass(frozen=True)
class File:
    """A file that goes with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail to one person.

    ``reference`` names it for good: the same reference has the same Message-ID and the same address
    for bounces. ``thread`` and ``earlier`` (references, oldest first) put it under the mails before
    it. ``calendar`` is an .ics file with its method.
    """

    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    language: str
    reference: str
    thread: str = ""
    earlier: Sequence[str] = ()
    files: Sequence[File] = ()
    calendar: str = ""


def message_id(reference: str, host: str) -> str:
    """The Message-ID of a mail with this reference."""
    return f"<{_REFERENCE}{reference}@{host}>"


def bounce_address(reference: str, bounces: str) -> str:
    """``pantulan+<reference>@…``: what comes back there says which mail it was (VERP)."""
    name, _, host = bounces.partition("@")
    return f"{name}+{reference}@{host}"


def reference_in(text: str) -> str:
    """The reference in a Message-ID or an address for bounces of ours; empty when there is none."""
    local = text.strip().strip("<>").partition("@")[0]
    found = local.removeprefix(_REFERENCE) if local.startswith(_REFERENCE) else ""
    found = (found or local.partition("+")[2]).lower()
    return found if _A_REFERENCE.fullmatch(found) else ""


def as_mail(letter: Letter, host: str, bounces: str) -> EmailMultiAlternatives:
    """The mail as it goes out. Raises ``ValueError`` for an address that is none."""
    subject = " ".join(letter.subject.split())
    headers = {
        "Message-ID": message_id(letter.reference, host),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
        "Content-Language": letter.language,
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    if letter.thread:
        # No mail has the thread's own id: clients put together what refers to the same one.
        before = [f"<{letter.thread}@{host}>", *(message_id(each, host) for each in letter.earlier)]
        headers |= {"References": " ".join(before), "In-Reply-To": before[-1]}
    envelope = bounce_address(letter.reference, bounces) if bounces else None
    address = "".join(letter.to_address.split())
    name = " ".join(letter.to_name.split())
    mail = EmailMultiAlternatives(
        subject,
        letter.text,
        from_email=envelope,
        to=[formataddr((name, address)) if name else address],
        headers=headers,
    )
    mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        method = _method(letter.calendar)
        mail.attach_alternative(letter.calendar, f"text/calendar; method={method}")
        mail.attach("undangan.ics", letter.calendar, "application/ics")
    for file in letter.files:
        mail.attach(file.name, file.content, file.media_type)
    return mail


def _method(calendar: str) -> str:
    lines = (line.partition(":") for line in calendar.splitlines())
    return next((value for name, _, value in lines if name == "METHOD"), "PUBLISH")
