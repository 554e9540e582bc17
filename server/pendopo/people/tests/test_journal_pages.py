"""Who reads the journal, what they read, and what that leaves behind."""

import csv
import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.journal.actions import record
from pendopo.journal.models import Entry, Hold
from pendopo.journal.queries import PAGE
from pendopo.journal.trails import subjects_of
from pendopo.people.actions.accounts import create_account
from pendopo.people.actions.tokens import create_api_token
from pendopo.people.models import Account, ApiToken, Person
from pendopo.people.rules import Duty
from pendopo.people.tests.conftest import Reader
from pendopo.people.wording import DUTY_LABELS

READ = ["/jurnal/", "/jurnal/orang", "/jurnal/penyimpanan"]


@pytest.fixture
def siti(db: None) -> Account:
    return create_account("siti@test.example", "x", "Siti Aminah", [Duty.HOST], "Bappeda")


def _written(count: int, account: Account, kind: str = "account.signed_in") -> None:
    for _number in range(count):
        with transaction.atomic():
            record(kind, account, account)


def _failed_job() -> int:
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES"
            " ('default', 'pendopo.meetings.tasks.reconcile', 'failed') RETURNING id"
        )
        return int(sql.fetchone()[0])


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:500]
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("duty", "reads", "sees_queue", "acts", "holds"),
    [
        (Duty.ADMINISTRATOR, True, True, True, True),
        (Duty.AUDITOR, True, True, False, False),
        (Duty.HEAD_OF_OFFICE, True, True, False, False),
        (Duty.COMMAND_CENTRE, False, True, True, False),
        (Duty.OPERATOR, False, False, False, False),
        (Duty.HOST, False, False, False, False),
    ],
)
def test_who_may(
    reader: Reader,
    siti: Account,
    duty: Duty,
    reads: bool,
    sees_queue: bool,
    acts: bool,
    holds: bool,
) -> None:
    client = reader(duty)

    def may(path: str, *, post: bool = False) -> bool:
        answer = client.post(path, {"reason": "Perkara"}) if post else client.get(path)
        assert answer.status_code in {200, 302, 403, 409}
        return answer.status_code != 403

    person = reverse("journal-person", args=[siti.person_id])
    pages = [*READ, person, f"{person}/jejak.csv"]
    assert [may(page) for page in pages] == [reads] * len(pages)
    assert may("/jurnal/antrean") is sees_queue
    for action in ("ulangi", "batalkan"):
        assert may(f"/jurnal/antrean/{_failed_job()}/{action}", post=True) is acts
    assert may("/jurnal/penyimpanan/tahan", post=True) is holds
    assert Hold.objects.exists() is holds
    assert may("/jurnal/penyimpanan/1/lepas", post=True) is holds


def test_a_stranger_signs_in_first(reader: Reader) -> None:
    reader()  # arranges the pages
    for path in [*READ, "/jurnal/antrean", f"/jurnal/orang/{uuid4()}"]:
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/akun/login/")


def test_an_entry_is_a_sentence_with_names(reader: Reader, siti: Account) -> None:
    page = _text(reader(Duty.AUDITOR), "/jurnal/")
    assert "Akun dibuat" in page
    assert "Siti Aminah" in page
    assert "Sistem" in page
    assert f"people.account:{siti.pk}" in page  # in the details
    assert str(DUTY_LABELS[Duty.HOST]) in page
    assert ">host<" not in page


def test_an_erased_person_leaves_a_readable_and_nameless_journal(
    reader: Reader, siti: Account
) -> None:
    client = reader(Duty.AUDITOR)
    _written(1, siti)
    Person.objects.filter(pk=siti.person_id).update(name="", organisation="")
    for path in ("/jurnal/", reverse("journal-person", args=[siti.person_id])):
        page = _text(client, path)
        assert "Siti" not in page
        assert "Masuk" in page
        assert "(dihapus)" in page
    with transaction.atomic():
        record("account.signed_out", f"people.account:{uuid4()}", "guest")
    assert "(dihapus)" in _text(client, "/jurnal/?area=account")


def test_a_name_is_the_one_of_today(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR)
    Person.objects.filter(pk=siti.person_id).update(name="<b>Siti & Budi</b>")
    page = _text(client, "/jurnal/")
    assert "&lt;b&gt;Siti &amp; Budi&lt;/b&gt;" in page
    assert "<b>Siti" not in page


