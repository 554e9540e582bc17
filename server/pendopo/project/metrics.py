"""`/metrics`: figures for Prometheus.

What the database knows is asked there at each scrape, so that it does not matter which web process
answers. Requests are counted in each web process; their counts lie in files of `run/metrics`, where
the one that answers adds them up.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as text_of
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pendopo.meetings.queries import live_meetings

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_FROM_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")

_requests = Counter("pendopo_http_requests", "Requests answered.", ["method", "route", "status"])
_seconds = Histogram(
    "pendopo_http_request_seconds",
    "Time to the first byte of the answer.",
    ["route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

_QUEUE = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1"
_OLDEST = """
SELECT coalesce(max(extract(epoch FROM now() - coalesce(job.scheduled_at, event.at))), 0)
  FROM procrastinate_jobs job JOIN procrastinate_events event
    ON event.job_id = job.id AND event.type = 'deferred'
 WHERE job.status = 'todo' AND coalesce(job.scheduled_at, event.at) <= now()
"""
_WORKERS = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'
"""
_JOURNAL = "SELECT coalesce(max(id), 0) FROM journal_entry"
_SIGN_INS = """
SELECT kind, count(*) FROM journal_entry
 WHERE kind IN ('account.signed_in', 'account.sign_in_failed', 'account.locked_out') GROUP BY 1
"""
_STATUSES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted")


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """One more answered request. ``route`` is a pattern: paths would be without number."""
    _requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


class _FromDatabase(Collector):
    """What is so now: seven queries, whatever there is."""

    def collect(self) -> Iterable[Metric]:
        yield _gauge("build_info", "The version that runs.", {version("pendopo"): 1}, "version")
        meetings = live_meetings()
        yield _gauge("live_meetings", "Meetings that somebody is in.", {"": len(meetings)})
        present = sum(meeting.present for meeting in meetings)
        yield _gauge("participants", "People in live meetings.", {"": present})
        with connection.cursor() as sql:

            def rows(query: str) -> dict[str, float]:
                sql.execute(query)
                return {str(name): float(value) for name, value in sql.fetchall()}

            def one(query: str) -> float:
                sql.execute(query)
                return float(sql.fetchone()[0])

            jobs = dict.fromkeys(_STATUSES, 0.0) | rows(_QUEUE)
            yield _gauge("queue_jobs", "Jobs; finished ones for three days.", jobs, "status")
            waiting = "The due job that waits longest."
            yield _gauge("queue_oldest_waiting_seconds", waiting, {"": one(_OLDEST)})
            yield _gauge("queue_workers", "Workers that gave a sign of life.", {"": one(_WORKERS)})
            entries = CounterMetricFamily("pendopo_journal_entries", "Entries ever written.")
            entries.add_metric([], one(_JOURNAL))
            yield entries
            yield from _sign_ins(rows(_SIGN_INS))


def _gauge(name: str, about: str, values: dict[str, float], label: str = "") -> GaugeMetricFamily:
    found = GaugeMetricFamily(f"pendopo_{name}", about, labels=[label] if label else [])
    for value_of, value in values.items():
        found.add_metric([value_of] if label else [], value)
    return found


def _sign_ins(counts: dict[str, float]) -> Iterator[Metric]:
    found = CounterMetricFamily(
        "pendopo_sign_ins", "Sign-ins that the journal still has.", labels=["outcome"]
    )
    for outcome in ("signed_in", "sign_in_failed", "locked_out"):
        found.add_metric([outcome], counts.get(f"account.{outcome}", 0))
    yield found


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures as text; for everybody else there is no such page."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:  # a single process, as in a test
        registry.register(_Own())
    return HttpResponse(text_of(registry), content_type=CONTENT_TYPE_LATEST)


class _Own(Collector):
    def collect(self) -> Iterable[Metric]:
        return (metric for metric in REGISTRY.collect() if metric.name.startswith("pendopo_"))


def _may_read(request: HttpRequest) -> bool:
    """Who asks on this machine without a proxy in between, or knows the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.METRICS_TOKEN
    if wanted and secrets.compare_digest(given.encode(), wanted.encode()):
        return True
    if any(name in request.headers for name in _FROM_A_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
