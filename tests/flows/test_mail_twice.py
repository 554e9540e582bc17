"""A worker that is killed after the mail server took a mail, and before that was noted."""

import asyncio
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue

from pendopo.journal.models import Entry
from pendopo.journal.tasks import retry_stalled_jobs
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice
from pendopo.notices.rules import NoticeState
from tests.flows import stubborn_worker
from tests.plugins.office import free_ports
from tests.plugins.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[], subprocess.Popen[bytes]]


class SlowToPart:
    """A mail server that takes every mail, and then keeps whoever wants to leave."""

    def __init__(self) -> None:
        self.message_ids: list[str] = []
        self.lets_go = threading.Event()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.message_ids.append(mail["Message-ID"])
        return "250 OK"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        await asyncio.to_thread(self.lets_go.wait, 60)
        return "221 Bye"


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowToPart]:
    """Where this process and the workers send their mail."""
    slow = SlowToPart()
    controller = Controller(slow, hostname="127.0.0.1", port=free_ports())
    controller.start()
    settings.EMAIL_HOST = "127.0.0.1"
    monkeypatch.setenv("PENDOPO_MAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("PENDOPO_MAIL_PORT", str(controller.port))
    monkeypatch.setenv("PENDOPO_MAIL_FROM", "pendopo@kantor.test")
    monkeypatch.setenv("PENDOPO_MAIL_SECURITY", "none")
    yield slow
    slow.lets_go.set()
    controller.stop()


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Start]:
    """Starts workers on the database of the tests, with an empty queue."""
    with connection.cursor() as sql:
        sql.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    name, test_name = "/pendopo?", f"/{connection.settings_dict['NAME']}?"
    url = os.environ["DATABASE_URL"]
    if name not in url:
        pytest.skip("the database is not the tests' own")
    started = []

    def start() -> subprocess.Popen[bytes]:
        started.append(stubborn_worker.start(tmp_path, url.replace(name, test_name)))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def test_the_mail_goes_again_under_the_same_message_id(
    server: SlowToPart, start_worker: Start
) -> None:
    about = "intake.servicerequest:1"
    message = Message("request.received", about, "k", "Diterima", "Isi", urgent=True)
    with transaction.atomic():
        (notice,) = send_notice(message, [Recipient(name="Siti", email="siti@warga.test")])
    worker = start_worker()
    until(lambda: server.message_ids, "the server has the mail", 60)
    worker.kill()
    worker.wait()
    notice.refresh_from_db()
    assert notice.state == NoticeState.WAITING
    server.lets_go.set()
    with connection.cursor() as sql:
        sql.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")
        sql.execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = 'retry_stalled_jobs'")
    queue.configure_task(retry_stalled_jobs.name).defer(timestamp=0)
    assert start_worker().wait(90) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.error) == (NoticeState.SENT, "")
    first, second = server.message_ids
    assert first == second
    assert notice.pk.hex in first
    assert Entry.objects.filter(kind="notice.sent").count() == 1
    assert start_worker().wait(90) == 0
    assert len(server.message_ids) == 2
    assert Notice.objects.count() == 1
