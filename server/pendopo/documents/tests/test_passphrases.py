"""A passphrase lives as long as the request that brought it, and signs several letters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pendopo.documents.actions.drafting import withdraw_draft
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentState
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    desk_form,
    draft,
    head_of_an_office,
    with_bsre,
    with_demo_certificate,
)
from pendopo.documents.tests.traces import log_everything, traces_of
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.tests.servers import Bsre, bsre_server
from pendopo.office.models import NumberSeries
from pendopo.people.models import Account

DESK = "/naskah/tanda-tangan/"
WRONG = "salah-" + SECRET
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return head_of_an_office(tmp_path, settings)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bsre]:
    key = DemoAuthority(tmp_path_factory.mktemp("bsre")).issue("Budi Santoso", "BSSN")
    with bsre_server(key, SECRET) as bsre:
        yield bsre


def browser_of(account: Account) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(account)
    return client


def sent(client: Client, papers: list[Document], passphrase: str = SECRET) -> Any:
    return client.post(DESK, desk_form(papers, passphrase))


def states(papers: list[Document]) -> list[str]:
    now = dict(Document.objects.values_list("pk", "state"))
    return [now[each.pk] for each in papers]


def test_the_looking_finds_what_is_hidden_somewhere(
    head: Account, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Else the tests below would promise nothing."""
    from django.core.cache import cache
    from django.db import transaction

    from pendopo.journal.actions import record

    log_everything(caplog)
    client = browser_of(head)
    session = client.session
    session["put_aside"] = {"passphrase": SECRET}
    session.save()
    cache.set("aside", [SECRET])
    Document.objects.filter(pk=draft(head).pk).update(body=f"x {SECRET} x")
    with transaction.atomic():
        record("document.changed", "documents.document:1", head, fields=[SECRET])
    (tmp_path / "aside").write_bytes(b"\0" + SECRET.encode())
    import logging

    logging.getLogger("pendopo").warning("lost: %s", SECRET)
    found = traces_of(SECRET, caplog, tmp_path)
    for place in ("session", "documents_document.body", "journal_entry.facts", "log of pendopo"):
        assert place in found
    assert any(place.startswith("cache") for place in found)
    assert str(tmp_path / "aside") in found
    cache.delete("aside")


