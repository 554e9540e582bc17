"""The nightly end of what is kept no longer."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.intake.actions import retention
from pendopo.intake.actions.closing import close_idle_requests


@app.periodic(cron="13 19 * * *")  # UTC: 02.13 WIB
@app.task(queueing_lock="erase_due_requests", retry=RetryStrategy(max_attempts=6, wait=600))
def erase_due_requests(timestamp: int = 0) -> None:
    """Closes what nobody took further, then erases names and contacts of requests whose time is
    over and that nothing holds."""
    close_idle_requests()
    retention.erase_due_requests()
