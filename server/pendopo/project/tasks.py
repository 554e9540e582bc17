"""The queue's work for the installation as a whole."""

from procrastinate.contrib.django import app

from pendopo.project.demo import keep_demo_current as keep_current


@app.periodic(cron="3 * * * *")
@app.task(queueing_lock="keep_demo_current")
def keep_demo_current(timestamp: int) -> None:
    """The demo's meetings are always those of today and the next days."""
    keep_current()
