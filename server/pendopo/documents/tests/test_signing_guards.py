"""Nobody signs what they did not read, in a position they do not hold, or under another's name."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from pendopo.documents.actions.credentials import bring_certificate
from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document, SigningPolicy
from pendopo.documents.queries.signing import is_signer_of, waiting_for
from pendopo.documents.rules import Method, SigningForm
from pendopo.documents.rules.signing import may_sign, same_person
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    desk_form,
    draft,
    head_of_an_office,
    known_authority,
    signed,
    signed_elsewhere,
    with_demo_certificate,
)
from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.keystore import lock
from pendopo.gateways.signing.port import Passphrase
from pendopo.gateways.signing.tests.real import real_certificate
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/naskah/tanda-tangan/"


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return with_demo_certificate(head_of_an_office(tmp_path, settings))


@pytest.fixture
def clerk(head: Account) -> Account:
    """Drafts letters, signs none."""
    return create_account("sekretariat@t.example", "x", "Sekretaris", [Duty.SECRETARIAT])


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


# ---- what was read


def test_a_letter_changed_after_it_was_read_is_not_signed(head: Account, clerk: Account) -> None:
    paper, other = draft(head), draft(head)
    sent = desk_form([paper, other])
    change_draft(paper, {"body": "Kami menyetujui semuanya."}, paper.revision, clerk)
    page = as_(head).post(DESK, sent).content.decode()
    assert Refused("changed_before_signing").sentence in page
    paper.refresh_from_db()
    other.refresh_from_db()
    assert (paper.state, paper.number, other.state) == ("draft", "", "signed")
    # As it stands now, it can be signed.
    as_(head).post(DESK, desk_form([paper]))
    paper.refresh_from_db()
    assert paper.state == "signed"


def test_a_changed_letter_must_be_ticked_again_after_a_wrong_passphrase(
    head: Account, clerk: Account
) -> None:
    paper, other = draft(head), draft(head)
    sent = desk_form([paper, other], "bukan-sandi-yang-benar")
    change_draft(other, {"body": "Kami menyetujui semuanya."}, other.revision, clerk)
    # The oldest is tried first: its wrong passphrase ends the round.
    letters = as_(head).post(DESK, sent).context["letters"]
    assert {each["document"].pk: each["chosen"] for each in letters} == {
        paper.pk: True, other.pk: False,
    }  # fmt: skip


@pytest.mark.parametrize("seen", [[], ["x"], ["{pk}"], ["{pk}:"], ["{pk}:0"], ["{pk}:99"]])
def test_a_form_that_does_not_say_what_was_read_signs_nothing(
    head: Account, seen: list[str]
) -> None:
    paper = draft(head)
    sent = desk_form([paper]) | {"seen": [each.format(pk=paper.pk) for each in seen]}
    assert as_(head).post(DESK, sent).status_code == 409
    paper.refresh_from_db()
    assert paper.state == "draft"


# ---- in whose position


@pytest.mark.parametrize(
    ("form", "another_may"),
    [
        (SigningForm.HOLDER, False),
        (SigningForm.ON_BEHALF, True),
        (SigningForm.BY_ORDER, True),
        (SigningForm.ACTING, False),
        (SigningForm.DAILY_ACTING, False),
    ],
)
def test_who_acts_for_a_position_is_one_person_like_its_holder(
    head: Account, form: SigningForm, another_may: bool
) -> None:
    assert may_sign(has_duty=True, is_signatory=False, form=form) is another_may
    assert may_sign(has_duty=True, is_signatory=True, form=form)
    other = create_account("lain@t.example", "x", "Kepala Bidang", [Duty.HEAD_OF_OFFICE])
    paper = draft(head)
    Document.objects.filter(pk=paper.pk).update(signing_form=form)
    paper.refresh_from_db()
    assert is_signer_of(other, paper) is another_may
    assert waiting_for(other).filter(pk=paper.pk).exists() is another_may


# ---- under whose name


@pytest.mark.parametrize(
    ("name", "holder", "same"),
    [
        ("Budi Santoso", "BUDI SANTOSO", True),
        ("Dr. H. Budi Santoso, S.STP., M.Si.", "Budi Santoso", True),
        ("Budi Santoso, S.H.", "BUDI SANTOSO WIBOWO, S.H.", True),
        ("Suharto", "SUHARTO", True),
        ("Budi Santoso", "Siti Aminah", False),
        ("Budi Santoso", "Budi Wibowo", False),
        ("Budi Santoso", "", False),
        ("Dr.", "Dr.", False),
    ],
)
def test_a_certificate_names_its_holder(name: str, holder: str, same: bool) -> None:
    assert same_person(name, holder) is same


def brought(account: Account) -> None:
    unlocked, _root = real_certificate()
    upload: Any = ContentFile(lock(unlocked, Passphrase(SECRET)), "saya.p12")
    bring_certificate(account, upload, Passphrase(SECRET), Passphrase(SECRET))


def test_a_certificate_that_nobody_vouches_for_is_refused(
    head: Account, tmp_path: Path, settings: Any
) -> None:
    with pytest.raises(Refused) as refused:
        brought(head)
    assert code_of(refused) == "certificate_unknown"
    # Another authority's root of the same name does not help.
    _unlocked, root = real_certificate()
    known_authority(root, tmp_path, settings)
    with pytest.raises(Refused) as refused:
        brought(head)
    assert code_of(refused) == "certificate_unknown"


def test_a_self_made_certificate_is_refused_though_it_brings_its_own_root(
    head: Account, tmp_path: Path, settings: Any
) -> None:
    known_authority(real_certificate()[1], tmp_path, settings)
    unlocked, root = real_certificate()
    both = replace(unlocked, chain=(root,))
    upload: Any = ContentFile(lock(both, Passphrase(SECRET)), "saya.p12")
    with pytest.raises(Refused) as refused:
        bring_certificate(head, upload, Passphrase(SECRET), Passphrase(SECRET))
    assert code_of(refused) == "certificate_unknown"


def test_somebody_elses_certificate_is_refused(
    clerk: Account, tmp_path: Path, settings: Any
) -> None:
    unlocked, root = real_certificate()
    known_authority(root, tmp_path, settings)
    upload: Any = ContentFile(lock(unlocked, Passphrase(SECRET)), "budi.p12")
    with pytest.raises(Refused) as refused:
        bring_certificate(clerk, upload, Passphrase(SECRET), Passphrase(SECRET))
    assert code_of(refused) == "certificate_of_another"
    assert "Budi Santoso" in refused.value.sentence


# ---- signed elsewhere


def brought_back(paper: Document, content: bytes, actor: Account) -> Document:
    copy = Brought(ContentFile(content, "surat.pdf"), revision=paper.revision)
    attach_signed_copy(paper, copy, actor)
    paper.refresh_from_db()
    return paper


def proof(paper: Document) -> tuple[str, bool]:
    """What the API calls it, and whether the page calls it genuine."""
    told = Client().get(f"/api/v1/documents/{paper.code}").json()["proof"]
    return told, "Surat ini asli" in Client().get(f"/v/{paper.code}").content.decode()


def test_a_clerk_can_not_issue_an_unsigned_file_as_the_heads(head: Account, clerk: Account) -> None:
    paper = draft(head)
    with pytest.raises(Refused) as refused:
        brought_back(paper, letter_pdf(paper, None), clerk)
    assert code_of(refused) == "copy_unsigned"
    paper.refresh_from_db()
    assert (paper.state, paper.number) == ("draft", "")


def test_a_scan_is_never_called_genuine(head: Account, clerk: Account) -> None:
    paper = draft(head)
    assert proof(brought_back(paper, letter_pdf(paper, None), head)) == ("scan", False)
    SigningPolicy.objects.update_or_create(only=True, defaults={"method": Method.SCAN})
    paper = draft(head)
    assert proof(brought_back(paper, letter_pdf(paper, None), clerk)) == ("scan", False)


def test_another_letters_signed_pdf_is_refused(head: Account, clerk: Account) -> None:
    other, paper = signed(head), draft(head)
    with pytest.raises(Refused) as refused:
        brought_back(paper, content_of(other), clerk)
    assert code_of(refused) == "copy_of_another"


def test_a_copy_signed_by_an_authority_that_counts_is_genuine(
    head: Account, clerk: Account, tmp_path: Path, settings: Any
) -> None:
    paper, certificate = draft(head), real_certificate()
    known_authority(certificate[1], tmp_path, settings)
    content = signed_elsewhere(paper, certificate)
    assert proof(brought_back(paper, content, clerk)) == ("electronic", True)


def test_a_copy_signed_by_who_knows_whom_says_so(head: Account, clerk: Account) -> None:
    paper = draft(head)
    assert proof(brought_back(paper, signed_elsewhere(paper), clerk)) == ("unknown", False)
    assert "atas nama Budi Santoso" in Client().get(f"/v/{paper.code}").content.decode()
