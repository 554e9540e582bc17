"""Handing messages over, and noting what became of them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pendopo.foundation import clock
from pendopo.gateways.mail.bounces import bounce_in
from pendopo.gateways.mail.sending import MailRefused, send_letter
from pendopo.gateways.whatsapp import sending as whatsapp
from pendopo.gateways.whatsapp.cloud import Report
from pendopo.gateways.whatsapp.port import WhatsAppMessage, WhatsAppRefused
from pendopo.journal.actions import record
from pendopo.journal.models import SYSTEM
from pendopo.notices.actions.sending import enqueue, morning_after
from pendopo.notices.codes import CodeGone
from pendopo.notices.models import Notice
from pendopo.notices.queries import the_policy
from pendopo.notices.rules import TRIES, Channel, NoticeState, states_before, wait_before_try
from pendopo.notices.writing import AttachmentGone, letter_of, whatsapp_of
from pendopo.office.queries import office_or_default

_REPORTED = {
    "sent": NoticeState.SENT,
    "delivered": NoticeState.DELIVERED,
    "read": NoticeState.READ,
    "failed": NoticeState.FAILED,
}


def deliver_notice(notice_id: UUID) -> None:
    """Hands one waiting message over, and notes it when the other side has it.

    At least once: killed in between, the next run hands the same message over again, under the
    same Message-ID. What is not waiting any more stays as it is; in the quiet hours it waits on.
    """
    notice = Notice.objects.get(pk=notice_id)
    if notice.state != NoticeState.WAITING:
        return
    now = clock.now()
    morning = None if notice.is_urgent else morning_after(now, the_policy())
    if morning:
        _postpone(notice, morning, tries=notice.tries)
        return
    try:
        provider_id = _hand_over(notice)
    except (MailRefused, WhatsAppRefused) as refused:
        _note(notice, _final_state(refused), error=refused.code)
    except AttachmentGone:
        _note(notice, NoticeState.FAILED, error="attachment_gone")
    except CodeGone:
        _note(notice, NoticeState.FAILED, error="code_expired")
    except OSError as error:
        _note_failed_try(notice, type(error).__name__)
    else:
        _note(notice, NoticeState.SENT, provider_id=provider_id)


def _hand_over(notice: Notice) -> str:
    office = office_or_default()
    if notice.channel == Channel.MAIL:
        send_letter(letter_of(notice, office, the_policy()))
        return ""
    text = whatsapp_of(notice, office)
    return whatsapp.send(WhatsAppMessage(notice.to_address, text, notice.language, str(notice.pk)))


def _final_state(refused: Exception) -> NoticeState:
    return NoticeState.BOUNCED if isinstance(refused, MailRefused) else NoticeState.FAILED


@transaction.atomic
def _note(notice: Notice, state: NoticeState, error: str = "", provider_id: str = "") -> bool:
    """Moves a message on, unless a report came first; what the hand-over told is kept anyhow."""
    now = clock.now()
    changes: dict[str, object] = {"error": error, "sealed_code": None}
    if state is NoticeState.SENT:
        changes |= {"sent_at": now, "provider_id": provider_id, "tries": notice.tries + 1}
    moved = Notice.objects.filter(pk=notice.pk, state__in=states_before(state)).update(
        state=state, **changes
    )
    if moved:
        _record(notice, state, error)
    elif state is NoticeState.SENT:
        Notice.objects.filter(pk=notice.pk).update(
            sent_at=now, provider_id=provider_id, sealed_code=None
        )
    return bool(moved)


def _record(notice: Notice, state: NoticeState, error: str) -> None:
    facts = {"channel": str(notice.channel)} | ({"error": error} if error else {})
    if state is NoticeState.FAILED:
        record("notice.failed", notice, SYSTEM, **facts)
    elif state is NoticeState.BOUNCED:
        record("notice.bounced", notice, SYSTEM, **facts)
    elif state is NoticeState.SENT:
        record("notice.sent", notice, SYSTEM, **facts)


def _note_failed_try(notice: Notice, error: str) -> None:
    tries = notice.tries + 1
    if tries < TRIES:
        _postpone(notice, clock.now() + wait_before_try(tries), tries=tries, error=error)
        return
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).update(tries=tries)
        _note(notice, NoticeState.FAILED, error=error)


@transaction.atomic
def _postpone(notice: Notice, until: datetime, tries: int, error: str = "") -> None:
    waiting = Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING, tries=notice.tries)
    if waiting.update(not_before=until, tries=tries, error=error):
        notice.not_before = until
        enqueue(notice)


@transaction.atomic
def note_bounce(content: bytes) -> bool:
    """Notes what a mail server reports of one of our mails; False when the mail is no such report.

    The same report twice changes nothing the second time.
    """
    bounce = bounce_in(content)
    if bounce is None:
        return False
    notice = Notice.objects.filter(pk=bounce.reference, channel=Channel.MAIL).first()
    if notice is None:
        return False
    _note(notice, NoticeState.BOUNCED, error=f"status_{bounce.status}")
    return True


@transaction.atomic
def note_reports(reports: list[Report]) -> None:
    """Notes what WhatsApp tells of our messages; what is not ours is passed over.

    Reports come twice and in any order: none takes back what a later one said.
    """
    for report in reports:
        state = _REPORTED.get(report.state)
        notice = _reported_notice(report) if state else None
        if (
            notice
            and state
            and not _is_of_earlier_try(report, notice)
            and _note(notice, state, error=report.code)
        ):
            told = {"read_at": clock.now()} if state is NoticeState.READ else {}
            name = {"provider_id": report.provider_id} if report.provider_id else {}
            Notice.objects.filter(pk=notice.pk).update(**told, **name)


def _reported_notice(report: Report) -> Notice | None:
    """The message, when our name and the other side's, as far as we know them, are of the same."""
    ours = Notice.objects.filter(channel=Channel.WHATSAPP)
    if _is_id(report.reference):
        unnamed = Q(provider_id="") | Q(provider_id=report.provider_id)
        return ours.filter(unnamed, pk=report.reference).first()
    return ours.filter(provider_id=report.provider_id).first() if report.provider_id else None


def _is_of_earlier_try(report: Report, notice: Notice) -> bool:
    """Whether it tells of a failure before a person put the message on its way again."""
    if report.state != "failed" or report.at is None or notice.retried_at is None:
        return False
    return report.at < notice.retried_at.replace(microsecond=0)  # reports know whole seconds


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
