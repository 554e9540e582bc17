"""The demo's letters: forty requests, some in every state, so that each page can be seen at once.

They went through the same actions as real ones; only the days on which they came are set back.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import change_draft, correct_document, mark_sent
from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind, DocumentState, Secrecy, Urgency
from pendopo.files.actions.keeping import keep_made
from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.actions.submission import book_meeting, submit_request
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.deadlines import answer_due
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.rules.requests import Channel
from pendopo.journal.models import SYSTEM
from pendopo.people.models import Account
from pendopo.schedule.rules import EventKind, Slot

People = dict[str, Account]
_GOVERNMENT, _COMMUNITY = "government", "community"


@dataclass(frozen=True)
class _Letter:
    """What somebody asks for: ``days`` from today, and how many days ago the letter came."""

    sender: str
    requester_class: str
    title: str
    people: int
    days: int
    came: int
    kind: EventKind = EventKind.MEETING


def _page(sender: str, number: str, title: str) -> bytes:
    """A letter as a scan shows it: one A4 page as PDF, 150 dots an inch."""
    page = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(page)
    head, text = ImageFont.load_default(44), ImageFont.load_default(30)
    pen.text((620, 130), sender.upper(), 20, head, anchor="mm")
    pen.line((130, 190, 1110, 190), 40, 4)
    lines = [
        f"Nomor     : {number}",
        "Lampiran : -",
        f"Hal           : Permohonan fasilitasi {title}"[:70],
        "",
        "Yth. Kepala Dinas Komunikasi dan Informatika",
        "di Tempat",
        "",
        "Dengan hormat,",
        "Sehubungan dengan akan dilaksanakannya kegiatan",
        f"“{title}”,"[:70],
        "kami mohon bantuan fasilitasi rapat daring.",
        "",
        "Demikian, atas perhatian Bapak/Ibu kami ucapkan terima kasih.",
        "",
        "Hormat kami,",
        sender,
    ]
    for place, line in enumerate(lines):
        pen.text((140, 260 + 62 * place), line, 30, text)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def _scan(letter: _Letter, number: str) -> StoredFile:
    content = _page(letter.sender, number, letter.title)
    return keep_made(content, "surat.pdf", "application/pdf", "letter", SYSTEM)


def _sent(letter: _Letter, nth: int, channel: Channel = Channel.WEB) -> ServiceRequest:
    """A request as its sender left it, some days ago."""
    now = clock.now()
    day = timezone.localdate(now) + timedelta(days=letter.days)
    starts = timezone.make_aware(datetime.combine(day, time(8 + nth % 7)))
    number = f"{nth:03}/{''.join(word[0] for word in letter.sender.split())[:5].upper()}/{day.year}"
    request = start_draft(channel)
    request.letter = _scan(letter, number)
    request.save(update_fields=["letter"])
    values = {
        "requester_class": letter.requester_class,
        "organisation_name": letter.sender,
        "contact_name": _CONTACTS[nth % len(_CONTACTS)],
        "contact_whatsapp": f"+62812000{nth:05}",
        "contact_email": f"pemohon{nth}@pendopo.test",
        "letter_number": number,
        "letter_date": timezone.localdate(now) - timedelta(days=letter.came + 1),
        "event_title": letter.title,
        "event_kind": letter.kind,
        "people": letter.people,
        "attendance": ("online", "mixed", "in_room")[nth % 3],
    }
    save_draft(request, values, [Slot(starts, starts + timedelta(hours=2 + nth % 2))])
    submit_request(request)
    if letter.came:
        _set_back(request, now - timedelta(days=letter.came))
    return request


def _set_back(request: ServiceRequest, came: datetime) -> None:
    due: date = answer_due(came, the_policy().answer_days)
    ServiceRequest.objects.filter(pk=request.pk).update(submitted_at=came, answer_due=due)
    request.submitted_at, request.answer_due = came, due


def _registered(request: ServiceRequest, people: People) -> None:
    came = timezone.localdate(request.submitted_at)
    nth = int((request.number or "0").rpartition("-")[2])
    entry = Registration(
        received_on=came,
        subject=f"Permohonan fasilitasi {request.event_title}"[:200],
        urgency=list(Urgency)[nth % 5 // 2],
        secrecy=Secrecy.RESTRICTED if nth % 13 == 0 else Secrecy.ORDINARY,
        letter_number=request.letter_number,
        letter_date=request.letter_date,
    )
    register_letter(request, entry, people["sekretariat"])


def _disposed(request: ServiceRequest, people: People) -> None:
    _registered(request, people)
    due = timezone.localdate(clock.now()) + timedelta(days=2)
    to_division = DispositionOrder({people["bidang"]: due}, ("Proses lebih lanjut",))
    dispose(request, to_division, people["kepala"])
    to_team = DispositionOrder(
        {people["koordinator"]: due},
        ("Koordinasikan dengan petugas",),
        "Mohon cek ruang.",
    )
    dispose(request, to_team, people["bidang"])


def _under_review(request: ServiceRequest, people: People) -> None:
    _disposed(request, people)
    decisions.start_review(request, people["koordinator"])


def _asked(request: ServiceRequest, people: People) -> None:
    _disposed(request, people)
    question = "Berapa titik yang ikut, dan apakah setiap titik sudah memiliki sambungan internet?"
    decisions.ask(request, question, people["koordinator"])


def _offered(request: ServiceRequest, people: People) -> None:
    _under_review(request, people)
    asked = request.slots.get()
    others = [
        Slot(asked.starts_at + timedelta(days=more), asked.ends_at + timedelta(days=more))
        for more in (1, 2)
    ]
    decisions.offer(request, others, "Ruang dan petugas sudah terpakai.", people["koordinator"])


def _approved(request: ServiceRequest, people: People) -> None:
    _under_review(request, people)
    decisions.approve(request, people["koordinator"])


def _rejected(request: ServiceRequest, people: People) -> None:
    _under_review(request, people)
    reason = "seluruh ruang dan petugas telah digunakan untuk kegiatan lain pada waktu tersebut"
    decisions.reject(request, [], reason, people["koordinator"])


def _cancelled(request: ServiceRequest, people: People) -> None:
    _registered(request, people)
    decisions.cancel(request, "Kegiatan ditunda panitia.", requester_of(request))


def _authorised(request: ServiceRequest, people: People) -> None:
    decisions.authorise(request, "Rapat tanggap darurat, surat menyusul.", people["kepala"])


Stage = Callable[[ServiceRequest, People], None]
_STAGES: list[tuple[Stage | None, int]] = [
    (None, 8),
    (_registered, 4),
    (_disposed, 6),
    (_under_review, 4),
    (_authorised, 1),
    (_asked, 3),
    (_offered, 3),
    (_approved, 5),
    (_rejected, 2),
    (_cancelled, 2),
]
_CONTACTS = ("Siti Aminah", "Joko Susilo", "Maria Goretti", "Ahmad Fauzi", "Ni Luh Sari")
_SENDERS = [
    ("PKK Kabupaten Karangjati", _COMMUNITY),
    ("Dinas Pendidikan dan Kebudayaan", _GOVERNMENT),
    ("Karang Taruna Desa Sumberagung", _COMMUNITY),
    ("Kecamatan Karangjati", _GOVERNMENT),
    ("Forum Relawan Kebencanaan Karangjati", _COMMUNITY),
    ("Sekretariat DPRD", _GOVERNMENT),
    ("Desa Margomulyo", _GOVERNMENT),
]
_TITLES = [
    ("Pelatihan kader posyandu", EventKind.TRAINING),
    ("Rapat koordinasi kepala sekolah", EventKind.MEETING),
    ("Webinar literasi keuangan keluarga", EventKind.WEBINAR),
    ("Musyawarah perencanaan pembangunan kecamatan", EventKind.MEETING),
    ("Dengar pendapat umum tentang jalan desa", EventKind.HEARING),
    ("Sosialisasi kesiapsiagaan banjir", EventKind.WEBINAR),
    ("Rapat paripurna pembahasan rancangan perda", EventKind.PLENARY),
    ("Bimbingan teknis operator desa", EventKind.TRAINING),
    ("Pelantikan pengurus", EventKind.INAUGURATION),
]


def _letters() -> list[_Letter]:
    """Thirty-eight letters, each sender with other events, near and far."""
    made = []
    for nth in range(sum(count for _, count in _STAGES)):
        sender, requester_class = _SENDERS[nth % len(_SENDERS)]
        title, kind = _TITLES[nth * 2 % len(_TITLES)]
        people = (25, 40, 150, 60, 300)[nth % 5]
        days, came = 4 + nth % 17, nth * 5 % 9
        made.append(_Letter(sender, requester_class, title, people, days, came, kind))
    return made


def sign_letters(head: Account, passphrase: str) -> None:
    """Some replies signed with a demo certificate of the head, one of them revoked and one
    corrected, so that checking a letter can be tried at once; outside of any transaction."""
    secret = Passphrase(passphrase)
    get_demo_certificate(head, secret)
    waiting = Document.objects.filter(signed_at=None, state=DocumentState.DRAFT).order_by("pk")
    approvals = list(waiting.filter(kind=DocumentKind.APPROVAL)[:3])
    signed = _signed([*approvals, *waiting.filter(kind=DocumentKind.REJECTION)[:1]], head, secret)
    wrong, void = signed[1:3]
    for document in signed:
        mark_sent(document, SYSTEM)
    correction = correct_document(wrong, head)
    words = {"body": f"{correction.body}\n\nSurat ini memperbaiki surat nomor {wrong.number}."}
    change_draft(correction, words, correction.revision, head)
    correction.refresh_from_db()
    for document in _signed([correction], head, secret):
        mark_sent(document, SYSTEM)
    revoke_document(void, "Diterbitkan dua kali; yang berlaku adalah surat lainnya.", head)


def _signed(letters: list[Document], head: Account, secret: Passphrase) -> list[Document]:
    outcomes = sign_documents(letters, head, secret)
    for outcome in outcomes:
        if outcome.refused:
            raise outcome.refused
        outcome.document.refresh_from_db()
    return [outcome.document for outcome in outcomes]


def write_letters(people: People) -> None:
    """Forty requests in every state, two of them booked by a unit; in the caller's transaction.

    ``people``: the demo's accounts by name.
    """
    letters = iter(enumerate(_letters(), 1))
    for stage, count in _STAGES:
        for nth, letter in (next(letters) for _ in range(count)):
            request = _sent(letter, nth)
            if stage is not None:
                stage(request, people)
    for days in (2, 6):
        day = timezone.localdate(clock.now()) + timedelta(days=days)
        starts = timezone.make_aware(datetime.combine(day, time(10)))
        booked = {"event_title": "Rapat guru mata pelajaran", "people": 30, "attendance": "online"}
        book_meeting(people["pemohon"], booked, Slot(starts, starts + timedelta(hours=2)))
