"""The pages about personal data, as requesters and staff see them."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.intake.actions import decisions
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.privacy import ask_for_erasure, deny_erasure, publish_notice
from pendopo.intake.models import ErasureWish, LegalHold, ServiceRequest
from pendopo.intake.telling import tell_requester
from pendopo.intake.tests.office import a_request, account_with, an_office
from pendopo.journal.models import Entry
from pendopo.notices.models import Notice
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
Asserts = Any


@pytest.fixture
def people() -> dict[str, Account]:
    return an_office()


@pytest.fixture
def case(people: dict[str, Account]) -> ServiceRequest:
    return a_request()


def at(name: str, case: ServiceRequest) -> str:
    return reverse(name, args=[case.tracking_code])


def test_the_notice_and_its_older_versions_are_public(people: dict[str, Account]) -> None:
    assert "Undang-Undang Nomor 27 Tahun 2022" in Client().get("/privasi/").text
    publish_notice("# Baru\nKata baru <b>", "", 1, people["secretary"])
    now = Client().get("/privasi/")
    assert "<h2>Baru</h2>" in now.text
    assert "<p>Kata baru &lt;b&gt;</p>" in now.text
    assert "Undang-Undang Nomor 27 Tahun 2022" in Client().get("/privasi/1").text
    assert Client().get("/privasi/3").status_code == 404


def test_a_requester_sees_all_that_is_held_and_takes_it_along(case: ServiceRequest) -> None:
    page = Client().get(at("request-data", case))
    for held in ("Siti Aminah", "+6281234567890", "siti@contoh.org", "PKK Desa Sukamaju"):
        assert held in page.text
    file = Client().get(at("request-data-file", case))
    assert "attachment" in file.headers["Content-Disposition"]
    values = {each["field"]: each for each in json.loads(file.content)["held"]}
    assert values["servicerequest.contact_name"]["value"] == "Siti Aminah"
    assert all(each["purpose"] and each["basis"] and each["kept"] for each in values.values())
    forms = Entry.objects.filter(kind="personal_data.read").order_by("id")
    assert [entry.facts["form"] for entry in forms] == ["page", "json"]


def test_the_page_asks_no_more_queries_for_a_longer_story(
    case: ServiceRequest, django_assert_max_num_queries: Asserts
) -> None:
    for _ in range(5):
        Client().get(at("request-data", case))
    with django_assert_max_num_queries(26):
        Client().get(at("request-data", case))


def test_a_restriction_stops_messages_until_it_is_lifted(case: ServiceRequest) -> None:
    Client().post(at("request-restrict", case))
    case.refresh_from_db()
    before = Notice.objects.count()
    tell_requester(case, "request.asked", "one", ["Satu", "Dua"])
    assert Notice.objects.count() == before
    Client().post(at("request-restrict", case), {"lift": "1"})
    case.refresh_from_db()
    tell_requester(case, "request.asked", "two", ["Satu", "Dua"])
    assert Notice.objects.count() > before


def test_a_wish_is_one_wish_and_its_answer_is_read(
    case: ServiceRequest, people: dict[str, Account]
) -> None:
    for _ in range(2):
        assert Client().post(at("request-erasure", case), {"reason": "Sudah"}).status_code == 302
    wish = ErasureWish.objects.get()
    deny_erasure(wish, "Masih diperlukan untuk acara", people["head"])
    assert "Masih diperlukan untuk acara" in Client().get(at("request-data", case)).text


@pytest.fixture
def administrator(people: dict[str, Account]) -> Client:
    client = Client()
    client.force_login(account_with(Duty.ADMINISTRATOR))
    session = client.session  # who has typed the password a moment ago
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def test_a_hold_is_placed_and_lifted_on_the_page(
    administrator: Client, case: ServiceRequest
) -> None:
    hold = reverse("personal-data-hold")
    unknown = administrator.post(hold, {"number": "2026-99999", "reason": "Perkara"})
    assert unknown.status_code == 422
    assert "Perkara" in unknown.text
    administrator.post(hold, {"number": case.number, "reason": "Perkara 12"})
    again = administrator.post(hold, {"number": case.number, "reason": "Lagi"})
    assert again.status_code == 422
    assert "Perkara 12" in administrator.get(reverse("personal-data")).text
    for _ in range(2):
        administrator.post(reverse("personal-data-lift", args=[LegalHold.objects.get().pk]))
    assert LegalHold.objects.get().lifted_at is not None


def test_a_wish_is_granted_once_the_request_is_over(
    administrator: Client, case: ServiceRequest
) -> None:
    wish = ask_for_erasure(case, "")
    grant = reverse("personal-data-grant", args=[wish.pk])
    administrator.post(grant)
    case.refresh_from_db()
    assert case.erased_at is None
    decisions.cancel(case, "Tidak jadi", requester_of(case))
    administrator.post(grant)
    case.refresh_from_db()
    assert (case.contact_name, case.contact_whatsapp) == ("", "")
    page = Client().get(at("request-data", case))
    assert page.status_code == 200
    assert "+6281234567890" not in page.text


def test_a_denial_needs_its_reason(administrator: Client, case: ServiceRequest) -> None:
    wish = ask_for_erasure(case, "")
    deny = reverse("personal-data-deny", args=[wish.pk])
    administrator.post(deny, {"answer": "  "})
    wish.refresh_from_db()
    assert wish.answered_at is None
    administrator.post(deny, {"answer": "Acara belum selesai"})
    wish.refresh_from_db()
    assert wish.answer == "Acara belum selesai"


def test_two_who_write_the_notice_at_once(people: dict[str, Account]) -> None:
    client = Client()
    client.force_login(people["secretary"])
    edit = reverse("privacy-edit")
    first = client.post(edit, {"text": "Satu", "text_english": "", "seen": 1})
    assert first.headers["Location"] == "/privasi/"
    second = client.post(edit, {"text": "Dua", "text_english": "", "seen": 1})
    assert second.status_code == 422
    assert "Dua" in second.text
    assert "Satu" in Client().get("/privasi/").text


def test_the_overview_asks_no_more_for_more_wishes(
    administrator: Client, case: ServiceRequest, django_assert_max_num_queries: Asserts
) -> None:
    for each in (case, a_request(), a_request()):
        ask_for_erasure(each, "Alasan")
    with django_assert_max_num_queries(20):
        administrator.get(reverse("personal-data"))
