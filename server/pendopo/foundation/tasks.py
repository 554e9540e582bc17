"""Work for the queue that no app owns."""

from datetime import timedelta

from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.foundation.models import IdempotentReply

REPLIES_KEPT = timedelta(hours=24)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_replies")
def forget_replies(timestamp: int = 0) -> None:
    """Deletes the answers to repeated requests after :data:`REPLIES_KEPT`."""
    IdempotentReply.objects.filter(created_at__lt=clock.now() - REPLIES_KEPT).delete()
