"""From a letter to a signed reply, over HTTP, with a real mail server and a real signature."""

import io
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pypdfium2
import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

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


def test_a_letter_becomes_a_signed_reply(office: AccountOffice) -> None:
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
    _is_genuine(paper)
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
    wrong = head.post(address, json={"passphrase": "bukan-frasa-yang-benar"})
    assert wrong.json()["code"] == "passphrase_wrong"
    (code,) = ask(head, address, passphrase=PASSPHRASE)["documents"]
    again = head.post(address, json={"passphrase": PASSPHRASE})
    assert again.json()["code"] == "reply_not_ready"
    return str(code)


def _is_genuine(paper: bytes) -> None:
    """pyHanko's own validator finds the signature whole; the demo authority is trusted by nobody,
    so its root is taken from the paper."""
    (signature,) = PdfFileReader(io.BytesIO(paper)).embedded_signatures
    roots = list(signature.other_embedded_certs)
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=roots))
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.bottom_line


def _codes_on(paper: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(io.BytesIO(paper))
    return [
        found.text
        for page in pages
        for found in zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    ]
