"""The nightly work on files; each may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.files.actions.erasing import erase_due_files, sweep_disk


@app.periodic(cron="7 20 * * *")  # UTC: 03.07 WIB
@app.task(queueing_lock="erase_due_files", retry=RetryStrategy(max_attempts=6, wait=600))
def erase_due(timestamp: int = 0) -> None:
    """Erases the files that are kept no longer, unless they are held."""
    erase_due_files()


@app.periodic(cron="12 20 * * *")  # UTC: 03.12 WIB
@app.task(queueing_lock="sweep_disk", retry=RetryStrategy(max_attempts=6, wait=600))
def sweep(timestamp: int = 0) -> None:
    """Takes away what lies on the disk and belongs to no file."""
    sweep_disk()