def test_entries_are_chosen_by_area_day_and_subject(
    reader: Reader, siti: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = reader(Duty.AUDITOR)
    with monkeypatch.context() as patch, transaction.atomic():
        # Half past midnight in Jakarta: already the 2nd there, still the 1st in UTC.
        patch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 17, 30, tzinfo=UTC))
        record("account.signed_in", siti, siti)
    assert "Masuk" in _rows(client, "area=account&first=2026-03-02&last=2026-03-02")
    assert "Masuk" not in _rows(client, "area=account&first=2026-03-01&last=2026-03-01")
    assert "Akun dibuat" in _rows(client, f"subject=people.account:{siti.pk}")
    assert "Akun dibuat" not in _rows(client, "area=meeting")
    assert "Akun dibuat" not in _rows(client, f"subject=people.account:{uuid4()}")
    assert "Entri tersaring" in _rows(client, "area=account")
    assert "Semua entri" in _rows(client, "")


def _rows(client: Client, choice: str) -> str:
    page = _text(client, f"/jurnal/?{choice}")
    return page[page.index('id="list-title"') :]


@pytest.mark.parametrize(
    "choice",
    [
        "first=2026-03-02&last=2026-03-01",
        "first=kemarin",
        "first=0001-01-01",
        "last=9999-12-31",
        "area=nothing",
        "subject=siti@test.example",
    ],
)
def test_a_wrong_choice_is_said_and_nothing_is_lost(reader: Reader, choice: str) -> None:
    page = _text(reader(Duty.AUDITOR), f"/jurnal/?{choice}", 422)
    assert "field-error" in page


@pytest.mark.parametrize("cursor", ["x", "-1", "1" * 30, "1.5", "\u0661"])
def test_a_made_up_cursor_is_refused(reader: Reader, cursor: str) -> None:
    assert reader(Duty.AUDITOR).get("/jurnal/", {"sebelum": cursor}).status_code == 422


def test_pages_follow_each_other_without_gap(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR)
    _written(PAGE + 3, siti)
    address, seen = "/jurnal/?area=account", []
    while address:
        page = _text(client, address)
        seen += [int(number) for number in re.findall(r"<dd>(\d+) · <code>account", page)]
        older = re.search(r'href="\?([^"]+)"', page)
        address = f"/jurnal/?{older[1].replace('&amp;', '&')}" if older else ""
    expected = Entry.objects.filter(kind__startswith="account.").order_by("-pk")
    assert seen == list(expected.values_list("pk", flat=True))
    assert len(seen) > PAGE


def test_the_number_of_queries_does_not_grow(reader: Reader, siti: Account) -> None:
    client = reader(Duty.ADMINISTRATOR)
    paths = ["/jurnal/", reverse("journal-person", args=[siti.person_id]), "/jurnal/antrean"]
    _written(1, siti)
    _failed_job()

    def queries() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as found:
                _text(client, path)
            counts.append(len(found))
        return counts

    queries()  # what is cached once
    few = queries()
    for number in range(30):
        someone = create_account(f"b{number}@test.example", "x", f"B{number}", [Duty.HOST])
        _written(2, someone)
        _written(3, siti)
        _failed_job()
    assert queries() == few
    assert max(few) <= 23


def test_a_persons_trail_is_whatever_is_theirs(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR, name="Auditor Daerah")
    create_api_token(siti.email, ["meetings:read"])
    token = ApiToken.objects.get()
    with transaction.atomic():
        record("office.created", "office.office:1", siti)
        record("account.signed_in", create_account("b@test.example", "x", "Budi", []), "guest")
    assert set(subjects_of(siti.person_id)) >= {
        f"people.person:{siti.person_id}",
        f"people.account:{siti.pk}",
        f"people.apitoken:{token.pk}",
    }
    page = _text(client, reverse("journal-person", args=[siti.person_id]))
    for expected in ("Akun dibuat", "Token API dibuat", "Kantor disiapkan", "Seluruh jejak"):
        assert expected in page
    assert "Budi" not in page


