"""Letters signed by BSrE: the whole action against a server like it, over real HTTP."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Credential, Document, PaperSignature
from pendopo.documents.rules import DocumentState, Method
from pendopo.documents.tests.papers import text_of
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    desk_form,
    draft,
    head_of_an_office,
    signed,
    with_bsre,
)
from pendopo.files.models import StoredFile
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.port import Passphrase
from pendopo.gateways.signing.tests.servers import Bsre, bsre_server, timestamp_server
from pendopo.journal.models import Entry
from pendopo.office.models import NumberSeries
from pendopo.people.models import Account

DESK = "/naskah/tanda-tangan/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bsre]:
    key = DemoAuthority(tmp_path_factory.mktemp("bsre")).issue("Budi Santoso", "BSSN")
    with bsre_server(key, SECRET) as bsre:
        yield bsre


@pytest.fixture
def bsre(running: Bsre, monkeypatch: pytest.MonkeyPatch) -> Bsre:
    monkeypatch.setattr("pendopo.gateways.signing.bsre.ANSWER_WITHIN", 3)
    running.expired = running.broken = False
    running.mood = running.stamps_at = ""
    running.asked.clear()
    return running


@pytest.fixture
def head(tmp_path: Path, settings: Any, bsre: Bsre) -> Account:
    return with_bsre(head_of_an_office(tmp_path, settings), bsre, settings)


def tries(head: Account) -> int:
    return Credential.objects.get(account=head, kind=Method.BSRE).tries


def nothing_happened(paper: Document) -> bool:
    """The letter waits as it did: no number, no file, no word of a signature."""
    now = Document.objects.get(pk=paper.pk)
    return (
        (now.state, now.number, now.file, now.signed_at) == (DocumentState.DRAFT, "", None, None)
        and not PaperSignature.objects.exists()
        and not StoredFile.objects.exists()
        and not NumberSeries.objects.filter(name="letters").exists()
        and not Entry.objects.filter(kind="document.signed").exists()
    )


def test_a_letter_is_signed_by_bsre_numbered_and_kept(head: Account, bsre: Bsre) -> None:
    paper = signed(head)
    content = content_of(paper)
    verdict = check(content, words=paper.code)
    assert verdict.valid
    assert verdict.has_words
    assert (paper.state, paper.method) == (DocumentState.SIGNED, Method.BSRE)
    assert paper.running_number == 1
    assert paper.number in text_of(content)
    assert paper.signature.fingerprint == verdict.signatures[0].fingerprint
    assert not paper.signature.is_demo


def test_bsre_is_asked_once_with_the_identifiers_it_wants(head: Account, bsre: Bsre) -> None:
    paper = signed(head)
    assert bsre.asked == [
        {
            "nik": bsre.nik,
            "passphrase": SECRET,
            "reason": f"Ditandatangani untuk {paper.number}",
            "location": paper.place,
            "tampilan": "invisible",
        }
    ]


def test_the_paper_names_bsre_and_is_still_for_archive_and_screen_readers(head: Account) -> None:
    paper = signed(head)
    content = content_of(paper)
    assert "BSrE" in text_of(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfaid:part"] == "2"


@pytest.mark.parametrize("stamps", [False, True])
def test_whether_a_server_stamped_the_time_is_what_bsre_sent(
    head: Account, bsre: Bsre, stamps: bool
) -> None:
    with timestamp_server() as url:
        bsre.stamps_at = url if stamps else ""
        paper = signed(head)
    assert paper.signature.is_stamped is stamps


def test_a_wrong_passphrase_signs_nothing_and_is_counted(head: Account) -> None:
    paper = draft(head)
    for count in (1, 2):
        (outcome,) = sign_documents([paper], head, Passphrase("bukan-yang-benar"))
        assert outcome.refused
        assert outcome.refused.code == "passphrase_wrong"
        assert tries(head) == count
        assert nothing_happened(paper)
    (outcome,) = sign_documents([paper], head, Passphrase(SECRET))
    assert outcome.is_signed
    assert outcome.document.running_number == 1
    assert tries(head) == 0


def test_bsre_is_not_asked_after_five_wrong_ones(head: Account, bsre: Bsre) -> None:
    paper = draft(head)
    for _ in range(5):
        sign_documents([paper], head, Passphrase("bukan-yang-benar"))
    with pytest.raises(Refused, match="too_many_passphrases"):
        sign_documents([paper], head, Passphrase(SECRET))
    assert len(bsre.asked) == 5


_ODD = [
    ("revoked", "certificate_revoked"),
    ("itext", "paper_unsignable"),
    ("inside", "signer_unavailable"),
    ("forbidden", "signer_refuses_office"),
    ("slow", "signer_unavailable"),
    ("drips", "signer_unavailable"),
    ("huge", "signer_unavailable"),
    ("html", "signer_answer_wrong"),
    ("empty", "signer_answer_wrong"),
    ("rest", "signer_answer_wrong"),
    ("unsigned", "signer_answer_wrong"),
    ("other", "signer_answer_wrong"),
    ("changed", "signer_answer_wrong"),
]


@pytest.mark.parametrize(("mood", "reason"), _ODD)
def test_what_goes_wrong_there_leaves_nothing_half_and_a_retry_works(
    head: Account, bsre: Bsre, mood: str, reason: str
) -> None:
    paper, client = draft(head), Client()
    client.force_login(head)
    bsre.mood = mood
    answer = client.post(DESK, desk_form([paper]))
    assert answer.status_code == Refused(reason).status
    assert answer.context["form"].non_field_errors() == [Refused(reason).sentence]
    assert nothing_happened(paper)
    assert tries(head) == 0  # no fault of the passphrase
    bsre.mood = ""
    again = client.post(DESK, desk_form([paper]))
    assert [each.is_signed for each in again.context["outcomes"]] == [True]
    paper.refresh_from_db()
    assert paper.running_number == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("expired", True, "certificate_expired"),
        ("broken", True, "signer_unavailable"),
        ("nik", "3374010101700009", "signer_unknown"),
        ("password", "diganti", "signer_refuses_office"),
    ],
)
def test_an_expired_certificate_and_an_unknown_signer_are_said(
    head: Account, bsre: Bsre, field: str, value: Any, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bsre, field, value)
    paper = draft(head)
    (outcome,) = sign_documents([paper], head, Passphrase(SECRET))
    assert outcome.refused
    assert outcome.refused.code == reason
    assert nothing_happened(paper)


def test_a_service_that_is_away_ends_the_round_and_the_rest_is_said_not_to_be_signed(
    head: Account, settings: Any
) -> None:
    settings.BSRE_URL = "http://127.0.0.1:9"
    papers = [draft(head), draft(head)]
    outcomes = sign_documents(papers, head, Passphrase(SECRET))
    assert [each.refused.code for each in outcomes if each.refused] == ["signer_unavailable"] * 2
    assert all(map(nothing_happened, papers))


def test_without_a_service_or_with_a_new_key_of_ours_it_is_said_what_to_do(
    head: Account, settings: Any, bsre: Bsre
) -> None:
    paper = draft(head)
    settings.SECRET_KEY = "kunci-baru"
    with pytest.raises(Refused, match="credential_unreadable"):
        sign_documents([paper], head, Passphrase(SECRET))
    settings.BSRE_URL = ""
    with pytest.raises(Refused, match="signer_unavailable"):
        sign_documents([paper], head, Passphrase(SECRET))
    assert not bsre.asked


def test_the_nik_is_kept_sealed_and_shown_nowhere(head: Account, bsre: Bsre) -> None:
    paper, client = signed(head), Client()
    client.force_login(head)
    sealed = bytes(Credential.objects.get(account=head).sealed_nik)
    assert bsre.nik.encode() not in sealed + content_of(paper)
    for address in ("/akun/tanda-tangan/", "/akun/tanda-tangan/nik/", f"/v/{paper.code}", DESK):
        assert bsre.nik not in client.get(address, follow=True).content.decode()
