"""Who signs in the tests: a head of office, letters that wait, and what is kept of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from pendopo.documents.actions.credentials import get_demo_certificate, name_to_bsre
from pendopo.documents.actions.drafting import DraftOrder, draft_document
from pendopo.documents.actions.signing import sign_documents, verify_url
from pendopo.documents.drawing import letter_pdf
from pendopo.documents.models import Document, SigningPolicy
from pendopo.documents.rules import DocumentKind, Method, SignatureMark
from pendopo.foundation import clock
from pendopo.gateways.signing.keystore import Unlocked, lock
from pendopo.gateways.signing.local import LocalSigner
from pendopo.gateways.signing.port import Passphrase, SignatureOrder
from pendopo.gateways.signing.tests.real import real_certificate
from pendopo.gateways.signing.tests.servers import Bsre
from pendopo.office.actions.decisions import create_office
from pendopo.office.models import AgencyUnit, Position
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

SECRET = "sandi-tanda-tangan-2026"
VALUES = {
    "instansi_pemohon": "PKK", "nomor_surat": "1", "tanggal_surat": "1 November 2026",
    "hal_surat": "Permohonan", "nama_kegiatan": "Pelatihan kader", "alasan": "ruang penuh",
}  # fmt: skip


def head_of_an_office(tmp_path: Path, settings: Any) -> Account:
    """Files and secrets of the office lie in this folder; its head has nothing to sign with yet."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SECRETS_FOLDER = tmp_path / "secrets"
    create_office("Dinas Kominfo", "Pendopo", "system")
    unit = AgencyUnit.objects.create(name="Dinas Kominfo", slug="kominfo")
    account = create_account("kepala@t.example", "x", "Budi Santoso", [Duty.HEAD_OF_OFFICE])
    Position.objects.create(title="Kepala Dinas", unit=unit, account=account)
    return account


def with_demo_certificate(account: Account) -> Account:
    get_demo_certificate(account, Passphrase(SECRET))
    return account


def with_bsre(account: Account, bsre: Bsre, settings: Any) -> Account:
    """The office signs by this service, which knows the account by its NIK."""
    settings.BSRE_URL, settings.BSRE_USER, settings.BSRE_PASSWORD = (
        bsre.url, bsre.user, bsre.password,
    )  # fmt: skip
    SigningPolicy.objects.update_or_create(only=True, defaults={"method": Method.BSRE})
    name_to_bsre(account, bsre.nik)
    return account


def draft(head: Account, **changes: Any) -> Document:
    """A letter that waits for its signature."""
    values = VALUES | changes.pop("values", {})
    order = DraftOrder(
        DocumentKind.REJECTION, "intake.servicerequest:0", ("Yth. Ketua",), values, **changes
    )
    return draft_document(order, head)


def signed(head: Account, **changes: Any) -> Document:
    """A letter that its signatory signed just now."""
    document = draft(head, **changes)
    (outcome,) = sign_documents([document], head, Passphrase(SECRET))
    assert outcome.is_signed, outcome.refused
    document.refresh_from_db()
    return document


def desk_form(papers: Iterable[Document], passphrase: str = SECRET) -> dict[str, Any]:
    """What the signing desk sends when these were ticked, as they stood when it was opened."""
    found = list(papers)
    return {
        "papers": [str(each.pk) for each in found],
        "seen": [f"{each.pk}:{each.revision}" for each in found],
        "passphrase": passphrase,
    }


def exported(paper: Document) -> bytes:
    """A draft as it goes out to be signed elsewhere: with room for the signature, and its code."""
    room = SignatureMark(
        Method.SCAN,
        "Budi Santoso",
        "Kepala Dinas",
        clock.now(),
        verify_url(paper.code),
        is_demo=False,
    )
    return letter_pdf(paper, room)


def signed_elsewhere(
    paper: Document, certificate: tuple[Unlocked, x509.Certificate] | None = None
) -> bytes:
    """The exported letter, signed by a certificate of another authority."""
    unlocked, root = certificate or real_certificate()
    signer = LocalSigner(lock(unlocked, Passphrase(SECRET)), "", [root])
    order = SignatureOrder(
        passphrase=Passphrase(SECRET), signer_name="Budi Santoso", reason="", location="",
        readable_field="Tanda tangan",
    )  # fmt: skip
    return signer.sign(exported(paper), order)


def known_authority(root: x509.Certificate, tmp_path: Path, settings: Any) -> None:
    """The installation knows this authority."""
    settings.SIGNING_ROOTS = tmp_path / "akar.pem"
    settings.SIGNING_ROOTS.write_bytes(root.public_bytes(Encoding.PEM))


def content_of(document: Document) -> bytes:
    """The signed PDF as it is kept."""
    assert document.file is not None
    with document.file.content.open("rb") as kept:
        return bytes(kept.read())