def test_reading_a_trail_is_in_the_journal(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR)
    path = reverse("journal-person", args=[siti.person_id])
    _text(client, path)
    client.get(f"{path}/jejak.csv")
    _text(client, f"{path}?sebelum=999999")  # a further page shows as much as the first
    client.get("/jurnal/", {"subject": f"people.account:{siti.pk}"})
    client.get("/jurnal/orang", {"who": "Siti"})
    read = Entry.objects.filter(kind="person.trail_read", subject=f"people.person:{siti.person_id}")
    assert [entry.facts for entry in read.order_by("pk")] == [
        {"form": "page"},
        {"form": "csv"},
        {"form": "page"},
        {"form": "page"},
    ]
    assert {entry.actor for entry in read} == {f"people.account:{Account.objects.latest('pk').pk}"}


def test_the_file_names_its_person_and_nobody_else(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR, name="Auditor Daerah")
    Person.objects.filter(pk=siti.person_id).update(name="=Siti")
    _written(PAGE + 1, siti)
    path = reverse("journal-person-csv", args=[siti.person_id])
    answer = client.get(path)
    assert answer["Content-Disposition"].endswith('.csv"')
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert head[:4] == ["Waktu", "Kejadian", "Subjek", "Pelaku"]
    assert len(lines) == PAGE + 3  # made, signed in, and read just now
    assert lines[0][1:4] == ["Seluruh jejak orang ini dibaca dalam jurnal", "'=Siti", "orang lain"]
    assert "Auditor" not in text
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", lines[0][0])


def test_people_are_found_by_name_and_address(reader: Reader, siti: Account) -> None:
    client = reader(Duty.AUDITOR)
    guest = Person.objects.create(name="Siti Rahayu", organisation="Desa Sukamaju")
    for who in ("siti", "SITI A", "siti@test"):
        page = _text(client, f"/jurnal/orang?who={who}")
        assert f"/jurnal/orang/{siti.person_id}" in page
        assert (f"/jurnal/orang/{guest.pk}" in page) is (who == "siti")
    assert "Tidak ada yang bernama demikian" in _text(client, "/jurnal/orang?who=Zubaedah")
    assert "field-error" in _text(client, "/jurnal/orang?who=s", 422)
    assert client.get(f"/jurnal/orang/{uuid4()}").status_code == 404


def test_the_queue_says_that_all_is_well_or_what_is_not(reader: Reader) -> None:
    client = reader(Duty.COMMAND_CENTRE)
    assert "Semua berjalan baik" in _text(client, "/jurnal/antrean")
    job = _failed_job()
    page = _text(client, "/jurnal/antrean")
    assert "Mencocokkan catatan dengan LiveKit" in page
    assert "1 gagal" in page
    assert "Coba lagi" in page
    assert "Coba lagi" not in _text(reader(Duty.AUDITOR), "/jurnal/antrean")
    answer = client.post(f"/jurnal/antrean/{job}/ulangi", follow=True)
    assert "Pekerjaan sudah kembali ke antrean." in answer.content.decode()
    again = client.post(f"/jurnal/antrean/{job}/ulangi", follow=True)
    assert again.status_code == 409
    assert "tidak lagi termasuk yang gagal" in again.content.decode()


def test_buttons_need_the_forms_token(reader: Reader) -> None:
    reader(Duty.ADMINISTRATOR)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.latest("pk"))
    for path in (f"/jurnal/antrean/{_failed_job()}/ulangi", "/jurnal/penyimpanan/tahan"):
        assert strict.post(path).status_code == 403
    assert strict.get(f"/jurnal/antrean/{_failed_job()}/ulangi").status_code == 405


def test_a_hold_is_placed_and_lifted(reader: Reader) -> None:
    client = reader(Duty.ADMINISTRATOR)
    assert client.post("/jurnal/penyimpanan/tahan", {"reason": ""}).status_code == 422
    page = client.post("/jurnal/penyimpanan/tahan", {"reason": "Perkara 12"}, follow=True)
    assert "Perkara 12" in page.content.decode()
    hold = Hold.objects.get()
    page = client.post(f"/jurnal/penyimpanan/{hold.pk}/lepas", follow=True)
    assert "Penahanan dicabut." in page.content.decode()
    assert "Perkara 12" not in page.content.decode()
    kinds = Entry.objects.filter(subject=f"journal.hold:{hold.pk}").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["journal.hold_placed", "journal.hold_lifted"]
