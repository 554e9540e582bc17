"""The nightly end of what is kept no longer."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.intake.actions import retention


@app.periodic(cron="13 19 * * *")  # UTC: 02.13 WIB
@app.task(queueing_lock="erase_due_requests", retry=RetryStrategy(max_attempts=6, wait=600))
def erase_due_requests(timestamp: int = 0) -> None:
    """Erases names and contacts of requests whose time is over and that nothing holds."""
    retention.erase_due_requests()
