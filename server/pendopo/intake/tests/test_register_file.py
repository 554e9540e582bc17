"""The file for the national letter system, and the signed letter that comes back from there."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pendopo.documents.actions.credentials import demo_authority, get_demo_certificate
from pendopo.documents.models import Credential, Document
from pendopo.documents.rules import Secrecy
from pendopo.documents.tests.papers import text_of
from pendopo.documents.tests.signers import known_authority
from pendopo.gateways.signing.local import LocalSigner
from pendopo.gateways.signing.port import Passphrase, SignatureOrder
from pendopo.intake.actions import decisions
from pendopo.intake.actions.registration import receive_letter, register_letter
from pendopo.intake.models import IntakePolicy, ServiceRequest
from pendopo.intake.rules.register_file import LetterEntry
from pendopo.intake.rules.requests import Register
from pendopo.intake.tests.office import People, a_request, an_office, registration
from pendopo.journal.models import Entry
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db
SECRET = "sandi-tanda-tangan-2026"
FIELDS = {"file", "size", "sha256", *LetterEntry.__dataclass_fields__}


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT, settings.SECRETS_FOLDER = tmp_path / "files", tmp_path / "secrets"
    found = an_office()
    IntakePolicy.objects.create(register=Register.EXTERNAL)
    get_demo_certificate(found["head"], Passphrase(SECRET))
    return found


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def approved(people: People, **changes: object) -> ServiceRequest:
    """A request whose letter has come, with the national system's number, and is approved."""
    case = a_request(letter_number="005/12/PKK", letter_date=date(2026, 11, 20))
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "JPEG")
    receive_letter(case, [SimpleUploadedFile("surat.jpg", picture.getvalue())], people["secretary"])
    entry = registration(external_number="B/12/2026", **changes)
    register_letter(case, entry, people["secretary"])
    decisions.approve(case, people["head"])
    case.refresh_from_db()
    return case


def exported(case: ServiceRequest, account: Account) -> dict[str, bytes]:
    """Name → content of the file that the page hands out."""
    answer = as_(account).get(reverse("request-register-file", args=[case.number]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert f"surat-{case.number}.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_has_letters_data_and_checksums(people: People) -> None:
    case = approved(people)
    files = exported(case, people["secretary"])
    assert set(files) == {"surat-masuk.pdf", "surat-keluar-1.pdf", "metadata.json", "SHA256SUMS"}
    for line in files["SHA256SUMS"].decode().splitlines():
        checksum, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == checksum
    told = json.loads(files["metadata.json"])
    assert (told["format"], told["version"], told["request"]) == (
        "pendopo-letters",
        1,
        case.number,
    )
    came, goes = told["letters"]
    assert set(came) == set(goes) == FIELDS
    for each in (came, goes):
        content = files[each["file"]]
        assert content.startswith(b"%PDF-")
        assert (each["size"], each["sha256"]) == (
            len(content),
            hashlib.sha256(content).hexdigest(),
        )
    assert (came["direction"], came["number"], came["date"], came["agenda_number"]) == (
        "incoming",
        "005/12/PKK",
        "2026-11-20",
        "B/12/2026",
    )
    assert came["sender"] == goes["recipient"] == "PKK Desa Sukamaju"
    assert (goes["direction"], goes["kind"], goes["state"]) == ("outgoing", "approval", "draft")
    paper = text_of(files["surat-keluar-1.pdf"])
    assert "DRAF" not in paper
    assert "Pindai kode ini untuk memeriksa" in paper
    entry = Entry.objects.get(kind="request.exported")
    assert (entry.actor, entry.facts["count"]) == (f"people.account:{people['secretary'].pk}", 2)


def test_a_program_gets_the_same_file(people: People) -> None:
    case = approved(people)
    secret = issue_api_token(people["secretary"], "", ["requests:read"])
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().get(f"/api/v1/requests/{case.number}/letters.zip", headers=headers)
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert "metadata.json" in archive.namelist()


def test_a_letter_that_is_to_come_has_its_data_and_no_file(people: People) -> None:
    files = exported(a_request(), people["secretary"])
    assert set(files) == {"metadata.json", "SHA256SUMS"}
    (came,) = json.loads(files["metadata.json"])["letters"]
    assert (came["file"], came["sha256"], came["agenda_number"]) == (None, None, "")


def test_above_ordinary_secrecy_it_is_for_who_may_read_the_letter(people: People) -> None:
    case = approved(people, secrecy=Secrecy.SECRET)
    address = reverse("request-register-file", args=[case.number])
    assert as_(people["coordinator"]).get(address).status_code == 404
    assert as_(people["host"]).get(address).status_code == 403
    assert "surat-keluar-1.pdf" in exported(case, people["head"])
    assert "surat-keluar-1.pdf" in exported(case, people["secretary"])


def test_what_is_signed_elsewhere_comes_back_and_is_genuine(
    people: People, tmp_path: Path, settings: Any
) -> None:
    known_authority(demo_authority().root(), tmp_path, settings)
    case = approved(people)
    out = exported(case, people["secretary"])["surat-keluar-1.pdf"]
    key = Credential.objects.get(account=people["head"]).locked_key
    order = SignatureOrder(Passphrase(SECRET), "Budi Santoso")
    signed = LocalSigner(bytes(key)).sign(out, order)
    paper = Document.objects.get()
    upload = reverse("document-signed-copy", args=[paper.pk])
    given = {"number": "B/500/2026", "dated_on": "2026-11-24"}
    broken = signed.replace(b"/Type", b"/Tipe", 1)
    answer = as_(people["secretary"]).post(
        upload, {**given, "copy": SimpleUploadedFile("salah.pdf", broken)}
    )
    assert answer.status_code == 422
    assert Document.objects.get().state == "draft"
    answer = as_(people["secretary"]).post(
        upload, {**given, "copy": SimpleUploadedFile("surat.pdf", signed)}
    )
    assert answer.status_code == 200
    checked = answer.context["checked"]
    assert (checked.copy, checked.has_code) == ("signed", True)
    genuine = Client().get(f"/api/v1/documents/{paper.code}").json()
    assert (genuine["state"], genuine["number"], genuine["date"]) == (
        "genuine",
        "B/500/2026",
        "2026-11-24",
    )
    same = {"file": SimpleUploadedFile("surat.pdf", signed)}
    page = Client().post(f"/v/{paper.code}", same)
    assert page.context["compared"].upload == "same"
    again = exported(case, people["secretary"])
    (_came, goes) = json.loads(again["metadata.json"])["letters"]
    assert (goes["number"], goes["date"], goes["state"]) == ("B/500/2026", "2026-11-24", "signed")
    assert again["surat-keluar-1.pdf"] == signed
