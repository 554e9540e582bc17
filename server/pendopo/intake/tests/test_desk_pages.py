"""The desk in a browser without script: register, pass on, return, in the place of the absent."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pendopo.documents.rules import Secrecy
from pendopo.files.actions.keeping import keep_made
from pendopo.files.tests.pictures import paper
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.absences import note_absence
from pendopo.intake.actions.desk_work import register_and_dispose
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import Registration, register_letter
from pendopo.intake.models import (
    Assignment,
    Disposition,
    IncomingLetter,
    Instruction,
    IntakePolicy,
    ServiceRequest,
    Transition,
)
from pendopo.intake.rules.requests import Register
from pendopo.intake.tests.office import a_request, account_with, an_office
from pendopo.journal.models import SYSTEM
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
People = dict[str, Account]


@pytest.fixture
def people() -> People:
    return an_office()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page_of(case: ServiceRequest) -> str:
    return reverse("desk-letter", args=[case.number])


def today() -> Any:
    return timezone.localdate(clock.now())


def filled(*to: Account, stands: str = "submitted", **more: Any) -> dict[str, Any]:
    return {
        "stands": stands, "step": "pass_on", "received_on": f"{today()}", "subject": "Pelatihan",
        "urgency": "ordinary", "secrecy": "ordinary", "letter_number": "005/12/PKK",
        **{f"to-{account.pk}": "on" for account in to}, **more,
    }  # fmt: skip


def registered(case: ServiceRequest, by: Account, secrecy: Secrecy = Secrecy.ORDINARY) -> None:
    register_letter(case, Registration(today(), case.event_title, secrecy=secrecy), by)


def test_one_button_registers_passes_on_and_opens_the_next_letter(people: People) -> None:
    first, second = a_request(), a_request(event_title="Rapat kader")
    Instruction.objects.get_or_create(text="Proses lebih lanjut")
    client = signed_in(people["secretary"])
    page = client.get(page_of(first)).content.decode()
    # The chain's next is ticked already.
    assert f'name="to-{people["head"].pk}" id="id_to-{people["head"].pk}" checked' in page
    due = today() + timedelta(days=2)
    given = filled(people["head"], instructions="Proses lebih lanjut", note="Mohon arahan")
    given[f"due-{people['head'].pk}"] = f"{due}"
    answer = client.post(page_of(first), given)
    assert answer.headers["Location"] == page_of(second)
    first.refresh_from_db()
    assert (first.state, first.letter_number) == ("disposed", "005/12/PKK")
    passed_on = Disposition.objects.get()
    assert (passed_on.instructions, passed_on.note) == (["Proses lebih lanjut"], "Mohon arahan")
    assignment = Assignment.objects.get()
    assert (assignment.account, assignment.due_on) == (people["head"], due)
    assert "menunggu" in signed_in(people["head"]).get(reverse("desk")).content.decode()


def test_a_refused_disposition_uses_up_no_agenda_number(people: People) -> None:
    case = a_request()
    client = signed_in(people["secretary"])
    answer = client.post(page_of(case), filled(subject="Hal yang diketik"))
    assert answer.status_code == 422
    assert 'value="Hal yang diketik"' in answer.content.decode()
    assert not IncomingLetter.objects.exists()
    client.post(page_of(case), filled(people["head"]))
    assert IncomingLetter.objects.get().agenda_number == 1


def test_who_comes_too_late_keeps_what_was_typed(people: People) -> None:
    case = a_request()
    late = signed_in(account_with(Duty.SECRETARIAT))
    late.get(page_of(case))
    signed_in(people["secretary"]).post(page_of(case), filled(people["head"]))
    answer = late.post(page_of(case), filled(people["head"], note="Catatan panjang"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Catatan panjang" in page
    assert 'value="005/12/PKK"' in page
    assert 'notice-bad" role="alert"' in page
    assert IncomingLetter.objects.count() == Disposition.objects.count() == 1


def test_a_row_that_moved_on_between_reading_and_writing_is_refused_whole(people: People) -> None:
    case = a_request()
    stale = ServiceRequest.objects.get(pk=case.pk)
    registered(case, people["secretary"])
    with pytest.raises(Refused, match="request_moved_on"):
        register_and_dispose(
            stale,
            Registration(today(), "Rapat"),
            DispositionOrder(to={people["head"]: None}),
            people["secretary"],
        )
    assert not Disposition.objects.exists()


def test_only_registering_leaves_it_on_the_desk(people: People) -> None:
    case = a_request()
    client = signed_in(people["secretary"])
    client.post(page_of(case), {**filled(), "step": "register"})
    case.refresh_from_db()
    assert case.state == "registered"
    assert "Teruskan" in client.get(page_of(case)).content.decode()


def test_what_can_not_be_is_said_beside_the_field(people: People) -> None:
    case = a_request()
    client = signed_in(people["secretary"])
    tomorrow = f"{today() + timedelta(days=1)}"
    answer = client.post(page_of(case), filled(people["head"], received_on=tomorrow))
    assert answer.status_code == 422
    assert "id_received_on_error" in answer.content.decode()
    past = {f"due-{people['head'].pk}": "2020-01-01"}
    assert client.post(page_of(case), filled(people["head"], **past)).status_code == 422
    assert client.post(page_of(case), {"step": "pass_on"}).status_code in {409, 422}
    assert not IncomingLetter.objects.exists()


def test_the_external_register_asks_for_its_number(people: People) -> None:
    IntakePolicy.objects.update_or_create(defaults={"register": Register.EXTERNAL}, only=True)
    case = a_request()
    client = signed_in(people["secretary"])
    assert client.post(page_of(case), filled(people["head"])).status_code == 422
    client.post(page_of(case), filled(people["head"], external_number="SRIKANDI/7"))
    assert IncomingLetter.objects.get().external_number == "SRIKANDI/7"


def test_a_letter_goes_back_with_a_note_or_is_done(people: People) -> None:
    case, other = a_request(), a_request()
    for each in (case, other):
        registered(each, people["secretary"])
        dispose(each, DispositionOrder(to={people["head"]: None}), people["secretary"])
    head = signed_in(people["head"])
    given = {"stands": "disposed", "step": "return", "note": ""}
    assert head.post(page_of(case), given).status_code == 422
    head.post(page_of(case), {**given, "note": "Salah alamat"})
    case.refresh_from_db()
    assert case.state == "registered"
    assert "Salah alamat" in signed_in(people["secretary"]).get(page_of(case)).content.decode()
    head.post(page_of(other), {**given, "step": "done"})
    assert set(Assignment.objects.values_list("state", flat=True)) == {"returned", "done"}


def test_several_are_passed_on_at_once_or_none(people: People) -> None:
    cases = [a_request() for _ in range(3)]
    for each in cases:
        registered(each, people["secretary"])
    client, address = signed_in(people["secretary"]), reverse("desk-bulk")
    numbers = [str(each) for each in cases]
    page = client.get(address, {"letter": numbers}).content.decode()
    assert all(f'value="{number}"' in page for number in numbers)
    dispose(cases[0], DispositionOrder(to={people["head"]: None}), people["head"])
    answer = client.post(address, {"letter": numbers, f"to-{people['division'].pk}": "on"})
    assert answer.status_code == 409
    assert Disposition.objects.count() == 1
    answer = client.post(address, {"letter": numbers[1:], f"to-{people['division'].pk}": "on"})
    assert answer.headers["Location"] == reverse("desk")
    assert Disposition.objects.count() == 3
    assert client.post(address, {f"to-{people['division'].pk}": "on"}).status_code == 422


def test_the_deputy_passes_on_in_the_name_of_who_is_away(people: People) -> None:
    case = a_request()
    registered(case, people["secretary"])
    dispose(case, DispositionOrder(to={people["head"]: None}), people["secretary"])
    assert signed_in(people["coordinator"]).get(page_of(case)).status_code == 302
    note_absence(people["head"], people["coordinator"], today(), today(), people["head"])
    deputy = signed_in(people["coordinator"])
    page = deputy.get(page_of(case)).content.decode()
    assert "atas nama Budi Santoso" in page
    deputy.post(page_of(case), filled(people["division"], stands="disposed"))
    last = Disposition.objects.order_by("at").last()
    assert last is not None
    assert (last.sender, last.in_place_of) == (people["coordinator"], people["head"])
    assert last.position == "Kepala Dinas"


def test_a_secret_letter_lies_only_on_desks_it_is_disposed_to(people: People) -> None:
    case = a_request()
    registered(case, people["secretary"], Secrecy.SECRET)
    dispose(case, DispositionOrder(to={people["division"]: None}), people["secretary"])
    addresses = [page_of(case), reverse("disposition-sheet", args=[case.number])]
    for name in ("coordinator", "auditor"):
        client = signed_in(people[name])
        assert [client.get(each).status_code for each in addresses] == [404, 404]
        assert client.post(page_of(case), filled(stands="disposed")).status_code == 404
        assert str(case) not in client.get(reverse("desk")).content.decode()
    division = signed_in(people["division"])
    assert [division.get(each).status_code for each in addresses] == [200, 200]


def test_a_secret_letter_opens_only_for_those_it_is_disposed_to(
    people: People, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    case = a_request()
    case.letter = keep_made(paper(), "surat.pdf", "application/pdf", "letter", SYSTEM)
    case.save(update_fields=["letter"])
    registered(case, people["secretary"], Secrecy.SECRET)
    dispose(case, DispositionOrder(to={people["division"]: None}), people["secretary"])
    papers = [
        reverse("request-scan", args=[case.number, 1]),
        reverse("request-letter-pdf", args=[case.number]),
    ]
    division, other = signed_in(people["division"]), signed_in(people["coordinator"])
    found = [division.get(each) for each in papers]
    assert [each.headers["Content-Type"] for each in found] == ["image/webp", "application/pdf"]
    assert "no-store" in found[0].headers["Cache-Control"]
    assert [other.get(each).status_code for each in papers] == [404, 404]
    assert division.get(reverse("request-scan", args=[case.number, 2])).status_code == 404


def test_the_sheet_is_a_pdf_once_there_is_a_register_entry(people: People) -> None:
    case = a_request()
    client = signed_in(people["secretary"])
    address = reverse("disposition-sheet", args=[case.number])
    assert client.get(address).status_code == 409
    registered(case, people["secretary"])
    dispose(case, DispositionOrder(to={people["head"]: today()}), people["secretary"])
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_auditor_reads_and_changes_nothing(people: People) -> None:
    case = a_request()
    auditor = signed_in(people["auditor"])
    assert auditor.get(reverse("desk")).status_code == 200
    assert auditor.post(page_of(case), filled(people["head"])).status_code == 409
    assert not IncomingLetter.objects.exists()


def test_the_desk_of_200_letters_costs_as_many_queries_as_one_of_two(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ServiceRequest.objects.bulk_create(
        ServiceRequest(
            number=f"2026-{number:05}", state="submitted", organisation_name="PKK",
            submitted_at=clock.now() - timedelta(days=number), answer_due=today(),
        )
        for number in range(1, 201)
    )  # fmt: skip
    client = signed_in(people["secretary"])
    with django_assert_max_num_queries(26):
        page = client.get(reverse("desk")).content.decode()
    assert page.count("queue-sender") == 200
    assert "200 menunggu" in page


def test_a_suspected_duplicate_is_named_unless_it_is_secret(people: People) -> None:
    old = a_request(letter_number="005/12/PKK")
    new = a_request(letter_number="005/12/pkk")
    client = signed_in(account_with(Duty.SECRETARIAT))
    assert str(old) in client.get(page_of(new)).content.decode().partition("sheet-title")[2]
    registered(old, people["secretary"], Secrecy.SECRET)
    assert str(old) not in client.get(page_of(new)).content.decode()


def counts() -> tuple[int, ...]:
    return tuple(
        each.objects.count() for each in (IncomingLetter, Disposition, Assignment, Transition)
    )


@pytest.mark.parametrize("step", ["pass_on", "register", "done", "return"])
def test_the_same_button_in_an_old_window_says_a_sentence_and_does_nothing(
    people: People, step: str
) -> None:
    case = a_request()
    at_the_heads = step in ("done", "return")
    if at_the_heads:
        registered(case, people["secretary"])
        dispose(case, DispositionOrder(to={people["head"]: None}), people["secretary"])
    client = signed_in(people["head" if at_the_heads else "secretary"])
    given = filled(people["head"], step=step, note="Catatan panjang")
    given["stands"] = "disposed" if at_the_heads else "submitted"
    assert client.post(page_of(case), given).status_code == 302
    done = counts()
    answer = client.post(page_of(case), given)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'notice-bad" role="alert"' in page
    assert "Catatan panjang" in page
    assert counts() == done


def test_several_passed_on_twice_are_passed_on_once(people: People) -> None:
    cases = [a_request() for _ in range(2)]
    for each in cases:
        registered(each, people["secretary"])
    client, address = signed_in(people["secretary"]), reverse("desk-bulk")
    given = {"letter": [str(each) for each in cases], f"to-{people['division'].pk}": "on"}
    assert client.post(address, given).status_code == 302
    done = counts()
    answer = client.post(address, given)
    assert answer.status_code == 409
    assert "field-error" in answer.content.decode() or "notice-bad" in answer.content.decode()
    assert counts() == done


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["pass_on", "register"])
def test_a_double_click_does_it_once(step: str) -> None:
    people = an_office()
    case = a_request()
    clients = [signed_in(people["secretary"]) for _ in range(2)]
    together = threading.Barrier(2)

    def click(client: Client) -> int:
        together.wait()
        try:
            return client.post(page_of(case), filled(people["head"], step=step)).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, clients)) == [302, 409]
    once = 1 if step == "pass_on" else 0
    assert counts()[:3] == (1, once, once)
