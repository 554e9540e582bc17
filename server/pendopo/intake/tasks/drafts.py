"""Nightly: what was begun and never sent goes."""

from procrastinate.contrib.django import app

from pendopo.intake.actions.old_drafts import erase_old_drafts


@app.periodic(cron="17 19 * * *")  # UTC: 02.17 WIB
@app.task(queueing_lock="erase_drafts")
def erase_drafts(timestamp: int = 0) -> None:
    """Erases drafts that the office no longer keeps, in small transactions."""
    erase_old_drafts()
