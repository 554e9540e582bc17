"""A process that is killed around a signature: nothing half, nothing lost, the reply sent once."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document
from pendopo.documents.tests.signers import SECRET, content_of
from pendopo.files.models import StoredFile
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions
from pendopo.intake.tests.office import People, an_office, registered
from pendopo.journal.models import subject_of
from pendopo.journal.tasks import react
from pendopo.notices.models import Notice
from tests.flows import dying_signer

pytestmark = pytest.mark.django_db(transaction=True)
REACT = "pendopo.journal.tasks.react"


@pytest.fixture
def people(tmp_path: Path, settings: Any) -> People:
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = tmp_path / "files", tmp_path / "secrets"
    settings.EMAIL_HOST = "mail.example"
    found = an_office()
    get_demo_certificate(found["head"], Passphrase(SECRET))
    return found


@pytest.fixture
def reply(people: People) -> Document:
    """A letter to a requester that waits for its signature."""
    case = registered(people)
    decisions.reject(case, [], "Ruang penuh", people["head"])
    return Document.objects.get(about=subject_of(case))


def database() -> str:
    """The address of the tests' own database."""
    name, test_name = "/pendopo?", f"/{connection.settings_dict['NAME']}?"
    url = os.environ["DATABASE_URL"]
    if name not in url:
        pytest.skip("the database is not the tests' own")
    return url.replace(name, test_name)


def jobs_that_wait() -> list[str]:
    """What the queue still has to do after a signature: ``entry:reaction``."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT args->>'entry_id', args->>'reaction' FROM procrastinate_jobs job"
            " JOIN journal_entry entry ON entry.id = (job.args->>'entry_id')::bigint"
            " WHERE task_name = %s AND status = 'todo' AND entry.kind = 'document.signed'"
            " ORDER BY job.id",
            [REACT],
        )
        return [f"{entry}:{reaction}" for entry, reaction in sql.fetchall()]


def do(jobs: list[str]) -> None:
    """As a worker would take them up."""
    for job in jobs:
        entry, _colon, reaction = job.partition(":")
        react(int(entry), reaction)


def signs(reply: Document, people: People) -> tuple[str, str, str]:
    return "sign", str(reply.pk), str(people["head"].pk)


def mails() -> list[Notice]:
    return list(Notice.objects.filter(kind="request.replied", channel="mail"))


def test_killed_after_the_signed_paper_is_kept_it_goes_out_once(
    reply: Document, people: People, tmp_path: Path
) -> None:
    at = "pendopo.documents.actions.signing._settle_try"
    dying_signer.killed(tmp_path, database(), at, *signs(reply, people))
    reply.refresh_from_db()
    assert (reply.state, reply.running_number) == ("signed", 1)
    assert check(content_of(reply)).valid
    waiting = jobs_that_wait()
    assert waiting
    for _ in range(2):  # the queue gives a job twice when a worker dies over it
        do(waiting)
    (mail,) = mails()
    assert [each.file_id for each in mail.attachments.all()] == [reply.file_id]
    reply.refresh_from_db()
    assert reply.state == "sent"


def test_killed_before_the_commit_nothing_is_signed_and_the_number_is_not_lost(
    reply: Document, people: People, tmp_path: Path
) -> None:
    # The PDF is signed and lies on the disk when the process dies.
    before = StoredFile.objects.count()
    at = "pendopo.documents.actions.signing.record"
    dying_signer.killed(tmp_path, database(), at, *signs(reply, people))
    reply.refresh_from_db()
    assert (reply.state, reply.number, reply.file) == ("draft", "", None)
    assert StoredFile.objects.count() == before
    assert not jobs_that_wait()
    (outcome,) = sign_documents([reply], people["head"], Passphrase(SECRET))
    assert outcome.is_signed
    assert outcome.document.running_number == 1
    do(jobs_that_wait())
    assert len(mails()) == 1


def test_killed_between_the_message_and_its_commit_the_reply_still_goes_out_once(
    reply: Document, people: People, tmp_path: Path
) -> None:
    sign_documents([reply], people["head"], Passphrase(SECRET))
    waiting = jobs_that_wait()
    at = "pendopo.intake.reactions.mark_sent"
    dying_signer.killed(tmp_path, database(), at, "react", *waiting)
    assert not mails()
    assert jobs_that_wait() == waiting
    do(waiting)
    assert len(mails()) == 1
    reply.refresh_from_db()
    assert reply.state == "sent"
