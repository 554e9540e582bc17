"""Server-sent events: one LISTEN connection per process, fanned out to every open stream.

A stream holds no database connection. Whatever a request reads before it streams must be given
back first, see :func:`stream_events`: a connection kept by an open stream starves every other page.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.http import StreamingHttpResponse

CHANNEL = "pendopo_journal"
RESYNC: dict[str, str] = {"kind": "resync"}
# Proxies and phones drop a silent connection after about a minute.
HEARTBEAT_SECONDS = 20
_QUEUE_LENGTH = 100
_CONNECTION_KEYS = ("host", "port", "user", "password", "dbname")

log = logging.getLogger(__name__)
News = dict[str, str]


class Subscription:
    """One open stream's bounded queue of news. A reader that falls behind is cut."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[News] = asyncio.Queue(_QUEUE_LENGTH)
        self.overrun = False

    def put(self, news: News) -> None:
        """Adds news, or marks the stream to be cut: its browser reconnects and reads afresh."""
        try:
            self._queue.put_nowait(news)
        except asyncio.QueueFull:
            self.overrun = True

    async def next(self, seconds: float) -> News | None:
        """The next news, or ``None`` after so many seconds of silence."""
        try:
            return await asyncio.wait_for(self._queue.get(), seconds)
        except TimeoutError:
            return None


class Hub:
    """Listens once per process and hands each notification to all subscriptions."""

    def __init__(self) -> None:
        self.subscriptions: set[Subscription] = set()
        self._listener: asyncio.Task[None] | None = None

    def subscribe(self) -> Subscription:
        """A new subscription; the first one starts the listener."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        subscription = Subscription()
        self.subscriptions.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Forgets a subscription; harmless when it is unknown."""
        self.subscriptions.discard(subscription)

    def publish(self, news: News) -> None:
        """Hands news to everyone who listens in this process."""
        for subscription in tuple(self.subscriptions):
            subscription.put(news)

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except psycopg.OperationalError as error:
                log.warning("hub: lost the database, connecting again: %s", error)
                await asyncio.sleep(1)

    async def _listen_once(self) -> None:
        given = connection.get_connection_params()
        params = {key: given[key] for key in _CONNECTION_KEYS if key in given}
        async with await psycopg.AsyncConnection.connect(
            **params, autocommit=True, application_name="pendopo-hub"
        ) as listener:
            await listener.execute(f"LISTEN {CHANNEL}")
            self.publish(RESYNC)  # what was said while nobody listened is unknown
            async for notification in listener.notifies():
                self.publish(json.loads(notification.payload))


hub = Hub()


async def stream_events(
    first: tuple[str, Any] | None,
    on_news: Callable[[News], Coroutine[Any, Any, tuple[str, Any] | None]],
    next_timer: Callable[[], float | None] = lambda: None,
) -> StreamingHttpResponse:
    """Answers with an event stream and gives back the request's database connection first.

    ``first`` is sent at once; ``on_news`` turns news into ``(event, JSON value)`` or ``None``;
    it is also called with ``{"kind": "timer"}`` when ``next_timer`` seconds have passed.
    """
    await sync_to_async(connections.close_all)()

    async def stream() -> AsyncIterator[str]:
        subscription = hub.subscribe()
        try:
            yield "retry: 2000\n\n"
            if first is not None:
                yield _event(*first)
            while not subscription.overrun:
                timer = next_timer()
                wait = HEARTBEAT_SECONDS if timer is None else min(timer, HEARTBEAT_SECONDS)
                news = await subscription.next(max(wait, 0.05))
                if news is None and (timer is None or wait < timer):
                    yield ": still here\n\n"
                    continue
                answer = await on_news(news or {"kind": "timer"})
                if answer is not None:
                    yield _event(*answer)
        finally:
            hub.leave(subscription)

    return StreamingHttpResponse(
        stream(),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )


def _event(name: str, value: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"
