"""What letters look like once they are signed, by pyHanko's own validator and on every page."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pendopo.documents.actions.credentials import bring_certificate, demo_authority
from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document, SigningPolicy
from pendopo.documents.rules.letters import DEMO_LINE
from pendopo.documents.tests.signers import (
    SECRET,
    content_of,
    draft,
    head_of_an_office,
    known_authority,
    signed,
    with_demo_certificate,
)
from pendopo.gateways.signing.keystore import lock
from pendopo.gateways.signing.local import _asn1
from pendopo.gateways.signing.port import Passphrase
from pendopo.gateways.signing.tests.real import real_certificate
from pendopo.gateways.signing.tests.servers import timestamp_server
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "\n\n".join(f"Alasan ke-{nth}: ruang penuh dan petugas tidak cukup." for nth in range(120))


@pytest.fixture
def head(tmp_path: Path, settings: Any) -> Account:
    return with_demo_certificate(head_of_an_office(tmp_path, settings))


def validated(content: bytes, *roots: Any) -> PdfSignatureStatus:
    """What pyHanko says of the one signature in it, for whom trusts these roots."""
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
    trust = ValidationContext(trust_roots=list(roots) or [_asn1(demo_authority().root())])
    return validate_pdf_signature(signature, trust)


def long_letter(head: Account) -> Document:
    """Signed, of several pages."""
    document = draft(head, attached_text="1. Daftar\n2. Lampiran")
    change_draft(document, {"body": LONG}, document.revision, head)
    (outcome,) = sign_documents([document], head, Passphrase(SECRET))
    assert outcome.is_signed, outcome.refused
    document.refresh_from_db()
    return document


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def test_pyhanko_finds_the_signature_valid_whole_and_certifying_up_to_our_root(
    head: Account,
) -> None:
    document = long_letter(head)
    status = validated(content_of(document))
    assert status.bottom_line
    assert (status.valid, status.intact, status.trusted) == (True, True, True)
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.md_algorithm == "sha256"
    assert status.timestamp_validity is None
    (signature,) = PdfFileReader(io.BytesIO(content_of(document))).embedded_regular_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Name"] == "Budi Santoso"
    assert document.number in signature.sig_object["/Reason"]
    # The whole way to the root lies in the file.
    assert {each.subject.native["common_name"] for each in signature.other_embedded_certs}
    assert not validated(content_of(document), _asn1(real_certificate()[1])).trusted


def test_a_timestamp_server_of_the_office_makes_it_pades_b_t(head: Account) -> None:
    with timestamp_server() as url:
        SigningPolicy.objects.update_or_create(only=True, defaults={"timestamp_url": url})
        document = signed(head)
    stamp = validated(content_of(document)).timestamp_validity
    assert stamp is not None
    assert stamp.valid
    assert stamp.intact
    assert document.signed_at is not None
    assert abs((stamp.timestamp - document.signed_at).total_seconds()) < 60
    assert document.signature.is_stamped


def test_a_timestamp_server_that_is_away_leaves_the_letter_to_be_signed(head: Account) -> None:
    SigningPolicy.objects.update_or_create(
        only=True, defaults={"timestamp_url": "http://127.0.0.1:9/tsa"}
    )
    document = draft(head)
    (outcome,) = sign_documents([document], head, Passphrase(SECRET))
    assert outcome.refused
    assert outcome.refused.code == "timestamp_unavailable"
    document.refresh_from_db()
    assert (document.state, document.number) == ("draft", "")


def test_a_signed_letter_says_of_itself_that_it_is_for_archive_and_screen_readers(
    head: Account,
) -> None:
    content = content_of(long_letter(head))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/OutputIntents" in pdf.Root
        assert "/Encrypt" not in pdf.trailer
        assert not _forbidden(pdf)
        assert str(pdf.Root.Lang).startswith("id")
        assert _fonts(pdf)
        assert all(map(_is_embedded, _fonts(pdf)))
        (field,) = pdf.Root.AcroForm.Fields
        assert all(float(value) < 0 for value in field.Rect)
        assert int(field.F) & 0b110 == 0b100  # printed and not hidden
        assert "/StructParent" not in field
        # A signature adds to the file and rewrites nothing: PDF/A-2 takes it only so.
        assert pdf.Root.AcroForm.SigFlags == 3
        assert not pdf.check_pdf_syntax()


def _forbidden(pdf: pikepdf.Pdf) -> list[str]:
    """Keys that PDF/A-2 does not allow, or that act when the file is opened."""
    names = ("/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/XFA", "/NeedAppearances")
    return [
        name
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
        for name in names
        if name in each.keys()  # noqa: SIM118  (pikepdf's objects are no plain mappings)
    ]


def _fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]


def _is_embedded(font: Any) -> bool:
    return any(name in font for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_every_page_of_a_demo_letter_and_its_public_page_say_that_it_is_a_trial(
    head: Account,
) -> None:
    document = long_letter(head)
    pages = pages_of(content_of(document))
    assert len(pages) >= 3
    assert all(DEMO_LINE in page for page in pages)
    answer = Client().get(f"/v/{document.code}").content.decode()
    assert "Surat ini hanya contoh" in answer
    assert "tidak mempunyai kekuatan hukum" in answer
    assert "Surat ini asli" not in answer
    assert "masih berlaku" not in answer
    assert Client().get(f"/api/v1/documents/{document.code}").json()["demo"] is True
    # Also in the certificate, for whoever looks at it in another program.
    (signature,) = PdfFileReader(io.BytesIO(content_of(document))).embedded_regular_signatures
    assert "CONTOH" in signature.signer_cert.subject.human_friendly


def test_a_letter_signed_with_a_real_certificate_says_nothing_of_a_trial(
    tmp_path: Path, settings: Any
) -> None:
    head = head_of_an_office(tmp_path, settings)
    unlocked, root = real_certificate()
    known_authority(root, tmp_path, settings)
    opens = Passphrase("kata sandi berkas")
    upload: Any = ContentFile(lock(unlocked, opens), "saya.p12")
    credential = bring_certificate(head, upload, opens, Passphrase(SECRET))
    assert not credential.is_demo
    document: Document = signed(head)
    content = content_of(document)
    assert not any(DEMO_LINE in page for page in pages_of(content))
    answer = Client().get(f"/v/{document.code}").content.decode()
    assert "contoh" not in answer.partition("<main")[2]
    assert "Surat ini asli" in answer
    assert Client().get(f"/api/v1/documents/{document.code}").json()["demo"] is False
    assert validated(content, _asn1(root)).bottom_line
