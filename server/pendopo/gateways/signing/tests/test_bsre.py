"""BSrE's adapter against a server that behaves like BSrE, over real HTTP."""

import time
from collections.abc import Iterator

import pytest

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing.bsre import Box, BsreService, BsreSigner, service_answers
from pendopo.gateways.signing.checking import check
from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.port import Passphrase, SignatureOrder
from pendopo.gateways.signing.sealing import seal, unseal
from pendopo.gateways.signing.tests.papers import letter
from pendopo.gateways.signing.tests.servers import Bsre, bsre_server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bsre]:
    key = DemoAuthority(tmp_path_factory.mktemp("secrets")).issue("Penanda BSrE", "BSSN")
    with bsre_server(key) as bsre:
        yield bsre


@pytest.fixture
def bsre(running: Bsre) -> Bsre:
    running.expired = running.broken = False
    running.mood = ""
    running.asked.clear()
    return running


def _signer(bsre: Bsre, nik: str = "", box: Box | None = None) -> BsreSigner:
    return BsreSigner(BsreService(bsre.url, bsre.user, bsre.password), nik or bsre.nik, box)


def _order(bsre: Bsre, words: str = "") -> SignatureOrder:
    return SignatureOrder(Passphrase(words or bsre.passphrase), "Sari", "Menyetujui", "Slawi")


def test_bsre_signs_the_paper_invisibly_and_says_that_it_is_valid(bsre: Bsre) -> None:
    signed = _signer(bsre).sign(letter(), _order(bsre))
    assert check(signed).valid
    assert bsre.asked[0]["tampilan"] == "invisible"
    assert bsre.asked[0]["reason"] == "Menyetujui"
    verdict = _signer(bsre).verify(signed)
    assert verdict.valid
    assert verdict.signatures[0].trusted


def test_a_box_with_a_link_is_passed_on(bsre: Bsre) -> None:
    box = Box(1, 300, 80, 200, 60, "https://pendopo.example/v/abc")
    _signer(bsre, box=box).sign(letter(), _order(bsre))
    asked = bsre.asked[0]
    assert asked["tampilan"] == "visible"
    assert asked["linkQR"] == "https://pendopo.example/v/abc"
    assert (asked["page"], asked["xAxis"], asked["height"]) == ("1", "300", "60")


def test_each_error_of_bsre_is_a_refusal_of_ours(bsre: Bsre) -> None:
    with pytest.raises(Refused, match="passphrase_wrong"):
        _signer(bsre).sign(letter(), _order(bsre, "bukan itu, salah"))
    with pytest.raises(Refused, match="signer_unknown"):
        _signer(bsre, nik="3374010101700009").sign(letter(), _order(bsre))
    bsre.expired = True
    with pytest.raises(Refused, match="certificate_expired"):
        _signer(bsre).sign(letter(), _order(bsre))
    bsre.broken = True
    with pytest.raises(Refused, match="signer_unavailable"):
        _signer(bsre).sign(letter(), _order(bsre))
    with pytest.raises(Refused, match="signer_unavailable"):
        _signer(bsre).verify(letter())


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("revoked", "certificate_revoked"),
        ("unstarted", "paper_unsignable"),  # "elektronik" ends in "nik" and speaks of no NIK
        ("itext", "paper_unsignable"),
        ("inside", "signer_unavailable"),
        ("forbidden", "signer_refuses_office"),
        ("html", "signer_answer_wrong"),
        ("empty", "signer_answer_wrong"),
        ("json", "signer_answer_wrong"),
        ("huge", "signer_unavailable"),
        ("elsewhere", "signer_unavailable"),
    ],
)
def test_each_odd_answer_has_its_refusal(bsre: Bsre, mood: str, reason: str) -> None:
    bsre.mood = mood
    with pytest.raises(Refused) as refused:
        _signer(bsre).sign(letter(), _order(bsre))
    assert refused.value.code == reason
    assert len(bsre.asked) == 1  # and the passphrase followed no other address


@pytest.mark.parametrize("mood", ["slow", "drips"])
def test_a_slow_service_is_given_up(bsre: Bsre, mood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pendopo.gateways.signing.bsre.ANSWER_WITHIN", 1)
    bsre.mood = mood
    started = time.monotonic()
    with pytest.raises(Refused, match="signer_unavailable"):
        _signer(bsre).sign(letter(), _order(bsre))
    assert time.monotonic() - started < 5


def test_a_service_that_is_away_or_refuses_our_user_is_said(bsre: Bsre) -> None:
    stranger = BsreService(bsre.url, "lain", "salah")
    assert not service_answers(BsreService(bsre.url, bsre.user, bsre.password))
    assert service_answers(stranger) == "user"
    away = BsreService("http://127.0.0.1:9", "a", "b")
    assert service_answers(away) == "away"
    for service, reason in ((stranger, "signer_refuses_office"), (away, "signer_unavailable")):
        with pytest.raises(Refused, match=reason) as refused:
            BsreSigner(service, bsre.nik).sign(letter(), _order(bsre))
        # The library's errors carry the request, whose body holds the passphrase.
        assert refused.value.__cause__ is None


def test_a_changed_paper_is_told_from_a_valid_one(bsre: Bsre) -> None:
    signed = bytearray(_signer(bsre).sign(letter(), _order(bsre)))
    signed[300] ^= 1
    assert not _signer(bsre).verify(bytes(signed)).valid


def test_the_password_of_the_service_is_not_shown(bsre: Bsre) -> None:
    assert bsre.password not in repr(BsreService(bsre.url, bsre.user, bsre.password))


def test_what_is_sealed_opens_with_the_same_key_and_purpose_only() -> None:
    sealed = seal("3374010101700001", "kunci", "nik")
    assert b"3374" not in sealed
    assert unseal(sealed, "kunci", "nik") == "3374010101700001"
    for key, purpose in (("lain", "nik"), ("kunci", "lain")):
        with pytest.raises(ValueError, match="not sealed"):
            unseal(sealed, key, purpose)
