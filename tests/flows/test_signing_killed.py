"""A process that is killed around a signature: nothing half, nothing lost, the reply sent once."""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pendopo.documents.actions import signing
from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import DraftOrder, draft_document
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind
from pendopo.documents.tests.signers import SECRET, VALUES, content_of
from pendopo.files.models import StoredFile
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake import reactions
from pendopo.intake.tests.office import a_request, an_office
from pendopo.journal.models import subject_of
from pendopo.journal.tasks import react
from pendopo.notices.models import Notice
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
REACT = "pendopo.journal.tasks.react"


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = tmp_path / "files", tmp_path / "secrets"
    settings.EMAIL_HOST = "mail.example"
    account = an_office()["head"]
    get_demo_certificate(account, Passphrase(SECRET))
    return account


@pytest.fixture
def reply(head: Account) -> Document:
    """A letter to a requester that waits for its signature."""
    about = subject_of(a_request())
    return draft_document(DraftOrder(DocumentKind.REJECTION, about, ("Yth. Ketua",), VALUES), head)


def killed(work: Callable[[], object], owner: Any, at: str, monkeypatch: Any) -> None:
    """Works in a process of its own, which is killed where it calls ``at``."""

    def die(*given: Any, **named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    shared: Any = connection
    shared.close()
    shared.close_pool()  # no connection is shared with the child
    child = os.fork()
    if child == 0:
        try:
            monkeypatch.setattr(owner, at, die)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def reactions_that_wait(kind: str = "document.signed") -> list[Callable[[], object]]:
    """What the queue still has to do, as a worker would take it up."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT args->>'entry_id', args->>'reaction' FROM procrastinate_jobs job"
            " JOIN journal_entry entry ON entry.id = (job.args->>'entry_id')::bigint"
            " WHERE task_name = %s AND status = 'todo' AND entry.kind = %s ORDER BY job.id",
            [REACT, kind],
        )
        rows = sql.fetchall()
    return [partial(react, int(entry), name) for entry, name in rows]


def sign(reply: Document, head: Account) -> Callable[[], object]:
    return lambda: signing.sign_documents([reply], head, Passphrase(SECRET))


def mails() -> list[Notice]:
    return list(Notice.objects.filter(kind="request.replied", channel="mail"))


def test_killed_after_the_signed_paper_is_kept_it_goes_out_once(
    reply: Document, head: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(sign(reply, head), signing, "_settle_try", monkeypatch)
    reply.refresh_from_db()
    assert (reply.state, reply.running_number) == ("signed", 1)
    assert check(content_of(reply)).valid
    waiting = reactions_that_wait()
    assert waiting
    for _ in range(2):  # the queue gives a job twice when a worker dies over it
        for run in waiting:
            run()
    (mail,) = mails()
    assert [each.file_id for each in mail.attachments.all()] == [reply.file_id]
    reply.refresh_from_db()
    assert reply.state == "sent"


def test_killed_before_the_commit_nothing_is_signed_and_the_number_is_not_lost(
    reply: Document, head: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The PDF is signed and lies on the disk when the process dies.
    killed(sign(reply, head), signing, "record", monkeypatch)
    reply.refresh_from_db()
    assert (reply.state, reply.number, reply.file) == ("draft", "", None)
    assert not StoredFile.objects.exists()
    assert not reactions_that_wait()
    (outcome,) = signing.sign_documents([reply], head, Passphrase(SECRET))
    assert outcome.is_signed
    assert outcome.document.running_number == 1
    for run in reactions_that_wait():
        run()
    assert len(mails()) == 1


def test_killed_between_the_message_and_its_commit_the_reply_still_goes_out_once(
    reply: Document, head: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(reply, head)()
    waiting = reactions_that_wait()
    killed(lambda: [run() for run in waiting], reactions, "mark_sent", monkeypatch)
    assert not mails()
    for run in reactions_that_wait():
        run()
    assert len(mails()) == 1
    reply.refresh_from_db()
    assert reply.state == "sent"
