"""A program signs the letters that were read, and hears of each what became of it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.models import Document
from pendopo.documents.tests.papers import a_draft
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.local import LocalSigner
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.models import ServiceRequest
from pendopo.intake.tests.office import People, an_office, registered
from pendopo.journal.models import subject_of
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "sandi-tanda-tangan-2026"


@pytest.fixture
def people(tmp_path: Path, settings: Any) -> People:
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = tmp_path / "files", tmp_path / "secrets"
    found = an_office()
    get_demo_certificate(found["head"], Passphrase(SECRET))
    return found


@pytest.fixture
def case(people: People) -> ServiceRequest:
    return registered(people)


def drafts(case: ServiceRequest, number: int) -> list[Document]:
    return [a_draft(about=subject_of(case)) for _ in range(number)]


def read(account: Account, path: str) -> Any:
    token = issue_api_token(account, "uji", ["requests:read"], days=1)
    headers = {"Authorization": f"Bearer {token}"}
    return Client().get(f"/api/v1{path}", headers=headers).json()


def named(*papers: Document) -> list[dict[str, Any]]:
    return [{"code": each.code, "revision": each.revision} for each in papers]


def sign(account: Account, case: ServiceRequest, letters: Any, secret: str = SECRET) -> Any:
    token = issue_api_token(account, "uji", ["requests:write"], days=1)
    return Client().post(
        f"/api/v1/requests/{case.number}/sign",
        {"passphrase": secret, "letters": letters},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def told(answer: Any) -> list[str]:
    """Of each letter its number, or why it has none."""
    assert answer.status_code == 200, answer.content
    for each in answer.json()["letters"]:
        assert each["signed"] is (each["refused"] is None) is bool(each["number"])
    return [
        each["refused"]["code"] if each["refused"] else each["number"]
        for each in answer.json()["letters"]
    ]


def test_a_program_learns_code_and_revision_of_a_requests_letters(
    people: People, case: ServiceRequest
) -> None:
    paper, other = drafts(case, 2)
    a_draft()  # about another request
    change_draft(other, {"subject": "Hal yang baru"}, other.revision, people["head"])
    rows = read(people["head"], f"/requests/{case.number}/papers")
    assert [(row["code"], row["revision"]) for row in rows] == [(paper.code, 1), (other.code, 2)]
    listed = {row["code"]: row["revision"] for row in read(people["head"], "/papers")["items"]}
    assert (listed[paper.code], listed[other.code]) == (1, 2)


def test_what_is_refused_leaves_the_others_signed_and_both_are_told(
    people: People, case: ServiceRequest
) -> None:
    first, stale, others, last = papers = drafts(case, 4)
    elsewhere = a_draft()
    Document.objects.filter(pk=others.pk).update(signatory=people["coordinator"])
    letters = named(*papers, elsewhere)
    change_draft(stale, {"body": "Kami menyetujui semuanya."}, stale.revision, people["secretary"])
    answer = sign(people["head"], case, [*letters, {"code": "bcd-fghj-kmn", "revision": 1}])
    for paper in (*papers, elsewhere):
        paper.refresh_from_db()
    assert told(answer) == [
        first.number, "changed_before_signing", "not_its_signatory", last.number,
        "document_not_found", "document_not_found",
    ]  # fmt: skip
    assert [each["code"] for each in answer.json()["letters"]] == [
        *[each["code"] for each in letters], "bcd-fghj-kmn",
    ]  # fmt: skip
    why = answer.json()["letters"][1]["refused"]["detail"]
    assert why == Refused("changed_before_signing").sentence
    assert [each.state for each in papers] == ["signed", "draft", "draft", "signed"]
    assert elsewhere.state == "draft"
    # Read again, it is signed; what is signed already is told so, and keeps its number.
    assert told(sign(people["head"], case, named(first, stale)))[0] == "document_signed_already"
    stale.refresh_from_db()
    assert stale.state == "signed"


def test_letters_are_signed_in_the_order_in_which_they_were_named(
    people: People, case: ServiceRequest
) -> None:
    older, newer = drafts(case, 2)
    told(sign(people["head"], case, named(newer, older)))
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (newer.running_number, older.running_number) == (1, 2)


def test_what_breaks_off_on_the_way_hides_no_letter_that_is_signed(
    people: People, case: ServiceRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, real, tries = drafts(case, 3), LocalSigner.sign, iter([True, False])

    def sign_once(self: LocalSigner, *given: Any) -> bytes:
        if not next(tries):
            raise Refused("timestamp_unavailable")
        return real(self, *given)

    monkeypatch.setattr(LocalSigner, "sign", sign_once)
    answer = sign(people["head"], case, named(*papers))
    papers[0].refresh_from_db()
    assert papers[0].number
    assert told(answer) == [papers[0].number, "timestamp_unavailable", "timestamp_unavailable"]


def test_what_stops_all_before_any_is_a_problem(people: People, case: ServiceRequest) -> None:
    stale, paper = drafts(case, 2)
    letters = named(stale, paper)
    change_draft(stale, {"subject": "Hal yang baru"}, stale.revision, people["head"])
    answer = sign(people["head"], case, letters, "bukan-sandi-yang-benar")
    assert (answer.status_code, answer.json()["code"]) == (422, "passphrase_wrong")
    paper.refresh_from_db()
    assert paper.state == "draft"
    # Without a letter to try it on, no passphrase is tried.
    for _ in range(6):
        assert told(sign(people["head"], case, letters[:1], "x")) == ["changed_before_signing"]
    assert told(sign(people["head"], case, letters[1:]))


@pytest.mark.parametrize("letters", [None, [{"code": "x"}], "twice", "many"])
def test_a_call_that_does_not_say_what_was_read_signs_nothing(
    people: People, case: ServiceRequest, letters: Any
) -> None:
    (paper,) = drafts(case, 1)
    if letters == "twice":
        letters = [*named(paper), {"code": paper.code, "revision": 2}]
    if letters == "many":
        letters = [*named(paper), *[{"code": f"x{nth}", "revision": 1} for nth in range(30)]]
    answer = sign(people["head"], case, letters)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    paper.refresh_from_db()
    assert paper.state == "draft"


def test_without_letters_all_that_wait_for_the_account_are_signed(
    people: People, case: ServiceRequest
) -> None:
    mine, others, newer = drafts(case, 3)
    a_draft()  # about another request
    Document.objects.filter(pk=others.pk).update(signatory=people["coordinator"])
    change_draft(newer, {"subject": "Hal yang baru"}, newer.revision, people["head"])
    answer = sign(people["head"], case, [])
    assert len(told(answer)) == 2
    assert answer.json()["documents"] == [mine.code, newer.code]
    signed = Document.objects.filter(state="signed")
    assert set(signed.values_list("pk", flat=True)) == {mine.pk, newer.pk}
    again = sign(people["head"], case, [])
    assert (again.status_code, again.json()["code"]) == (403, "not_its_signatory")
    Document.objects.filter(pk=others.pk).update(state="withdrawn")
    none = sign(people["head"], case, [])
    assert (none.status_code, none.json()["code"]) == (409, "reply_not_ready")


def test_a_secret_letter_is_found_by_no_code(people: People, case: ServiceRequest) -> None:
    (paper,) = drafts(case, 1)
    Document.objects.update(secrecy="secret", signatory=people["coordinator"])
    assert told(sign(people["head"], case, named(paper))) == ["document_not_found"]
    assert read(people["head"], f"/requests/{case.number}/papers") == []


def test_who_has_not_the_duty_signs_nothing(people: People, case: ServiceRequest) -> None:
    answer = sign(people["secretary"], case, named(*drafts(case, 1)))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
