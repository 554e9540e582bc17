"""What the database holds: is it ours, of this version, free of public passwords, worked off?"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from pendopo.project.checks.finding import Finding, wrong
from pendopo.project.deployment import Deployment
from pendopo.project.front_door import is_loopback

LONGEST_WAIT = 300  # seconds that a due job may wait
MOST_SKEW = 5  # seconds between our clock and the database's
Migrations = Collection[tuple[str, str]]

_DEMO_ACCOUNTS = (
    "select count(*) from people_account where is_active and email like '%@pendopo.test'"
)
_QUEUE = """
select (select count(*) from procrastinate_workers
         where last_heartbeat > now() - interval '30 seconds'),
       (select count(*) from procrastinate_jobs where status = 'failed'),
       (select coalesce(max(extract(epoch from now() - coalesce(job.scheduled_at, event.at))), 0)
          from procrastinate_jobs job join procrastinate_events event
            on event.job_id = job.id and event.type = 'deferred'
         where job.status = 'todo' and coalesce(job.scheduled_at, event.at) <= now())
"""


def contents(deployment: Deployment, connection: Any, *, running: bool) -> Iterator[Finding]:
    """All of it, for a database that has our tables. Sets Django up."""
    applied = connection.execute("select app, name from django_migrations").fetchall()
    yield migrations({(app, name) for app, name in applied}, known_migrations(), running=running)
    (accounts,) = connection.execute(_DEMO_ACCOUNTS).fetchone()
    yield demo_accounts(accounts, deployment.base_url, deployment.host)
    (now,) = connection.execute("select clock_timestamp()").fetchone()
    yield skew(now, datetime.now(now.tzinfo))
    if running:
        yield queue(*connection.execute(_QUEUE).fetchone())


def known_migrations() -> set[tuple[str, str]]:
    """App and name of every migration of our code."""
    import os

    import django
    from django.db.migrations.loader import MigrationLoader

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
    django.setup()
    return set(MigrationLoader(None).disk_migrations or {})


def migrations(applied: Migrations, known: Migrations, *, running: bool) -> Finding:
    """The database is not newer than the code, and not older while it is in use."""
    newer, missing = sorted(set(applied) - set(known)), sorted(set(known) - set(applied))
    if newer:
        return wrong(
            "migrations",
            f"the database has {'.'.join(newer[0])}, which this version does not know: install the "
            "version that it was used with, or a later one.",
        )
    if missing and running:
        return wrong(
            "migrations",
            f"{len(missing)} are missing, such as {'.'.join(missing[0])}: stop `pendopo run` and "
            "start it again.",
        )
    if missing:
        return Finding("migrations", f"{len(missing)} to come at the next start")
    return Finding("migrations", f"all {len(set(applied))} are there")


def demo_accounts(active: int, base_url: str, host: str) -> Finding:
    """Nobody from elsewhere can sign in with the demo's public password."""
    name = host or base_url.partition("://")[2].partition("/")[0].partition(":")[0]
    if active and not is_loopback(name):
        return wrong(
            "demo accounts",
            f"{active} can be used by everybody who reaches {base_url}, for their password is "
            "public: put them out of use at /pengaturan/akun/, or start an office of your own in "
            "another PENDOPO_DATA with PENDOPO_DEMO=false.",
        )
    return Finding("demo accounts", f"{active}, for this machine only" if active else "none")


def skew(database: datetime, ours: datetime) -> Finding:
    """Both clocks agree."""
    seconds = abs((database - ours).total_seconds())
    if seconds > MOST_SKEW:
        return wrong(
            "database clock",
            f"differs from ours by {seconds:.0f} s: keep both right with a time server (NTP).",
        )
    return Finding("database clock", "agrees with ours")


def queue(workers: int, failed: int, waiting: float) -> Finding:
    """Jobs are worked off."""
    if not workers:
        return wrong("queue", "no worker gives a sign of life: look at the log of `pendopo run`.")
    if waiting > LONGEST_WAIT:
        return wrong(
            "queue",
            f"a job has waited for {waiting:.0f} s: look at /jurnal/antrean for what holds it up.",
        )
    hint = ", see /jurnal/antrean" if failed else ""
    return Finding("queue", f"{workers} at work, {failed} failed jobs{hint}")
