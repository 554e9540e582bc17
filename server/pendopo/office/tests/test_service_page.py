"""Days off, the service standard and legal bases: what the office changes, and what it keeps."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry
from pendopo.office import queries
from pendopo.office.actions import holidays
from pendopo.office.actions.decisions import create_office
from pendopo.office.models import Holiday, LegalBasis, StandardText
from pendopo.office.rules.holidays import HolidayKind
from pendopo.office.rules.service_standard import StandardPart
from pendopo.office.service_standard import service_standard
from pendopo.people.actions.accounts import create_account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db

CHRISTMAS, LEAVE = date(2026, 12, 25), date(2026, 12, 24)


def _closed(year: int = 2026) -> frozenset[date]:
    return queries.holidays_between(date(year, 1, 1), date(year, 12, 31))


def test_a_year_that_nobody_touched_follows_the_national_calendar() -> None:
    assert {CHRISTMAS, LEAVE} <= _closed()
    assert not Holiday.objects.exists()


def test_days_between_go_over_the_turn_of_the_year(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        found = queries.holidays_between(LEAVE, date(2027, 1, 1))
    assert found == {LEAVE, CHRISTMAS, date(2027, 1, 1)}


def test_a_refresh_never_overwrites_what_the_office_changed() -> None:
    holidays.add_holiday(date(2026, 2, 10), "Hari jadi kabupaten", HolidayKind.LOCAL, SYSTEM)
    holidays.change_holiday(CHRISTMAS, "Natal", HolidayKind.NATIONAL, SYSTEM)
    holidays.remove_holiday(LEAVE, SYSTEM)
    Holiday.objects.filter(day=date(2026, 8, 17)).delete()
    Holiday.objects.filter(day=date(2026, 5, 1)).update(name="Salah")
    Holiday.objects.create(day=date(2026, 7, 1), name="Usang", source="calendar")

    assert holidays.take_national_calendar(2026, SYSTEM) == 3

    names = dict(Holiday.objects.values_list("day", "name"))
    assert names[CHRISTMAS] == "Natal"
    assert names[date(2026, 5, 1)] == "Hari Buruh Internasional"
    assert date(2026, 7, 1) not in names
    assert LEAVE not in _closed()
    assert {date(2026, 2, 10), date(2026, 8, 17)} <= _closed()
    assert holidays.take_national_calendar(2026, SYSTEM) == 0


def test_a_day_that_was_taken_out_can_be_put_back() -> None:
    holidays.remove_holiday(CHRISTMAS, SYSTEM)
    assert CHRISTMAS not in _closed()
    holidays.restore_holiday(CHRISTMAS, SYSTEM)
    holidays.restore_holiday(CHRISTMAS, SYSTEM)
    assert CHRISTMAS in _closed()
    assert Entry.objects.filter(kind="holiday.restored").count() == 1


def test_the_office_own_day_goes_wholly() -> None:
    holidays.add_holiday(date(2026, 2, 10), "Hari jadi", HolidayKind.LOCAL, SYSTEM)
    holidays.remove_holiday(date(2026, 2, 10), SYSTEM)
    assert not Holiday.objects.filter(day=date(2026, 2, 10)).exists()


def test_a_day_stands_in_the_list_once() -> None:
    with pytest.raises(Refused, match="day_taken"):
        holidays.add_holiday(CHRISTMAS, "Dua", HolidayKind.LOCAL, SYSTEM)
    with pytest.raises(Refused, match="not_found"):
        holidays.remove_holiday(date(2026, 11, 24), SYSTEM)


@pytest.fixture
def secretariat(client: Client) -> Client:
    create_office("Kantor", "Layanan", SYSTEM)
    client.force_login(create_account("s@t.example", "x", "Dewi", [Duty.SECRETARIAT]))
    return client


def test_the_pages_of_days_off(secretariat: Client) -> None:
    url = "/pengaturan/hari-libur/"
    assert "Hari Raya Natal" in secretariat.get(f"{url}?tahun=2026").content.decode()
    for year in ("", "26", "1999", "2100", "abcd", "²026"):
        assert secretariat.get(f"{url}?tahun={year}").status_code == 200
    day = {"day": "2026-02-10", "name": "  Hari  jadi ", "kind": "local"}
    assert secretariat.post(f"{url}baru", day).headers["Location"] == f"{url}?tahun=2026"
    assert Holiday.objects.get(day="2026-02-10").name == "Hari jadi"
    again = secretariat.post(f"{url}baru", day | {"name": "Lagi"})
    assert again.status_code == 422
    assert "Lagi" in again.content.decode()
    changed = {"name": "Natal", "kind": "national"}
    assert secretariat.post(f"{url}2026-12-25/", changed).status_code == 302
    assert secretariat.post(f"{url}2026-12-25/hapus").status_code == 302
    assert CHRISTMAS not in _closed()
    for wrong in ("2026-11-24", "2026-02-30", "kemarin"):
        assert secretariat.get(f"{url}{wrong}/").status_code == 404
    assert secretariat.post(f"{url}ambil", {"tahun": "2027"}).status_code == 302
    assert Holiday.objects.filter(day__year=2027).count() > 15


def test_the_standard_has_our_words_until_the_office_writes_its_own(secretariat: Client) -> None:
    facts = {fact.part: fact for fact in service_standard()}
    assert list(facts) == list(StandardPart)
    with translation.override("en"):
        assert "3 working days" in {f.part: f for f in service_standard()}[StandardPart.TIME].text
    assert facts[StandardPart.COMPLAINTS].link == "https://www.lapor.go.id"

    url = "/pengaturan/standar-layanan/time/"
    words = {"text": "Satu hari kerja.", "text_english": "", "link": ""}
    assert secretariat.post(url, words).status_code == 302
    assert secretariat.post(url, words | {"text": "Dua hari kerja."}).status_code == 302
    for language in ("id", "en"):
        with translation.override(language):
            own = {fact.part: fact for fact in service_standard()}[StandardPart.TIME]
            assert (own.text, own.is_own) == ("Dua hari kerja.", True)
    assert StandardText.objects.count() == 1
    assert secretariat.post(f"{url}awal").status_code == 302
    assert not StandardText.objects.exists()
    assert secretariat.get("/pengaturan/standar-layanan/lain/").status_code == 404


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/"])
def test_a_link_leads_to_the_web(secretariat: Client, link: str) -> None:
    words = {"text": "Lapor", "text_english": "", "link": link}
    assert secretariat.post("/pengaturan/standar-layanan/complaints/", words).status_code == 422


def test_legal_bases_are_kept_with_scope_and_status(secretariat: Client) -> None:
    circular = LegalBasis.objects.get(number__contains="3/2020")
    assert circular.status == "inspiration"
    url = "/pengaturan/dasar-hukum/"
    basis = {
        "number": "Perbup 12/2024",
        "title": "Layanan rapat daring",
        "scope": "",
        "status": "in_force",
        "link": "jdih.karangjati.go.id",
        "position": 5,
    }
    assert secretariat.post(f"{url}baru", basis).status_code == 302
    assert LegalBasis.objects.get(number="Perbup 12/2024").link == "https://jdih.karangjati.go.id"
    assert queries.legal_bases()[0].number == "Perbup 12/2024"
    assert secretariat.post(f"{url}baru", basis | {"number": "PERBUP 12/2024"}).status_code == 422
    assert (
        secretariat.post(f"{url}{circular.pk}/", basis | {"number": "SE 3/2020"}).status_code == 302
    )
    assert secretariat.post(f"{url}{circular.pk}/hapus").status_code == 302
    assert not LegalBasis.objects.filter(pk=circular.pk).exists()
