"""The desk's digest: one mail in the morning instead of one for each message."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.foundation import clock
from pendopo.journal.models import subject_of
from pendopo.notices.actions.sending import write_mail
from pendopo.notices.messages import Message, Recipient
from pendopo.notices.models import Notice
from pendopo.notices.queries import undigested
from pendopo.notices.rules import DIGEST_LINES
from pendopo.people.models import Account


def send_digest(account: Account, day: date) -> bool:
    """Mails an account what came since the last digest and is unread; False when that is nothing.

    Once a day: a second run finds the first one's key.
    """
    with transaction.atomic():
        news = undigested(account)
        if not news:
            return False
        message = _digest(account, day, news)
        written = write_mail(message, Recipient(account))
        if written:
            ids = [notice.pk for notice in news]
            Notice.objects.filter(pk__in=ids).update(digested_at=clock.now())
        return written


def _digest(account: Account, day: date, news: list[Notice]) -> Message:
    with translation.override("id"):
        count = len(news)
        subject = ngettext(
            "%(count)s message waits for you", "%(count)s messages wait for you", count
        ) % {"count": count}
        lines = [f"• {notice.subject}" for notice in news[:DIGEST_LINES]]
        if count > DIGEST_LINES:
            lines.append(_("and %(count)s more") % {"count": count - DIGEST_LINES})
        return Message(
            kind="notices.digest",
            about=subject_of(account),
            key=f"digest:{day:%Y-%m-%d}",
            subject=subject,
            text=_("What came in since the last digest:") + "\n\n" + "\n".join(lines),
            link=reverse("notice-list"),
            link_label=_("Open the messages"),
            thread=f"digest-{account.pk.hex}",
        )
