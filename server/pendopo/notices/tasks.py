"""Work for the queue: messages handed over, the morning's digest, old ones emptied."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.gateways.mail.sending import mail_is_set
from pendopo.notices.actions.delivery import deliver_notice
from pendopo.notices.actions.digest import send_digest
from pendopo.notices.actions.erasing import erase_old, forget_codes
from pendopo.notices.queries import accounts_with_undigested, the_policy, ways_of
from pendopo.notices.rules import Way, is_digest_time
from pendopo.office.queries import holidays_between

_DIGESTS_AT_ONCE = 500


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def deliver(notice_id: str) -> None:
    """Hands one message over; what has gone out already stays as it is.

    When the other side does not take it, the next try is a job of its own: this retry is for
    what goes wrong here, say without a database.
    """
    deliver_notice(UUID(notice_id))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="send_digests")
def send_digests(timestamp: int = 0) -> None:
    """One mail to each who wants a digest, on the morning of a day on which the office works."""
    policy = the_policy()
    now = timezone.localtime(clock.now())
    closed = holidays_between(now.date(), now.date())
    if not mail_is_set() or not is_digest_time(now, policy.digest_at, closed):
        return
    last = None
    while accounts := accounts_with_undigested(_DIGESTS_AT_ONCE, after=last):
        ways = ways_of(accounts, policy)
        for account in accounts:
            if ways[account.pk] is Way.DIGEST:
                send_digest(account, now.date())
        last = accounts[-1].pk


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="forget_codes")
def forget_expired_codes(timestamp: int = 0) -> None:
    """Takes one-time codes that count no more out of the messages that still wait with them."""
    forget_codes()


@app.periodic(cron="7 20 * * *")
@app.task(queueing_lock="erase_old_notices", retry=RetryStrategy(max_attempts=6, wait=600))
def erase_old_notices(timestamp: int = 0) -> None:
    """Takes names, contacts and texts out of old messages, at night in Indonesia."""
    erase_old(the_policy().kept_days)
