"""A request that went the whole way with a name in every corner; in the end nothing knows it."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from PIL import Image

from pendopo.documents.actions.credentials import get_demo_certificate
from pendopo.documents.actions.drafting import change_draft
from pendopo.documents.actions.signing import sign_documents
from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.gateways.signing.port import Passphrase
from pendopo.intake.actions import decisions, organisers, preparation
from pendopo.intake.actions.closing import close_idle_requests
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.drafts import attach_letter, save_draft, start_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.actions.retention import erase_due_requests
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.models import Disposition, ServiceRequest
from pendopo.intake.queries.privacy import ended_at
from pendopo.intake.rules.preparation import Section
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import People, a_request, a_slot, an_office, registration, values
from pendopo.journal.models import Entry, subject_of
from pendopo.journal.registry import reactions_to
from pendopo.notices.models import Notice

pytestmark = pytest.mark.django_db
NAME, PHONE, MAIL = "Rengganis Wulandari", "81200077001", "rengganis@desa.example"
# Records of the office, which the database lets nobody change (docs/features/personal-data.md).
SIGNED = {
    "documents_document.addressee",
    "documents_document.body",
    "documents_document.subject",
    "documents_document.attached_text",
    "documents_document.copies",
}


@pytest.fixture
def people() -> People:
    return an_office()


def react() -> None:
    """What the worker would do with all that was recorded, once."""
    for entry in list(Entry.objects.order_by("pk")):
        for reaction in reactions_to(entry.kind):
            if reaction.handler.__module__.startswith("pendopo.intake"):
                reaction.handler(entry)


def photo(name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 90), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def sent(**changes: object) -> ServiceRequest:
    case = start_draft()
    given = values(
        contact_name=NAME,
        contact_whatsapp=f"+62{PHONE}",
        contact_email=MAIL,
        organisation_name=f"Sanggar {NAME}",
        event_title=f"Rapat bersama {NAME}",
        purpose=f"Hubungi {NAME}, {PHONE} atau {MAIL}",
        signatory_name=NAME,
        signatory_position=f"Ketua, {NAME}",
        outside_organiser=NAME,
        outside_passcode=PHONE,
        **changes,
    )
    save_draft(case, given, [a_slot()])
    attach_letter(case, [photo(f"Surat {NAME} {PHONE}.png")], requester_of(case))
    submit_request(case)
    case.refresh_from_db()
    return case


def on_the_desk(people: People) -> ServiceRequest:
    case = sent()
    register_letter(case, registration(subject=f"Permohonan {NAME}"), people["secretary"])
    order = DispositionOrder(
        {people["coordinator"]: None}, (f"Telepon {NAME} di {PHONE}",), f"Kenal: {NAME}, {MAIL}"
    )
    dispose(case, order, people["head"])
    decisions.ask(case, f"Apakah {NAME} hadir?", people["coordinator"])
    decisions.answer(case, f"Ya, {NAME}, {PHONE}", [photo(f"Jawaban {NAME}.png")])
    return case


def prepared(case: ServiceRequest) -> None:
    own = organisers.requester_as_organiser(case)
    organisers.add_organiser(case, NAME, (f"+62{PHONE}", MAIL), own)
    organisers.send_organiser_code(own)
    told = {"technical_name": NAME, "technical_whatsapp": f"+62{PHONE}", "technical_email": MAIL}
    preparation.save_section(case, Section.CONTACT, told, own)
    place = {"name": f"Rumah {NAME}", "address": NAME, "person": NAME, "contact": PHONE}
    preparation.save_sites(case, [place], own)


def approved(people: People, *, is_signed: bool) -> ServiceRequest:
    case = on_the_desk(people)
    decisions.approve(case, people["coordinator"], f"Setuju, {NAME}")
    case.refresh_from_db()
    prepared(case)
    letter = Document.objects.get(about=subject_of(case))
    words = {"copies": f"{NAME}\nArsip", "attached_text": f"Daftar hadir: {NAME}, {PHONE}, {MAIL}"}
    change_draft(letter, words, letter.revision, people["head"])
    if is_signed:
        letter.refresh_from_db()
        secret = Passphrase("lima-kata-sandi-demo")
        get_demo_certificate(people["head"], secret)
        outcomes = sign_documents([letter], people["head"], secret)
        assert outcomes[0].refused is None
    react()
    return case


def rejected(people: People) -> ServiceRequest:
    case = on_the_desk(people)
    decisions.offer(case, [a_slot(20)], f"Untuk {NAME}", people["head"])
    decisions.refuse_offer(case, f"{NAME} tidak bisa")
    decisions.reject(case, [], f"Tidak dapat, {NAME}", people["head"])
    react()
    return case


def places_of(*words: str) -> set[str]:
    """Every column of every table whose text holds one of these words."""
    found = set()
    kinds = ("text", "character varying", "jsonb", "json", "tsvector", "ARRAY", "bytea")
    with connection.cursor() as sql:
        sql.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = ANY(%s)",
            [list(kinds)],
        )
        for table, column, kind in sql.fetchall():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            sql.execute(
                f'SELECT count(*) FROM "{table}" WHERE {text} ILIKE ANY(%s)',
                [[f"%{each}%" for each in words]],
            )
            if sql.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


def years_later(monkeypatch: pytest.MonkeyPatch, **more: int) -> None:
    then = timezone.now() + timedelta(**(more or {"days": 3 * 366 + 30}))
    monkeypatch.setattr(clock, "now", lambda: then)


@pytest.mark.parametrize("way", ["approved, not signed", "rejected", "approved and signed"])
def test_a_request_that_went_the_whole_way_is_forgotten_everywhere(
    way: str, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "rejected":
        case = rejected(people)
    else:
        case = approved(people, is_signed=way == "approved and signed")
    known = places_of(NAME, "Rengganis", PHONE, MAIL)
    assert {"notices_notice.text", "documents_document.body"} <= known
    assert "intake_disposition.instructions" in known
    years_later(monkeypatch)
    assert erase_due_requests() == 1
    left = places_of(NAME, "Rengganis", "Wulandari", PHONE, MAIL)
    if way == "approved and signed":
        assert left <= SIGNED
        assert "documents_document.addressee" in left or "documents_document.body" in left
        assert Document.objects.filter(signed_at=None).exclude(body="").count() == 0
    else:
        assert left == set()
    case.refresh_from_db()
    assert case.number
    assert not Disposition.objects.filter(request=case).exclude(instructions=[]).exists()


IDLE = {
    "a question that nobody answers": RequestState.NEEDS_COMPLETION,
    "a day that passed without a decision": RequestState.SUBMITTED,
}


@pytest.mark.parametrize("state", IDLE.values(), ids=list(IDLE))
def test_what_nobody_takes_further_is_announced_closed_and_erased_in_its_turn(
    state: RequestState, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_request()
    if state == RequestState.NEEDS_COMPLETION:
        register_letter(case, registration(), people["secretary"])
        decisions.ask(case, "Berapa orang?", people["head"])
    waits = 0 if state == RequestState.NEEDS_COMPLETION else 14
    real = timezone.now()

    def at(days: int) -> int:
        moment = real + timedelta(days=waits + days, hours=3)
        monkeypatch.setattr(clock, "now", lambda: moment)
        closed = close_idle_requests()
        case.refresh_from_db()
        return closed

    assert [at(20), case.state, case.closing_told_at] == [0, state, None]
    assert (at(24), case.state) == (0, state)
    assert Notice.objects.filter(kind="request.closing").values("thread").distinct().count() == 1
    told = Notice.objects.filter(kind="request.closing").count()
    assert (at(29), case.state) == (0, state)
    assert Notice.objects.filter(kind="request.closing").count() == told
    assert (at(31), case.state) == (1, RequestState.CANCELLED)
    assert Entry.objects.filter(kind="request.cancelled", actor="system").exists()
    assert ended_at(case)
    years_later(monkeypatch, days=4 * 366)
    assert erase_due_requests() == 1


def test_a_worker_that_slept_tells_first_and_closes_a_week_later(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_request()
    moment = timezone.now() + timedelta(days=200)

    def at(moment: datetime) -> int:
        monkeypatch.setattr(clock, "now", lambda: moment)
        return close_idle_requests()

    assert [at(moment + timedelta(days=days)) for days in (0, 6, 8, 9)] == [0, 0, 1, 0]
    case.refresh_from_db()
    assert case.state == RequestState.CANCELLED
