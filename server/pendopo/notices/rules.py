"""How a message reaches somebody, and when."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pendopo.office.rules.working_days import is_working_day


class Channel(StrEnum):
    """A way to somebody."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    IN_APP = "in_app"


class NoticeState(StrEnum):
    """WAITING → SENT → DELIVERED → READ; BY_HAND waits for a person who sends it from WhatsApp."""

    WAITING = "waiting"
    BY_HAND = "by_hand"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    BOUNCED = "bounced"
    SKIPPED = "skipped"


class Way(StrEnum):
    """How an account wants to hear of what happens, besides the bell on the pages."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    IN_APP = "in_app"


# What a later report may change: a message that was read is not merely delivered again.
_BEFORE = {
    NoticeState.SENT: {NoticeState.WAITING},
    NoticeState.DELIVERED: {NoticeState.WAITING, NoticeState.SENT},
    NoticeState.READ: {NoticeState.WAITING, NoticeState.SENT, NoticeState.DELIVERED},
    NoticeState.FAILED: {NoticeState.WAITING, NoticeState.SENT},
    NoticeState.BOUNCED: {NoticeState.WAITING, NoticeState.SENT},
}
RETRYABLE = frozenset({NoticeState.FAILED, NoticeState.BOUNCED})
# Nobody has been told yet.
PENDING = frozenset({NoticeState.WAITING, NoticeState.BY_HAND})

TRIES = 8
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)

# Where a one-time code belongs in a subject or text; what those read who look at it later.
CODE_MARK = "••••••"

DIGEST_LINES = 30
MAX_SUBJECT, MAX_TEXT = 200, 8000


def states_before(new: NoticeState) -> frozenset[NoticeState]:
    """The states that a report of this one may follow."""
    return frozenset(_BEFORE.get(new, ()))


def channels_to_account(way: Way, *, urgent: bool, mails: bool) -> list[Channel]:
    """By which ways a message reaches an account; ``mails``: the office can send mail.

    What is urgent does not wait for the digest.
    """
    at_once = way is Way.AT_ONCE or (urgent and way is Way.DIGEST)
    return [Channel.IN_APP, Channel.MAIL] if at_once and mails else [Channel.IN_APP]


def wait_before_try(tries: int) -> timedelta:
    """How long after so many failed tries the next one comes: doubling from a minute, 6 h at most.

    With :data:`TRIES` tries all of it takes about two hours.
    """
    doublings: int = 2 ** (tries - 1)
    return min(_FIRST_WAIT * doublings, _LONGEST_WAIT)


def quiet_until(now: datetime, begins: time, ends: time) -> datetime | None:
    """When the quiet hours end that ``now`` lies in; None when it lies in none.

    ``now`` is aware and local. The hours may go over midnight; equal times mean: no quiet hours.
    """
    clock = now.time()
    if begins <= ends:
        is_quiet, ends_tomorrow = begins <= clock < ends, False
    else:
        is_quiet, ends_tomorrow = clock >= begins or clock < ends, clock >= begins
    if not is_quiet:
        return None
    day = now.date() + timedelta(days=1) if ends_tomorrow else now.date()
    return datetime.combine(day, ends, tzinfo=now.tzinfo)


def is_digest_time(now: datetime, digest_at: time, holidays: Collection[date]) -> bool:
    """Whether the desk's digest may go out now: on a working day, from its hour to noon.

    The morning is long so that an office that was switched off at that minute still gets one.
    """
    return is_working_day(now.date(), holidays) and digest_at <= now.time() < max(
        time(12), _later(digest_at)
    )


def _later(moment: time) -> time:
    return time(min(moment.hour + 1, 23), 59)


def masked(address: str) -> str:
    """A contact for those who may read that a message went out, but not to which address."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    return f"{address[:3]}…{address[-3:]}" if len(address) > 8 else "…"


def whatsapp_text(
    subject: str, text: str, link: str, link_label: str, sender: str, longest: int = 4096
) -> str:
    """A message as it stands in WhatsApp: bold subject, text, link, who writes.

    Of what is longer than ``longest`` characters the text is cut, never the link.
    """
    head = f"*{subject.replace('*', '')}*"
    foot = [f"{link_label}:\n{link}" if link_label else link] if link else []
    foot += [f"– {sender}"] if sender else []
    left = longest - sum(len(part) + 2 for part in (head, *foot))
    return "\n\n".join(part for part in (head, _cut(text.strip(), left), *foot) if part)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: max(longest - 1, 0)].rstrip()}…"
