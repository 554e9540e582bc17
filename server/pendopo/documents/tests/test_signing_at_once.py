"""Two tabs, a double click, and others who do something with a letter while it is signed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from pendopo.documents.actions import signed_copies
from pendopo.documents.actions.drafting import change_draft, withdraw_draft
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document, PaperSignature
from pendopo.documents.tests.papers import text_of
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    desk_form,
    draft,
    head_of_an_office,
    signed,
    with_demo_certificate,
)
from pendopo.files.actions.keeping import keep_checked
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.port import Passphrase
from pendopo.journal.models import Entry
from pendopo.office.models import NumberSeries
from pendopo.people.models import Account

DESK = "/naskah/tanda-tangan/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return with_demo_certificate(head_of_an_office(tmp_path, settings))


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each comes to, started together; a refusal by its code."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait(20)
        try:
            return work()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_tabs_sign_the_same_letters_once_and_both_are_told_the_truth(head: Account) -> None:
    papers = [draft(head) for _ in range(3)]

    def tab() -> str:
        client = Client()
        client.force_login(head)
        return client.post(DESK, desk_form(papers)).content.decode()

    # Contexts of Django's test client are mixed up between threads, so the pages are read.
    pages = at_once(tab, tab)
    assert sum(page.count("Ditandatangani</span>") for page in pages) == 3
    assert not any(Refused("signing_broke_off").sentence in page for page in pages)
    assert NumberSeries.objects.get(name="letters").last == 3
    assert PaperSignature.objects.count() == 3
    assert Entry.objects.filter(kind="document.signed").count() == 3
    for paper in Document.objects.all():
        assert paper.number in text_of(content_of(paper))


def test_wrong_passphrases_in_many_tabs_at_once_are_all_counted(head: Account) -> None:
    paper = draft(head)

    def guess() -> str:
        (outcome,) = sign_documents([paper], head, Passphrase("bukan-yang-benar"))
        return outcome.refused.code if outcome.refused else "signed"

    said = at_once(*[guess] * 8)
    assert sorted(said) == ["passphrase_wrong"] * 5 + ["too_many_passphrases"] * 3


@pytest.mark.parametrize("meanwhile", ["withdrawn", "changed"])
def test_a_letter_is_signed_as_it_stands_or_not_at_all(head: Account, meanwhile: str) -> None:
    paper = draft(head)
    seen = paper.revision

    def sign() -> str:
        (outcome,) = sign_documents([Document.objects.get(pk=paper.pk)], head, Passphrase(SECRET))
        return outcome.refused.code if outcome.refused else "signed"

    def other() -> str:
        now = Document.objects.get(pk=paper.pk)
        if meanwhile == "withdrawn":
            withdraw_draft(now, head)
        else:
            change_draft(now, {"subject": "Hal yang baru"}, seen, head)
        return "done"

    said = at_once(sign, other)
    paper.refresh_from_db()
    if meanwhile == "withdrawn":
        assert said in (["signed", "document_not_open"], ["document_not_open", "done"])
        assert paper.state == ("signed" if said[0] == "signed" else "withdrawn")
    else:
        # What was changed after it was read is not signed; what is signed, as it was read.
        assert said in (
            ["signed", "document_not_open"],
            ["changed_before_signing", "done"],
            ["signed", "done"],
        )
        if said[0] == "signed":
            assert paper.subject in text_of(content_of(paper))
        else:
            assert paper.state == "draft"


def test_two_bring_letters_with_one_number_at_once_and_one_of_them_is_refused(
    head: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_looked = Barrier(2)

    def keep(*given: Any) -> Any:
        # Each has looked for the number by now, and found nobody who bears it.
        both_looked.wait(20)
        return keep_checked(*given)

    monkeypatch.setattr(signed_copies, "keep_checked", keep)

    def bring(paper: Document, number: str) -> Callable[[], str]:
        copy = Brought(
            ContentFile(letter_pdf(paper, None), "surat.pdf"),
            number,
            timezone.localdate(clock.now()),
            paper.revision,
        )

        def run() -> str:
            attach_signed_copy(paper, copy, head)
            return "signed"

        return run

    papers = [draft(head), draft(head)]
    said = at_once(bring(papers[0], "B/500/Kominfo"), bring(papers[1], "b/500/KOMINFO"))
    assert sorted(said) == ["letter_number_taken", "signed"]
    assert Document.objects.filter(signed_at__isnull=False).count() == 1
    refused = Document.objects.get(signed_at=None)
    assert (refused.state, refused.number, refused.file) == ("draft", "", None)


def test_revoked_by_two_at_once_it_is_revoked_once_for_one_reason(head: Account) -> None:
    paper = signed(head)

    def revoke(reason: str) -> Callable[[], str]:
        def run() -> str:
            mine = Document.objects.get(pk=paper.pk)
            revoke_document(mine, reason, head)
            return mine.revocation_reason

        return run

    first, second = at_once(revoke("Salah tanggal"), revoke("Salah tujuan"))
    assert first == second
    assert Entry.objects.filter(kind="document.revoked").count() == 1
