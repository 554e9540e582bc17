"""Puts one job on the queue, without Django."""

import time

from pendopo.project.supervisor.console import say

RECONCILE = "pendopo.meetings.tasks.reconcile"


async def enqueue_reconciliation(database_url: str) -> None:
    """Have the worker compare LiveKit's rooms with ours now, rather than at the next turn of its
    clock.

    A freshly started LiveKit knows no room; the people in a meeting come back as soon as theirs is
    made again.
    """
    from procrastinate import App, PsycopgConnector
    from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

    app = App(connector=PsycopgConnector(conninfo=database_url, min_size=1, max_size=1))
    try:
        async with app.open_async():
            await app.configure_task(
                RECONCILE, queue="default", queueing_lock="reconcile", allow_unknown=True
            ).defer_async(timestamp=int(time.time()))
    except AlreadyEnqueued:
        return  # one that waits does the same
    except ConnectorException as problem:  # the database is away too
        say("livekit", f"live meetings wait for the worker's next round ({problem})")
