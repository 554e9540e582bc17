"""A local signature: made, checked by pyHanko's own validator, and broken."""

import io
import pickle
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.demo_authority import FILE, MARK, DemoAuthority
from pendopo.gateways.signing.keystore import Unlocked, certified, lock, unlock
from pendopo.gateways.signing.local import LocalSigner, _asn1, timestamp_server_answers
from pendopo.gateways.signing.port import Passphrase, SignatureOrder
from pendopo.gateways.signing.scan import ScanSigner
from pendopo.gateways.signing.tests.papers import letter
from pendopo.gateways.signing.tests.servers import timestamp_server

WORDS = "sandi yang panjang"
PASSPHRASE = Passphrase(WORDS)
ORDER = SignatureOrder(PASSPHRASE, "Ir. Sari Wulandari", "Menyetujui", "Slawi")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    return DemoAuthority(tmp_path_factory.mktemp("secrets"))


@pytest.fixture(scope="module")
def key(authority: DemoAuthority) -> Unlocked:
    return authority.issue("Ir. Sari Wulandari", "Diskominfo")


@pytest.fixture(scope="module")
def locked(key: Unlocked) -> bytes:
    return lock(key, PASSPHRASE)


@pytest.fixture(scope="module")
def signed(locked: bytes) -> bytes:
    return LocalSigner(locked).sign(letter(), ORDER)


def test_pyhanko_validates_our_signature_to_the_root(
    signed: bytes, authority: DemoAuthority
) -> None:
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[_asn1(authority.root())])
    )
    assert status.bottom_line
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "Menyetujui"
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert status.timestamp_validity is None


def test_the_check_finds_it_whole_and_trusted_and_says_that_no_server_stamped_it(
    signed: bytes, authority: DemoAuthority, key: Unlocked
) -> None:
    verdict = check(signed, [authority.root()])
    (found,) = verdict.signatures
    assert verdict.valid
    assert found.trusted
    assert not found.stamped
    assert found.at
    assert found.fingerprint == certified(key.certificate).fingerprint
    assert not check(signed).signatures[0].trusted


def test_a_timestamp_server_stamps_it(locked: bytes) -> None:
    with timestamp_server() as url:
        assert timestamp_server_answers(url)
        stamped = LocalSigner(locked, url).sign(letter(), ORDER)
    (found,) = check(stamped).signatures
    assert found.stamped
    assert found.intact
    assert found.whole


def test_nothing_is_signed_when_the_timestamp_server_is_away(locked: bytes) -> None:
    with timestamp_server(status=500) as url:
        assert not timestamp_server_answers(url)
        with pytest.raises(Refused, match="timestamp_unavailable"):
            LocalSigner(locked, url).sign(letter(), ORDER)
    with pytest.raises(Refused, match="timestamp_unavailable"):
        LocalSigner(locked, "http://127.0.0.1:9/tsa").sign(letter(), ORDER)


def test_the_paper_before_the_signature_stays_byte_for_byte_and_tagged() -> None:
    before = letter()
    after = LocalSigner(lock(_issued(), PASSPHRASE)).sign(before, ORDER)
    assert after.startswith(before)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("id")
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        (widget,) = (each for each in pdf.pages[0].Annots if each.Subtype == "/Widget")
        # PDF/A wants it printed and not hidden; PDF/UA wants it tagged or outside of the page.
        assert int(widget.F) & 0b100
        assert not int(widget.F) & 0b10
        assert all(float(value) < 0 for value in widget.Rect)


def _issued() -> Unlocked:
    from tempfile import mkdtemp

    return DemoAuthority(Path(mkdtemp())).issue("Sari", "Dinas")


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9])
def test_a_changed_byte_is_found(signed: bytes, place: float) -> None:
    broken = bytearray(signed)
    broken[int(len(letter()) * place)] ^= 1
    assert not check(bytes(broken)).valid


def test_what_is_added_after_the_signature_is_found(signed: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(out)
    assert not check(out.getvalue()).valid
    assert not check(signed + b"\n%% tambahan\n").valid


def test_a_signed_paper_is_not_signed_again(signed: bytes, locked: bytes) -> None:
    with pytest.raises(Refused, match="paper_unsignable"):
        LocalSigner(locked).sign(signed, ORDER)


@pytest.mark.parametrize("file", [b"", b"bukan PDF", b"%PDF-1.7\nrusak", b"%PDF-1.7" + b"x" * 500])
def test_what_is_no_pdf_is_refused_and_never_valid(file: bytes, locked: bytes) -> None:
    assert not check(file).valid
    with pytest.raises(Refused, match="paper_unsignable"):
        LocalSigner(locked).sign(file, ORDER)


def test_an_unsigned_pdf_has_no_signature() -> None:
    verdict = check(letter())
    assert verdict.readable
    assert not verdict.valid


def test_only_the_passphrase_opens_the_key(locked: bytes) -> None:
    assert unlock(locked, Passphrase(WORDS)).certificate.serial_number
    for wrong in ("", "sandi yang panjan", WORDS + " "):
        with pytest.raises(Refused, match="passphrase_wrong") as refused:
            LocalSigner(locked).sign(letter(), SignatureOrder(Passphrase(wrong), "Sari"))
        assert not wrong or wrong not in repr(refused.value.facts)


def test_another_passphrase_does_not_ride_on_an_opened_key(locked: bytes) -> None:
    signer = LocalSigner(locked)
    signer.sign(letter(), ORDER)
    with pytest.raises(Refused, match="passphrase_wrong"):
        signer.sign(letter(), SignatureOrder(Passphrase("salah sama sekali"), "Sari"))


@pytest.mark.parametrize("file", [b"", b"0", b"\x30\x03abc", b"\x30" * 70_000])
def test_what_is_no_keystore_is_refused(file: bytes) -> None:
    with pytest.raises(Refused, match="keystore_unreadable"):
        unlock(file, PASSPHRASE)


def test_a_passphrase_shows_and_pickles_nothing() -> None:
    assert WORDS not in repr(PASSPHRASE) + str(PASSPHRASE) + repr(ORDER) + f"{ORDER}"
    with pytest.raises(TypeError):
        pickle.dumps(ORDER)


def test_a_demo_certificate_says_so_in_every_name(key: Unlocked, authority: DemoAuthority) -> None:
    shown = certified(key.certificate)
    assert shown.holder.startswith(MARK)
    assert "CONTOH" in shown.issuer
    assert authority.knows(key.certificate)
    assert not DemoAuthority(Path("/nowhere")).knows(key.certificate)


def test_the_root_is_made_once_and_lies_where_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = DemoAuthority(folder).root()
    assert DemoAuthority(folder).root() == first
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_scan_is_not_signed_by_us_and_has_no_signature() -> None:
    with pytest.raises(Refused, match="signed_by_hand"):
        ScanSigner().sign(letter(), ORDER)
    assert not ScanSigner().verify(letter()).signatures


def test_words_are_found_in_the_text_of_a_paper(signed: bytes) -> None:
    assert check(signed, words="Permohonan Saudara kami setujui").has_words
    assert not check(signed, words="bcd-fghj-kmn").has_words
