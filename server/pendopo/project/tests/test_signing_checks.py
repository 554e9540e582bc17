"""What `pendopo check` finds of signing: signers, the timestamp server and BSrE, over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pendopo.documents.actions.credentials import bring_certificate, get_demo_certificate
from pendopo.documents.models import SigningPolicy
from pendopo.documents.tests.signers import (
    SECRET,
    head_of_an_office,
    known_authority,
    with_bsre,
    with_demo_certificate,
)
from pendopo.gateways.signing.demo_authority import DemoAuthority
from pendopo.gateways.signing.keystore import lock
from pendopo.gateways.signing.port import Passphrase
from pendopo.gateways.signing.tests.real import real_certificate
from pendopo.gateways.signing.tests.servers import Bsre, bsre_server, timestamp_server
from pendopo.people.actions.accounts import create_account, deactivate_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.project.checks.finding import Finding
from pendopo.project.checks.signing import Held, signers, signing
from pendopo.project.checks.signing import timestamp_server as stamps
from pendopo.project.deployment import Deployment, load

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LATER, SOON, PAST = (NOW + timedelta(days=days) for days in (300, 12, -1))


def _said(method: str, *held: Held, demo_office: bool = False) -> tuple[bool, str]:
    finding = signers(method, held, is_demo_office=demo_office, now=NOW)
    return finding.right, finding.text


@pytest.mark.parametrize(
    ("method", "held", "demo_office", "right", "words"),
    [
        ("local", [], False, True, "0 can sign: signers set it up at /akun/tanda-tangan/"),
        ("local", [Held("local", False, LATER)], False, True, "1 can sign, the first certificate"),
        ("local", [Held("local", True, LATER)], True, True, "on trial"),
        ("local", [Held("local", True, LATER)], False, False, "have no legal force: they upload"),
        (
            "local",
            [Held("local", False, LATER), Held("local", True, LATER)],
            False,
            False,
            "1 of 2 signers have a trial certificate",
        ),
        (
            "local",
            [Held("local", False, SOON)],
            False,
            False,
            "ends in 12 days, on 2026-12-06: its",
        ),
        ("local", [Held("local", False, PAST)], False, False, "has ended: its holder renews it"),
        ("local", [Held("local", True, PAST)], True, False, "has ended"),
        ("local", [Held("bsre", False, None)], False, True, "0 can sign"),
        ("bsre", [Held("local", True, PAST)], False, True, "BSrE, 0 can sign"),
        ("bsre", [Held("bsre", False, None)], False, True, "BSrE, 1 can sign"),
        ("scan", [Held("local", True, PAST)], False, True, "by hand, by scan"),
    ],
)
def test_who_signs_with_what(
    method: str, held: list[Held], demo_office: bool, right: bool, words: str
) -> None:
    found, text = _said(method, *held, demo_office=demo_office)
    assert found is right
    assert words in text
    assert right or text.endswith(".")


def test_the_timestamp_server_is_asked_for_a_stamp() -> None:
    assert stamps("").right
    with timestamp_server() as url:
        assert stamps(url) == Finding("timestamp server", f"{url} stamps")
    for away in ("http://127.0.0.1:9/tsa",):
        finding = stamps(away)
        assert not finding.right
        assert "no letter can be signed: correct it at /pengaturan/tanda-tangan" in finding.text
    with timestamp_server(status=500) as broken:
        assert not stamps(broken).right


@pytest.fixture
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    monkeypatch.setenv("PENDOPO_DATA", str(tmp_path))
    return load()


@pytest.fixture
def head(tmp_path: Path, settings: Any, db: None) -> Account:
    return head_of_an_office(tmp_path, settings)


def found(deployment: Deployment) -> dict[str, Finding]:
    connection.ensure_connection()
    return {each.subject: each for each in signing(deployment, connection.connection)}


def test_the_trial_authority_in_a_real_office_is_wrong_and_in_the_demo_it_is_not(
    head: Account, deployment: Deployment
) -> None:
    assert found(deployment)["signing"].right
    with_demo_certificate(head)
    wrong = found(deployment)["signing"]
    assert not wrong.right
    assert "1 of 1 signers have a trial certificate" in wrong.text
    assert "Budi" not in wrong.text
    assert head.email not in wrong.text
    create_account("kepala@pendopo.test", "x", "Demo", [Duty.HEAD_OF_OFFICE])
    assert found(deployment)["signing"].right


def test_only_who_may_sign_in_counts(head: Account, deployment: Deployment) -> None:
    other = create_account("lama@t.example", "x", "Lama", [Duty.DIVISION_HEAD])
    get_demo_certificate(other, Passphrase(SECRET))
    assert not found(deployment)["signing"].right
    deactivate_account(other, head)
    assert found(deployment)["signing"].right


def test_a_real_certificate_that_ends_soon_is_wrong(
    head: Account, deployment: Deployment, tmp_path: Path, settings: Any
) -> None:
    from django.core.files.base import ContentFile

    for days, right in ((200, True), (12, False)):
        unlocked, root = real_certificate(days)
        known_authority(root, tmp_path, settings)
        upload: Any = ContentFile(lock(unlocked, Passphrase(SECRET)), "saya.p12")
        bring_certificate(head, upload, Passphrase(SECRET), Passphrase(SECRET))
        assert found(deployment)["signing"].right is right


def test_a_timestamp_server_that_is_away_is_found(head: Account, deployment: Deployment) -> None:
    SigningPolicy.objects.update_or_create(
        only=True, defaults={"timestamp_url": "http://127.0.0.1:9/tsa"}
    )
    assert not found(deployment)["timestamp server"].right


@pytest.fixture(scope="module")
def bsre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bsre]:
    key = DemoAuthority(tmp_path_factory.mktemp("bsre")).issue("Budi Santoso", "BSSN")
    with bsre_server(key, SECRET) as running:
        yield running


@pytest.mark.parametrize(
    ("url", "password", "right", "words"),
    [
        ("", "", False, "it is not set up: set PENDOPO_BSRE_URL"),
        ("here", "right", True, "takes our user"),
        ("here", "salah", False, "refuses the user: correct PENDOPO_BSRE_USER"),
        ("http://127.0.0.1:9", "right", False, "does not answer: correct PENDOPO_BSRE_URL"),
    ],
)
def test_bsre_is_asked_whether_it_takes_us(
    head: Account,
    deployment: Deployment,
    bsre: Bsre,
    settings: Any,
    url: str,
    password: str,
    right: bool,
    words: str,
) -> None:
    with_bsre(head, bsre, settings)
    here = deployment.model_copy(
        update={
            "bsre_url": bsre.url if url == "here" else url,
            "bsre_user": bsre.user,
            "bsre_password": bsre.password if password == "right" else password,
        }
    )
    finding = found(here)["BSrE"]
    assert finding.right is right
    assert words in finding.text
    assert bsre.password not in finding.text
    assert "timestamp server" not in found(here)


def test_without_bsre_and_without_the_wish_for_it_nothing_is_wrong(
    head: Account, deployment: Deployment
) -> None:
    assert found(deployment)["BSrE"] == Finding("BSrE", "none, PENDOPO_BSRE_URL is not set")
