"""Every decision on every kind of request has its letter, whole and with a number."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from pendopo.documents.actions.numbering import give_number
from pendopo.documents.actions.templates import newest_version, save_template
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind
from pendopo.documents.rules.placeholders import LONGEST_VALUE, PLACEHOLDERS, unknown_in
from pendopo.documents.rules.templates import Words
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.drafts import save_draft, start_draft
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.actions.submission import submit_request
from pendopo.intake.letter_times import choices_of, days_of, times_of
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.requests import AttendanceMode, Channel
from pendopo.intake.tests.office import (
    People,
    a_slot,
    an_office,
    registration,
    values,
    with_letter,
)
from pendopo.journal.models import subject_of
from pendopo.office.models import AgencyUnit, CommunityOrganization
from pendopo.schedule.rules import EventRole, Slot

pytestmark = pytest.mark.django_db
Decide = Callable[[ServiceRequest, People], object]


@pytest.fixture
def people() -> People:
    return an_office()


def cancelled(case: ServiceRequest, people: People) -> None:
    decisions.approve(case, people["head"])
    decisions.cancel(case, "Penyelenggara berhalangan", people["head"])


DECISIONS: dict[DocumentKind, Decide] = {
    DocumentKind.APPROVAL: lambda case, who: decisions.approve(case, who["head"]),
    DocumentKind.REJECTION: lambda case, who: decisions.reject(case, [], "Penuh", who["head"]),
    DocumentKind.ALTERNATIVES: lambda case, who: decisions.offer(
        case, [a_slot(20 + nth) for nth in range(10)], "", who["head"]
    ),
    DocumentKind.CANCELLATION: cancelled,
}
LONG = {
    "organisation_name": "Perkumpulan " * 13,
    "contact_name": "N" * 100,
    "event_title": "Rapat {koordinasi} " * 8,
    "signatory_position": "Ketua " * 26,
    "purpose": "Tujuan " * 280,
}
SENDERS: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "a letter number": {"letter_number": "005/12/PKK/XI/2026", "signatory_position": "Ketua"},
    "long words": LONG,
}


def a_case(given: dict[str, Any], slots: list[Slot]) -> ServiceRequest:
    case = start_draft(Channel.WEB)
    save_draft(case, values(**given), slots)
    submit_request(case)
    return with_letter(case)


def letter_of(case: ServiceRequest, kind: DocumentKind) -> Document:
    return Document.objects.get(about=subject_of(case), kind=kind)


@pytest.mark.parametrize("kind", list(DECISIONS))
@pytest.mark.parametrize("role", list(EventRole))
@pytest.mark.parametrize("attendance", [*AttendanceMode, "hybrid"])
def test_every_decision_drafts_and_numbers_its_letter(
    people: People, attendance: str, role: str, kind: DocumentKind
) -> None:
    """``hybrid`` is a way of attending that nobody knows: it must not stop a letter."""
    unit = AgencyUnit.objects.get()
    group = CommunityOrganization.objects.create(name="PKK Desa Sukamaju")
    by: tuple[dict[str, Any], ...] = ({}, {"unit": unit}, {"organisation": group})
    numbers = set()
    for nth, ((name, sender), entered) in enumerate(itertools.product(SENDERS.items(), by)):
        outside = {"outside_platform": "zoom", "outside_url": "https://zoom.us/j/1"}
        given = {"attendance": attendance, "role": role, **sender}
        if role == EventRole.CLIENT:
            given |= outside
        case = a_case(given, [a_slot(14 + day) for day in range(14 if nth % 2 else 1)])
        register_letter(case, registration(**entered), people["secretary"])
        DECISIONS[kind](case, people)
        paper = letter_of(case, kind)
        with transaction.atomic():
            give_number(paper, clock.now().date())
        assert paper.number, name
        text = f"{paper.subject}\n{paper.body}"
        assert not [left for left in PLACEHOLDERS if f"{{{left}}}" in text], name
        assert " ".join(case.event_title.split())[:40] in text
        numbers.add(paper.number)
    assert len(numbers) == len(SENDERS) * len(by)


def test_a_template_that_names_everything_stops_no_letter(people: People) -> None:
    everything = "\n".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for kind, decide in DECISIONS.items():
        old = newest_version(kind)
        save_template(kind, Words(old.subject, everything), old.version, people["head"])
        case = a_case({}, [a_slot()])
        register_letter(case, registration(), people["secretary"])
        decide(case, people)
        assert not unknown_in(letter_of(case, kind).body)


def test_a_unit_takes_its_approved_request_back_without_a_word(people: People) -> None:
    case = start_draft(Channel.WEB, people["host"])
    save_draft(case, values(), [a_slot()])
    submit_request(with_letter(case))
    register_letter(case, registration(), people["secretary"])
    decisions.approve(case, people["head"])
    decisions.cancel(case, "", people["host"])
    assert "permintaan pemohon" in letter_of(case, DocumentKind.CANCELLATION).body


@pytest.mark.parametrize("nothing", ["", " ", "...", "– –"])
def test_what_says_nothing_is_no_reason(people: People, nothing: str) -> None:
    case = a_case({}, [a_slot()])
    register_letter(case, registration(), people["secretary"])
    with pytest.raises(Refused, match="reason_required"):
        decisions.reject(case, [], nothing, people["head"])
    with pytest.raises(Refused, match="text_required"):
        decisions.cancel(case, nothing, people["head"])
    case.refresh_from_db()
    assert case.state == "registered"


THIRTY_ONE = "(31 hari, sesuai jadwal yang dimohonkan)"


def slots_on(*days: int, hour: int = 2) -> list[Slot]:
    """Times in December 2026, from 09.00 WIB for two hours unless ``hour`` (UTC) is given."""
    starts = [datetime(2026, 12, 1, hour, tzinfo=UTC) + timedelta(days=day - 1) for day in days]
    return [Slot(each, each + timedelta(hours=2)) for each in starts]


@pytest.mark.parametrize(
    ("slots", "days", "times"),
    [
        ([], "–", "–"),
        (slots_on(1), "Selasa, 1 Desember 2026", "09.00–11.00 WIB"),
        (
            slots_on(1, 2),
            "Selasa, 1 Desember 2026; Rabu, 2 Desember 2026",
            "09.00–11.00 WIB",
        ),
        (
            slots_on(1, 2, 3),
            "Selasa, 1 Desember 2026 s.d. Kamis, 3 Desember 2026",
            "09.00–11.00 WIB",
        ),
        (
            slots_on(1) + slots_on(1, hour=6),
            "Selasa, 1 Desember 2026",
            "09.00–11.00 WIB (1 Desember 2026); 13.00–15.00 WIB (1 Desember 2026)",
        ),
        (
            slots_on(*range(1, 62, 2)),
            f"Selasa, 1 Desember 2026 s.d. Sabtu, 30 Januari 2027 {THIRTY_ONE}",
            "09.00–11.00 WIB",
        ),
    ],
)
def test_days_and_times_stand_in_a_letter_as_people_write_them(
    slots: list[Slot], days: str, times: str
) -> None:
    with translation.override("id"):
        assert (days_of(slots), times_of(slots)) == (days, times)


def test_no_list_of_times_is_cut_in_the_middle() -> None:
    """A placeholder's value ends at its longest; what was approved must not end with it."""
    many = [
        Slot(each.starts_at, each.ends_at + timedelta(minutes=nth))
        for nth, each in enumerate(slots_on(*range(1, 32)))
    ]
    with translation.override("id"):
        for said in (
            days_of(many),
            times_of(many),
            choices_of([[each] for each in many[:10]]),
            choices_of([many]),
        ):
            assert len(said) <= LONGEST_VALUE


@pytest.mark.parametrize("kind", list(DECISIONS))
def test_no_letter_carries_the_code(kind: DocumentKind, people: People) -> None:
    """Letters are copied to many and ordinary ones are public; the code opens everything."""
    case = a_case({}, [a_slot()])
    register_letter(case, registration(), people["secretary"])
    DECISIONS[kind](case, people)
    letter = letter_of(case, kind)
    printed = " ".join(map(str, Document.objects.filter(pk=letter.pk).values_list().get()))
    assert case.tracking_code not in printed
    if kind in {DocumentKind.APPROVAL, DocumentKind.ALTERNATIVES}:
        assert f"{settings.BASE_URL}/lacak/" in letter.body
        assert str(case.number) in letter.body
