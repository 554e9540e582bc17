"""From a letter to a signed reply, over HTTP, with a real mail server and a real signature."""

import io
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
import zxingcpp
from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from icalendar import Calendar
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pendopo.gateways.signing.demo_authority import DemoAuthority
from tests.plugins.accounts import AccountOffice

PASSPHRASE = "frasa-sandi-kepala-dinas"
REQUESTER = "siti@warga.test"
INBOX = f"Siti Aminah <{REQUESTER}>"


@pytest.fixture
def office(account_office: AccountOffice) -> AccountOffice:
    """The demo office, which sends mail also at night, and whose head has a demo certificate."""
    account_office.python(
        "from pendopo.notices.models import NoticePolicy\n"
        "from pendopo.documents.actions.credentials import get_demo_certificate\n"
        "from pendopo.gateways.signing.port import Passphrase\n"
        "from datetime import time\n"
        "NoticePolicy.objects.update_or_create(\n"
        "    only=True, defaults={'quiet_from': time(0), 'quiet_until': time(0)})\n"
        "head = Account.objects.get(email='kepala@pendopo.test')\n"
        f"get_demo_certificate(head, Passphrase({PASSPHRASE!r}))"
    )
    return account_office


def program(office: AccountOffice, name: str) -> httpx.Client:
    """What calls the API with a token of one of the demo's accounts."""
    told = office.command(
        "token", "create", "--account", f"{name}@pendopo.test", "--scope", "requests:write"
    )
    token = told.split()[-1]
    return httpx.Client(
        base_url=f"{office.base_url}/api/v1", headers={"Authorization": f"Bearer {token}"}
    )


def ask(client: httpx.Client, address: str, **body: Any) -> dict[str, Any]:
    answer = client.post(address, json=body)
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


def parts_of(mail: EmailMessage) -> dict[str, bytes]:
    """Media type → content."""
    return {
        part.get_content_type(): part.get_payload(decode=True) or b""  # type: ignore[misc]
        for part in mail.walk()
        if not part.is_multipart()
    }


def test_a_letter_becomes_a_signed_reply(office: AccountOffice, tmp_path: Path) -> None:
    public = httpx.Client(base_url=f"{office.base_url}/api/v1")
    starts = (datetime.now(UTC) + timedelta(days=15)).replace(minute=0, second=0, microsecond=0)
    sent = ask(public, "/requests", **_request(starts))
    number = sent["number"]
    assert sent["state"] == "submitted"
    assert number in office.mail.mail_to(INBOX)["Subject"]
    _send_letter(public, sent["tracking_code"])
    _decide(office, number)
    head = program(office, "kepala")
    paper_code = _sign(head, number)
    parts = parts_of(office.mail.mail_to(INBOX, 2))
    paper = parts["application/pdf"]
    _is_genuine(paper, _root_of(office), _another_root(tmp_path))
    assert _codes_on(paper) == [f"{office.base_url}/v/{paper_code}"]
    assert "Surat ini hanya contoh" in httpx.get(f"{office.base_url}/v/{paper_code}").text
    assert public.get(f"/documents/{paper_code}").json()["state"] == "genuine"
    assert public.get(f"/documents/{paper_code}/pdf").content == paper
    (entry,) = Calendar.from_ical(parts["text/calendar"]).walk("VEVENT")
    assert entry.decoded("DTSTART") == starts
    assert entry["SEQUENCE"] == 0
    assert "disetujui" in httpx.get(sent["tracking_url"]).text.lower()
    assert head.get("/news").json()["items"]


def _request(starts: datetime) -> dict[str, Any]:
    slot = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}
    return {
        "organisation_name": "PKK Desa Sukamaju",
        "contact_name": "Siti Aminah",
        "contact_whatsapp": "0812-3456-7890",
        "contact_email": REQUESTER,
        "letter_number": "005/PKK/2026",
        "event_title": "Pelatihan kader posyandu",
        "people": 40,
        "slots": [slot],
    }


def _send_letter(public: httpx.Client, code: str) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(photo, "JPEG")
    letter = public.post(
        f"/public/requests/{code}/letter",
        files={"files": ("surat.jpg", photo.getvalue(), "image/jpeg")},
    )
    assert letter.status_code == 200, letter.text


def _decide(office: AccountOffice, number: str) -> None:
    """Registered by the secretary, passed on by the head, approved by the coordinator."""
    secretary, head = program(office, "sekretariat"), program(office, "kepala")
    coordinator = program(office, "koordinator")
    registered = ask(secretary, f"/requests/{number}/register", subject="Permohonan fasilitasi")
    assert registered["agenda_number"]
    whom = office.python("print(Account.objects.get(email='koordinator@pendopo.test').pk)")
    ask(head, f"/requests/{number}/dispose", to=[{"account": whom}], instructions=["Proses"])
    approved = ask(coordinator, f"/requests/{number}/approve")
    assert approved["state"] == "approved"
    assert approved["event_id"]


def _sign(head: httpx.Client, number: str) -> str:
    """The code of the letter, signed at the second try of the passphrase and not twice."""
    address = f"/requests/{number}/sign"
    (paper,) = head.get(f"/requests/{number}/papers").json()
    letters = [{"code": paper["code"], "revision": paper["revision"]}]
    wrong = head.post(address, json={"passphrase": "bukan-frasa-yang-benar", "letters": letters})
    assert wrong.json()["code"] == "passphrase_wrong"
    (outcome,) = ask(head, address, passphrase=PASSPHRASE, letters=letters)["letters"]
    assert (outcome["code"], outcome["signed"]) == (paper["code"], True)
    assert outcome["number"]
    (again,) = ask(head, address, passphrase=PASSPHRASE, letters=letters)["letters"]
    assert again["refused"]["code"] == "document_signed_already"
    return str(outcome["code"])


def _root_of(office: AccountOffice) -> Certificate:
    """The authority that this installation made for itself, as it lies among its own secrets."""
    written = office.python(
        "from cryptography.hazmat.primitives.serialization import Encoding\n"
        "from pendopo.documents.actions.credentials import demo_authority\n"
        "print(demo_authority().root().public_bytes(Encoding.PEM).decode())"
    )
    _kind, _headers, content = pem.unarmor(written.strip().encode())
    return Certificate.load(content)


def _another_root(folder: Path) -> Certificate:
    """Made just now, with the name that every demo authority has."""
    made = DemoAuthority(folder).root()
    return Certificate.load(made.public_bytes(Encoding.DER))


def _is_genuine(paper: bytes, root: Certificate, stranger: Certificate) -> None:
    """pyHanko's own validator finds the signature whole, and trusted by who trusts this office's
    authority alone: not by who trusts another one of the same name."""
    (signature,) = PdfFileReader(io.BytesIO(paper)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.bottom_line
    assert stranger.subject == root.subject
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[stranger]))
    assert (status.intact, status.valid) == (True, True)
    assert not status.trusted
    assert not status.bottom_line


def _codes_on(paper: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(io.BytesIO(paper))
    return [
        found.text
        for page in pages
        for found in zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    ]
