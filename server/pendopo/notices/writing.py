"""A message as a mail and as a WhatsApp text, in its reader's language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from pendopo.gateways.mail.writing import File, Letter
from pendopo.gateways.whatsapp.link import chat_link
from pendopo.gateways.whatsapp.numbers import readable
from pendopo.gateways.whatsapp.sending import longest_text
from pendopo.notices.codes import words_of
from pendopo.notices.models import Notice, NoticePolicy
from pendopo.notices.queries import earlier_in_thread
from pendopo.notices.rules import whatsapp_text
from pendopo.office.models import Office


class AttachmentGone(Exception):
    """A file that should go with the mail has been erased."""


def full_link(notice: Notice) -> str:
    """The link with the installation's address before it, for readers outside of our pages."""
    return f"{settings.BASE_URL}{notice.link}" if notice.link.startswith("/") else notice.link


def letter_of(notice: Notice, office: Office, policy: NoticePolicy) -> Letter:
    """The mail. Two queries, and a file read for each attachment.

    Raises :class:`AttachmentGone`, :class:`~pendopo.notices.codes.CodeGone`, and ``OSError`` when a
    file can't be read.
    """
    subject, words = words_of(notice)
    context = {
        "notice": notice,
        "subject": subject,
        "words": words,
        "paragraphs": [part.strip() for part in words.split("\n\n") if part.strip()],
        "link": full_link(notice),
        "office": office,
        "whatsapp": chat_link(policy.office_whatsapp) if policy.office_whatsapp else "",
        "whatsapp_number": readable(policy.office_whatsapp) if policy.office_whatsapp else "",
    }
    with translation.override(notice.language):
        text = render_to_string("notices/mail.txt", context)
        html = render_to_string("notices/mail.html", context)
    return Letter(
        to_name=notice.to_name,
        to_address=notice.to_address,
        subject=subject,
        text=f"{text.strip()}\n",
        html=html,
        language=notice.language,
        reference=notice.pk.hex,
        thread=_thread_id(notice.thread),
        earlier=[pk.hex for pk in earlier_in_thread(notice)],
        files=_files(notice),
        calendar=notice.calendar,
    )


def whatsapp_of(notice: Notice, office: Office) -> str:
    """The text, with the link and the office's name. Raises as ``words_of``."""
    subject, words = words_of(notice)
    with translation.override(notice.language):
        return whatsapp_text(
            subject,
            words,
            full_link(notice),
            notice.link_label,
            office.name,
            longest_text(),
        )


def _thread_id(thread: str) -> str:
    """Only letters that may stand in a Message-ID (RFC 5322, atext)."""
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in thread)
    return f"thread-{kept}" if kept else ""


def _files(notice: Notice) -> list[File]:
    files = []
    for attachment in notice.attachments.select_related("file"):
        kept = attachment.file
        if kept.erased_at is not None:
            raise AttachmentGone
        with kept.content.open("rb") as stream:
            files.append(File(kept.name, kept.media_type, stream.read()))
    return files
