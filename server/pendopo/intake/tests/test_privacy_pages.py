"""The pages about personal data, as requesters and staff see them."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.intake.actions.privacy import deny_erasure, publish_notice
from pendopo.intake.models import ErasureWish, ServiceRequest
from pendopo.intake.tests.office import a_request, an_office
from pendopo.journal.models import Entry
from pendopo.notices.models import Notice
from pendopo.people.models import Account

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
    from pendopo.intake.telling import tell_requester

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