@pytest.mark.parametrize("method", ["local", "bsre"])
def test_after_signing_the_passphrase_stands_nowhere(
    head: Account,
    running: Bsre,
    method: str,
    settings: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    log_everything(caplog)
    if method == "bsre":
        with_bsre(head, running, settings)
    else:
        client = browser_of(head)
        _confirm(client)
        again = {"passphrase": SECRET, "again": SECRET}
        assert client.post("/akun/tanda-tangan/contoh/", again).status_code == 302
    client, papers = browser_of(head), [draft(head) for _ in range(3)]
    answers = [
        sent(client, papers[:1], WRONG),  # refused
        sent(client, papers[:2]),  # signed
        sent(client, []),  # nothing chosen
        sent(client, papers),  # partly signed already
    ]
    assert states(papers) == ["signed"] * 3
    assert [each.status_code for each in answers] == [422, 200, 422, 200]
    assert not any(SECRET in each.content.decode() for each in answers)
    assert traces_of(SECRET, caplog, tmp_path) == []
    assert not any(SECRET.encode() in content_of(each) for each in Document.objects.all())


@pytest.mark.parametrize("mood", ["itext", "slow", "html", "broken"])
def test_neither_does_it_when_the_service_fails(
    head: Account,
    running: Bsre,
    mood: str,
    settings: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log_everything(caplog)
    with_bsre(head, running, settings)
    monkeypatch.setattr("pendopo.gateways.signing.bsre.ANSWER_WITHIN", 1)
    monkeypatch.setattr(running, "mood", mood)
    if mood == "broken":
        settings.BSRE_URL = "http://127.0.0.1:9"
    assert sent(browser_of(head), [draft(head)]).status_code >= 400
    assert traces_of(SECRET, caplog, tmp_path) == []


def test_nor_when_something_breaks_that_nobody_foresaw(
    head: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_everything(caplog)
    with_demo_certificate(head)
    monkeypatch.setattr("pendopo.documents.actions.signing.letter_pdf", _breaks)
    answer = sent(browser_of(head), [draft(head)])
    assert answer.status_code == 500
    assert answer.context["form"].non_field_errors() == [Refused("signing_broke_off").sentence]
    assert "could not be signed" in caplog.text
    assert traces_of(SECRET, caplog, tmp_path) == []


def _breaks(*given: Any) -> bytes:
    raise ZeroDivisionError("nobody foresaw this")


def _confirm(client: Client) -> None:
    """As if the password had been typed just now."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

    from pendopo.foundation import clock

    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": clock.now().timestamp()}
    ]
    session.save()


def test_a_passphrase_that_comes_too_late_for_the_confirmation_is_not_put_aside(
    head: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log_everything(caplog)
    client = browser_of(head)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0}]
    session.save()
    again = {"passphrase": SECRET, "again": SECRET}
    assert client.post("/akun/tanda-tangan/contoh/", again).status_code == 302
    client.get("/akun/tanda-tangan/contoh/", follow=True)
    assert traces_of(SECRET, caplog, tmp_path) == []


def test_several_letters_are_signed_with_one_entry_and_the_page_says_their_numbers(
    head: Account,
) -> None:
    with_demo_certificate(head)
    papers = [draft(head) for _ in range(4)]
    answer = sent(browser_of(head), papers)
    assert states(papers) == ["signed"] * 4
    page = answer.content.decode()
    for paper in Document.objects.all():
        assert paper.number in page
    assert NumberSeries.objects.get(name="letters").last == 4


def test_a_letter_refused_in_the_middle_leaves_the_others_signed_and_is_named(
    head: Account,
) -> None:
    with_demo_certificate(head)
    papers = [draft(head), draft(head, attachments="会議"), draft(head)]
    answer = sent(browser_of(head), papers)
    outcomes = answer.context["outcomes"]
    assert [each.refused and each.refused.code for each in outcomes] == [
        None, "character_unprintable", None,
    ]  # fmt: skip
    assert states(papers) == ["signed", "draft", "signed"]
    assert NumberSeries.objects.get(name="letters").last == 2
    page = answer.content.decode()
    assert page.count("Ditandatangani</span>") == 2
    assert page.count("Belum ditandatangani</span>") == 1
    assert Refused("character_unprintable", character="会").sentence in page


@pytest.mark.parametrize("breaks", ["service", "unforeseen"])
def test_a_failure_in_the_middle_says_which_are_signed_and_which_are_not(
    head: Account, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    from pendopo.documents.actions import signing

    with_demo_certificate(head)
    papers, drawn = [draft(head) for _ in range(4)], letter_pdf
    fails: Any = Refused("timestamp_unavailable") if breaks == "service" else ZeroDivisionError()
    asked: list[Document] = []

    def third_fails(paper: Document, mark: Any) -> bytes:
        asked.append(paper)
        if len(asked) == 3:
            raise fails
        return drawn(paper, mark)

    monkeypatch.setattr(signing, "letter_pdf", third_fails)
    answer = sent(browser_of(head), papers)
    reason = "timestamp_unavailable" if breaks == "service" else "signing_broke_off"
    assert [each.refused and each.refused.code for each in answer.context["outcomes"]] == [
        None, None, reason, reason,
    ]  # fmt: skip
    assert len(asked) == 3  # the last one was not tried
    assert states(papers) == ["signed", "signed", "draft", "draft"]
    page = answer.content.decode()
    assert page.count("Belum ditandatangani</span>") == 2
    assert page.count("Ditandatangani</span>") == 2
    # What is left waits on the desk, is signed next time, and no number is missing.
    sent(browser_of(head), papers[2:])
    numbers = Document.objects.order_by("running_number").values_list("running_number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_a_letter_withdrawn_meanwhile_is_said_not_to_be_signed(head: Account) -> None:
    with_demo_certificate(head)
    papers = [draft(head), draft(head)]
    withdraw_draft(papers[0], head)
    answer = sent(browser_of(head), papers)
    assert [each.refused and each.refused.code for each in answer.context["outcomes"]] == [
        "document_not_open", None,
    ]  # fmt: skip
    assert states(papers) == [DocumentState.WITHDRAWN, DocumentState.SIGNED]
