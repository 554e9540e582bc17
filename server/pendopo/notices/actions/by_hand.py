"""What people do with messages: send them by WhatsApp, try again, read them, choose a way."""

from uuid import UUID

from django.db import transaction

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.mail.sending import mail_is_set
from pendopo.gateways.whatsapp.sending import sends_by_itself
from pendopo.journal.actions import record
from pendopo.notices.actions.sending import enqueue
from pendopo.notices.models import ChosenWay, Notice
from pendopo.notices.queries import to_send
from pendopo.notices.rules import RETRYABLE, Channel, NoticeState, Way
from pendopo.people.models import Account


@transaction.atomic
def mark_sent(notice_id: UUID, actor: Account) -> None:
    """Notes that a person has sent a message by WhatsApp. Twice is told once.

    Raises ``Refused('not_found')``, or ``Refused('notice_not_by_hand')`` for one that was skipped
    or never waited for a person.
    """
    _finish(notice_id, NoticeState.SENT, actor)


@transaction.atomic
def skip(notice_id: UUID, actor: Account) -> None:
    """Takes a message off the list without sending it. Twice is told once.

    Raises as :func:`mark_sent`.
    """
    _finish(notice_id, NoticeState.SKIPPED, actor)


def _finish(notice_id: UUID, state: NoticeState, actor: Account) -> None:
    now, notice = clock.now(), to_send(actor, notice_id)
    waiting = Notice.objects.filter(pk=notice_id, state=NoticeState.BY_HAND)
    is_sent = state is NoticeState.SENT
    if waiting.update(state=state, sent_at=now if is_sent else None, sealed_code=None):
        record("notice.sent_by_hand" if is_sent else "notice.skipped", notice, actor)
        return
    notice.refresh_from_db(fields=["state"])
    if notice.channel != Channel.WHATSAPP or notice.state != state:
        raise Refused("notice_not_by_hand")


@transaction.atomic
def retry_notice(notice_id: UUID, actor: Account) -> None:
    """Puts a message that failed or came back on its way again, with all its tries.

    Raises ``Refused('not_found')``, ``Refused('notice_not_failed')``, ``Refused('notice_erased')``
    when nobody knows any more to whom it went, ``Refused('notice_code_gone')`` for a one-time code,
    and ``Refused('no_mail_server')``.
    """
    to_send(actor, notice_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.state not in RETRYABLE:
        raise Refused("notice_not_failed")
    if not notice.to_address:
        raise Refused("notice_erased")
    if notice.code_until:
        raise Refused("notice_code_gone")
    if notice.channel == Channel.MAIL and not mail_is_set():
        raise Refused("no_mail_server")
    by_hand = notice.channel == Channel.WHATSAPP and not sends_by_itself()
    notice.state = NoticeState.BY_HAND if by_hand else NoticeState.WAITING
    notice.tries, notice.error, notice.not_before = 0, "", None
    # What the other side calls the next try is not known yet.
    notice.retried_at, notice.provider_id = clock.now(), ""
    notice.save(
        update_fields=["state", "tries", "error", "not_before", "retried_at", "provider_id"]
    )
    record("notice.retried", notice, actor)
    if not by_hand:
        enqueue(notice)


def mark_read(account: Account, notice_id: UUID) -> Notice:
    """Notes that an account has read one of its messages. Nobody else's business: not journalled.

    Raises ``Refused('not_found')``.
    """
    notice = Notice.objects.filter(pk=notice_id, account=account, channel=Channel.IN_APP).first()
    if notice is None:
        raise Refused("not_found")
    _read(account, pk=notice_id)
    return notice


def mark_all_read(account: Account) -> int:
    """Notes that an account has read all its messages; how many were new."""
    return _read(account)


def _read(account: Account, **which: UUID) -> int:
    unread = Notice.objects.filter(account=account, channel=Channel.IN_APP, read_at=None, **which)
    return unread.update(read_at=clock.now(), state=NoticeState.READ)


@transaction.atomic
def choose_way(account: Account, way: Way) -> None:
    """How an account is told from now on."""
    chosen, is_new = ChosenWay.objects.select_for_update().get_or_create(
        account=account, defaults={"way": way}
    )
    if not is_new and chosen.way == way:
        return
    chosen.way = way
    chosen.save(update_fields=["way"])
    record("notice_way.chosen", account, account, way=str(way))
