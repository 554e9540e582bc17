"""What is signed elsewhere is what stands here: a copy of an older draft is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from pendopo.documents.actions import signed_copies
from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document
from pendopo.documents.rules.signing import Copy, printed_version, refusal_of_copy
from pendopo.documents.tests.papers import a_draft, text_of
from pendopo.documents.tests.signers import (
    content_of,
    exported,
    head_of_an_office,
    signed_elsewhere,
)
from pendopo.files.models import StoredFile
from pendopo.foundation.errors import Refused
from pendopo.people.actions.accounts import create_account
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return head_of_an_office(tmp_path, settings)


@pytest.fixture
def clerk(head: Account) -> Account:
    return create_account("sekretariat@t.example", "x", "Sekretaris", [Duty.SECRETARIAT])


def changed(paper: Document, actor: Account) -> Document:
    change_draft(paper, {"body": "Kami menyetujui semuanya."}, paper.revision, actor)
    return paper


def on_the_page(account: Account, paper: Document, content: bytes, seen: int | str = "") -> Any:
    client = Client()
    client.force_login(account)
    copy = SimpleUploadedFile("surat.pdf", content)
    address = reverse("document-signed-copy", args=[paper.pk])
    return client.post(address, {"copy": copy, "seen": seen})


def by_program(account: Account, paper: Document, content: bytes, **given: Any) -> tuple[int, str]:
    token = issue_api_token(account, "uji", ["requests:write"], days=1)
    answer = Client().post(
        f"/api/v1/papers/{paper.code}/signed-copy",
        {"file": SimpleUploadedFile("surat.pdf", content), **given},
        headers={"Authorization": f"Bearer {token}"},
    )
    told = answer.json()
    return answer.status_code, told["state"] if answer.status_code == 200 else told["code"]


def test_the_signed_copy_of_an_older_draft_is_refused(head: Account, clerk: Account) -> None:
    paper = a_draft()
    older = signed_elsewhere(paper)
    changed(paper, clerk)
    page = on_the_page(clerk, paper, older, paper.revision)
    assert page.status_code == 422
    assert escape(Refused("copy_outdated", version=2).sentence) in page.content.decode()
    assert by_program(clerk, paper, older) == (409, "copy_outdated")
    # To say the newer version does not help: the paper itself says the older one.
    assert by_program(clerk, paper, older, revision=2) == (409, "copy_outdated")
    paper.refresh_from_db()
    assert (paper.state, paper.file) == ("draft", None)
    newer = signed_elsewhere(paper)
    assert by_program(clerk, paper, newer, revision=1) == (409, "copy_outdated")
    assert by_program(clerk, paper, newer) == (200, "signed")
    paper.refresh_from_db()
    assert content_of(paper) == newer


def test_an_older_draft_signed_by_hand_on_the_screen_is_refused_too(head: Account) -> None:
    """No electronic signature, but words that can be read, with the code and the version."""
    paper = a_draft()
    older = exported(paper)
    changed(paper, head)
    with pytest.raises(Refused) as refused:
        attach_signed_copy(paper, Brought(ContentFile(older, "a.pdf"), revision=2), head)
    assert refused.value.code == "copy_outdated"
    attach_signed_copy(paper, Brought(ContentFile(exported(paper), "a.pdf")), head)


def test_of_a_scan_the_version_is_asked_for(head: Account) -> None:
    paper = changed(a_draft(), head)
    scan = letter_pdf(paper, None)  # carries no code
    assert by_program(head, paper, scan) == (422, "copy_version_missing")
    assert by_program(head, paper, scan, revision=1) == (409, "copy_outdated")
    page = on_the_page(head, paper, scan)
    assert escape(Refused("copy_version_missing", version=2).sentence) in page.content.decode()
    assert on_the_page(head, paper, scan, 1).status_code == 422
    assert on_the_page(head, paper, scan, 2).status_code == 200
    paper.refresh_from_db()
    assert paper.state == "signed"


def test_a_draft_changed_while_its_copy_is_checked_is_not_signed(
    head: Account, clerk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = a_draft()
    real = signed_copies.check_copy

    def slow(content: bytes, document: Document) -> Any:
        checked = real(content, document)
        changed(Document.objects.get(pk=paper.pk), clerk)
        return checked

    monkeypatch.setattr(signed_copies, "check_copy", slow)
    copy = Brought(
        ContentFile(signed_elsewhere(paper), "surat.pdf"), "B/1", paper.created_at.date()
    )
    with pytest.raises(Refused) as refused:
        attach_signed_copy(paper, copy, clerk)
    assert (refused.value.code, refused.value.facts) == ("copy_outdated", {"version": 2})
    paper.refresh_from_db()
    assert (paper.state, paper.number, paper.file) == ("draft", "", None)
    assert not StoredFile.objects.exists()


def test_paper_and_page_say_which_version_it_is(head: Account) -> None:
    paper = changed(a_draft(), head)
    assert "Versi 2" in text_of(exported(paper))
    assert "belum ditandatangani · versi 2" in text_of(letter_pdf(paper, None))
    client = Client()
    client.force_login(head)
    page = client.get(reverse("document-signed-copy", args=[paper.pk])).content.decode()
    assert '<input type="hidden" name="seen" value="2"' in page
    token = issue_api_token(head, "uji", ["requests:read"], days=1)
    told = Client().get(
        f"/api/v1/papers/{paper.code}", headers={"Authorization": f"Bearer {token}"}
    )
    assert told.json()["revision"] == 2


def test_version_1_is_not_found_in_version_12() -> None:
    assert printed_version("kode", 1) not in f"https://x/v/{printed_version('kode', 12)}"


@pytest.mark.parametrize(
    ("copy", "has_code", "has_version", "vouched", "said", "code"),
    [
        (Copy.SIGNED, True, True, False, False, None),
        (Copy.UNKNOWN, True, True, False, False, None),
        (Copy.SIGNED, True, False, True, True, "copy_outdated"),
        (Copy.SIGNED, False, False, True, True, "copy_of_another"),
        (Copy.UNSIGNED, True, True, True, False, None),
        (Copy.UNSIGNED, True, False, True, True, "copy_outdated"),
        (Copy.UNSIGNED, False, False, True, True, None),
        (Copy.UNSIGNED, False, False, True, False, "copy_version_missing"),
        (Copy.UNSIGNED, False, False, False, True, "copy_unsigned"),
    ],
)
def test_what_a_copy_must_say(
    copy: Copy, has_code: bool, has_version: bool, vouched: bool, said: bool, code: str | None
) -> None:
    found = refusal_of_copy(
        copy, has_code=has_code, has_version=has_version, vouched=vouched, said_version=said
    )
    assert found == code
