"""Writing messages down, each in the transaction of what it tells."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pendopo.foundation import clock, queue
from pendopo.foundation.plain_text import storable
from pendopo.gateways.ical.files import CalendarEvent, calendar_file
from pendopo.gateways.mail.sending import mail_is_set, sender_address
from pendopo.gateways.whatsapp.numbers import normalised
from pendopo.gateways.whatsapp.sending import sends_by_itself
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM
from pendopo.notices.codes import sealed
from pendopo.notices.messages import Message, Recipient
from pendopo.notices.models import Attachment, Notice, NoticePolicy
from pendopo.notices.queries import the_policy, ways_of
from pendopo.notices.rules import (
    MAX_SUBJECT,
    MAX_TEXT,
    Channel,
    NoticeState,
    Way,
    channels_to_account,
    quiet_until,
)

__all__ = ["Message", "Recipient", "enqueue", "morning_after", "send_notice", "write_mail"]

DELIVER_TASK = "pendopo.notices.tasks.deliver"


def send_notice(message: Message, recipients: Iterable[Recipient]) -> list[Notice]:
    """Writes one row for each person and channel and enqueues what a machine can deliver.

    All of it in the caller's transaction: nobody is told of what was rolled back. Raises
    ``TransactionManagementError`` outside of one. Answers what is new; what this key has told
    somebody already is not written again. Closed accounts and people whom no channel reaches are
    left out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("send_notice needs a transaction")
    told = list(recipients)
    policy = the_policy()
    ways = ways_of([each.account for each in told if each.account], policy)
    return _write(message, [row for each in told for row in _rows(message, each, policy, ways)])


def write_mail(message: Message, to: Recipient) -> bool:
    """A mail alone to one account, whatever way it has chosen; False when it was written before.

    In the caller's transaction.
    """
    assert to.account is not None
    row = _row(message, to, Channel.MAIL, to.account.email, the_policy())
    return bool(_write(message, [row]))


def _write(message: Message, rows: list[Notice]) -> list[Notice]:
    # Our ids tell apart what we wrote from what a twin wrote under the same key.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    ours = [row.pk for row in rows]
    new = list(Notice.objects.filter(pk__in=ours).order_by("pk"))
    Attachment.objects.bulk_create(
        Attachment(notice=notice, file=file)
        for notice in new
        if notice.channel == Channel.MAIL
        for file in message.attachments
    )
    for notice in new:
        if notice.state == NoticeState.WAITING:
            enqueue(notice)
    if new:
        counts = {each.value: sum(n.channel == each for n in new) for each in Channel}
        record("notice.written", message.about, SYSTEM, notice_kind=message.kind, **counts)
    return new


def enqueue(notice: Notice) -> None:
    """Has the worker deliver a waiting message, not before its time; never two of one at once."""
    queue.enqueue(
        DELIVER_TASK,
        {"notice_id": str(notice.pk)},
        lock=f"notice:{notice.pk}",
        not_before=notice.not_before,
    )


def morning_after(now: datetime, policy: NoticePolicy) -> datetime | None:
    """When the quiet hours end in which ``now`` lies; None outside of them."""
    return quiet_until(timezone.localtime(now), policy.quiet_from, policy.quiet_until)


def _rows(
    message: Message, to: Recipient, policy: NoticePolicy, ways: dict[object, Way]
) -> Iterator[Notice]:
    if to.account:
        if not to.account.is_active:
            return
        way = ways[to.account.pk]
        ways_there = channels_to_account(way, urgent=message.urgent, mails=mail_is_set())
        for channel in [Channel.MAIL] if message.code else ways_there:
            address = to.account.email if channel is Channel.MAIL else ""
            yield _row(message, to, channel, address, policy)
        return
    if to.email and policy.mails_contacts:
        yield _row(message, to, Channel.MAIL, to.email.strip(), policy)
    if to.phone and policy.whatsapps_contacts:
        yield _row(message, to, Channel.WHATSAPP, normalised(to.phone), policy)


def _row(
    message: Message, to: Recipient, channel: Channel, address: str, policy: NoticePolicy
) -> Notice:
    now = clock.now()
    state, error = _first_state(channel, address)
    waits = state is NoticeState.WAITING and not message.urgent
    who = str(to.account.pk) if to.account else _pseudonym(address or to.phone)
    return Notice(
        kind=message.kind,
        about=message.about,
        key=f"{message.key}:{who}:{channel}",
        channel=channel,
        account=to.account,
        person_id=to.account.person_id if to.account else to.person,
        to_name=storable(to.name or (to.account.person.name if to.account else ""))[:160],
        to_address=address,
        language=to.language,
        subject=" ".join(storable(message.subject).split())[:MAX_SUBJECT],
        text=storable(message.text)[:MAX_TEXT],
        sealed_code=sealed(message.code) if message.code and not error else None,
        code_until=message.code_until,
        link=message.link,
        link_label=message.link_label,
        thread=message.thread,
        calendar=_calendar(message.calendar, address) if channel is Channel.MAIL else "",
        is_urgent=message.urgent,
        state=state,
        error=error,
        not_before=morning_after(now, policy) if waits else None,
        created_at=now,
        sent_at=now if state is NoticeState.SENT else None,
    )


def _first_state(channel: Channel, address: str) -> tuple[NoticeState, str]:
    if channel is Channel.IN_APP:
        return NoticeState.SENT, ""
    if channel is Channel.MAIL:
        is_ready = mail_is_set()
        return (NoticeState.WAITING, "") if is_ready else (NoticeState.FAILED, "no_mail_server")
    if not address:
        return NoticeState.FAILED, "number_invalid"
    return (NoticeState.WAITING if sends_by_itself() else NoticeState.BY_HAND), ""


def _calendar(event: CalendarEvent | None, address: str) -> str:
    if event is None:
        return ""
    return calendar_file(event.by(*sender_address()), address).decode()


def _pseudonym(contact: str) -> str:
    """Keeps keys apart without keeping the contact in them."""
    return salted_hmac("pendopo.notices.key", contact.lower(), algorithm="sha256").hexdigest()[:24]
