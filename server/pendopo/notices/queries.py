"""Reading messages, each list with a fixed number of queries."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.pagination import newest_first
from pendopo.notices.models import ChosenWay, Notice, NoticePolicy
from pendopo.notices.rules import Channel, NoticeState, Way
from pendopo.notices.secrecy import seen_by
from pendopo.people.models import Account, DutyAssignment
from pendopo.people.rules import STAFF


def the_policy() -> NoticePolicy:
    """What the office decided about messages; the defaults while it has decided nothing.

    One query.
    """
    return NoticePolicy.objects.filter(only=True).first() or NoticePolicy()


def ways_of(accounts: Iterable[Account], policy: NoticePolicy) -> dict[object, Way]:
    """How each of these accounts wants to be told, by its id. Two queries, none for nobody.

    Who has not chosen: staff as the office decides, everybody else at once.
    """
    ids = [account.pk for account in accounts]
    if not ids:
        return {}
    duties = DutyAssignment.objects.filter(account__in=ids, duty__in=STAFF)
    staff = set(duties.values_list("account_id", flat=True))
    chosen = dict(ChosenWay.objects.filter(account__in=ids).values_list("account_id", "way"))
    default = {True: Way(policy.staff_way), False: Way.AT_ONCE}
    return {pk: Way(chosen[pk]) if pk in chosen else default[pk in staff] for pk in ids}


def unread_count(account: Account) -> int:
    """How many messages an account has not read on the pages. One query, on an index of its own."""
    return _in_app(account).filter(read_at=None).count()


def _in_app(account: Account) -> QuerySet[Notice]:
    return Notice.objects.filter(account=account, channel=Channel.IN_APP)


def unread_of(account: Account, limit: int) -> list[Notice]:
    """The unread messages, newest first. One query."""
    return list(_in_app(account).filter(read_at=None).order_by("-pk")[:limit])


def read_of(account: Account, cursor: str | None) -> tuple[list[Notice], str | None]:
    """A page of the messages that were read, newest first. One query.

    Raises ``Refused('cursor_invalid')``.
    """
    return newest_first(_in_app(account).exclude(read_at=None), cursor)


def outbox(
    account: Account, cursor: str | None, state: str = "", channel: str = "", about: str = ""
) -> tuple[list[Notice], str | None]:
    """A page of what went out by mail and WhatsApp, newest first, as far as the account may see
    it. One query, beside those that find out what is hidden.

    Raises ``Refused('cursor_invalid')``.
    """
    found = seen_by(account, Notice.objects.exclude(channel=Channel.IN_APP))
    given = {"state": state, "channel": channel, "about": about}
    found = found.filter(**{key: value for key, value in given.items() if value})
    return newest_first(found.defer("calendar"), cursor)


def to_send_by_hand(account: Account, limit: int) -> list[Notice]:
    """What this person has to send by WhatsApp, oldest first.

    Without messages whose one-time code counts no more.
    """
    return list(seen_by(account, _by_hand()).order_by("pk")[:limit])


def count_by_hand(account: Account) -> int:
    """How much of that there is."""
    return seen_by(account, _by_hand()).count()


def to_send(account: Account, notice_id: UUID) -> Notice:
    """One message that this account may send or put on its way again.

    Raises ``Refused('not_found')``, also for what it may not see.
    """
    notice = seen_by(account, Notice.objects.filter(pk=notice_id)).first()
    if notice is None:
        raise Refused("not_found")
    return notice


def _by_hand() -> QuerySet[Notice]:
    counts = Q(code_until=None) | Q(code_until__gt=clock.now(), sealed_code__isnull=False)
    return Notice.objects.filter(counts, channel=Channel.WHATSAPP, state=NoticeState.BY_HAND)


def earlier_in_thread(notice: Notice) -> list[UUID]:
    """The mails that went to the same address in the same thread before, oldest first, at most
    ten. One query, none without a thread."""
    if not notice.thread:
        return []
    found = Notice.objects.filter(
        thread=notice.thread,
        to_address=notice.to_address,
        channel=Channel.MAIL,
        pk__lt=notice.pk,
    )
    return list(found.order_by("-pk").values_list("pk", flat=True)[:10])[::-1]


def about_request(about: str) -> list[Notice]:
    """All messages about one subject, oldest first, for that subject's own page. One query."""
    return list(Notice.objects.filter(about=about).defer("calendar", "text").order_by("pk"))


def was_told(about: str, key: str) -> bool:
    """Whether a message with this key of its sender was written to anybody. One query."""
    return Notice.objects.filter(about=about, key__startswith=f"{key}:").exists()


def accounts_with_undigested(limit: int, after: UUID | None = None) -> list[Account]:
    """Accounts that have unread messages which no digest has told, with their persons, in the
    order of their ids, behind ``after``. One query.

    Whether they want a digest is not asked here.
    """
    news = Notice.objects.filter(
        channel=Channel.IN_APP, read_at=None, digested_at=None, erased_at=None
    )
    found = Account.objects.filter(pk__in=news.values("account"), is_active=True)
    if after:
        found = found.filter(pk__gt=after)
    return list(found.select_related("person").order_by("pk")[:limit])


def undigested(account: Account) -> list[Notice]:
    """The unread messages of an account that no digest has told, newest first. One query."""
    news = _in_app(account).filter(read_at=None, digested_at=None, erased_at=None)
    return list(news.order_by("-pk")[:500])
