"""The office's own pages, as a browser without scripts sees them."""

import csv
import io
import re

import httpx
import pytest
from icalendar import Calendar

from tests.plugins.clients import NewProgram, Program, Seat
from tests.plugins.office import Office

PASSWORD = "pendopo-demo"


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to this address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form for {action}"
    hidden = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form[0])
    return {
        re.search(r'name="([^"]*)"', field)[1]: re.search(r'value="([^"]*)"', field)[1]  # type: ignore[index]
        for field in hidden
    }


def sign_in(client: httpx.Client, email: str, password: str = PASSWORD) -> httpx.Response:
    page = client.get("/akun/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    fields = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
    return client.post("/akun/login/", data=fields, headers={"Referer": str(page.url)})


@pytest.mark.parametrize(
    "account",
    ["admin", "sekretariat", "kepala", "koordinator", "operator", "kendali", "pemohon"],
)
def test_every_demo_account_signs_in_and_may_hold_a_meeting(
    guest: httpx.Client, account: str
) -> None:
    page = sign_in(guest, f"{account}@pendopo.test")
    assert page.url.path == "/rapat/"
    assert page.status_code == 200


def test_a_wrong_password_says_so_and_signs_nobody_in(guest: httpx.Client) -> None:
    page = sign_in(guest, "kendali@pendopo.test", "salah")
    assert page.url.path == "/akun/login/"
    assert guest.get("/rapat/").url.path == "/akun/login/"


def test_without_single_sign_on_there_is_no_way_to_it(guest: httpx.Client) -> None:
    assert "/akun/sso/" not in guest.get("/akun/login/").text
    for path in ("/akun/sso/", "/akun/sso/kembali/?code=x&state=y"):
        assert guest.get(path).status_code == 404
    assert "belum mengirim surel" in guest.get("/akun/lupa/").text


def test_a_stranger_is_sent_to_the_sign_in_and_back(guest: httpx.Client) -> None:
    for path in ("/rapat/", "/sekarang"):
        page = guest.get(path)
        assert page.url.path == "/akun/login/"
        assert page.url.params["next"] == path


def test_start_now_leads_into_the_meeting_and_a_double_click_makes_one(
    guest: httpx.Client,
) -> None:
    page = sign_in(guest, "operator@pendopo.test")
    fields = {**form_of(page.text, "/rapat/mulai"), "title": "Rapat mendadak"}
    headers = {"Referer": str(page.url)}
    landed = [guest.post("/rapat/mulai", data=fields, headers=headers).url.path for _ in range(2)]
    assert landed[0] == landed[1]
    assert landed[0].startswith("/j/")


def test_schedule_invite_and_export(guest: httpx.Client, office: Office) -> None:
    page = sign_in(guest, "koordinator@pendopo.test")
    fields = {
        **form_of(page.text, "/rapat/jadwalkan"),
        "title": "Sosialisasi; anggaran, & <desa>",
        "starts_at": "2027-03-02T09:00",
        "ends_at": "2027-03-02T11:30",
    }
    detail = guest.post("/rapat/jadwalkan", data=fields, headers={"Referer": str(page.url)})
    slug = detail.url.path.split("/")[2]
    for expected in ("Selasa, 2 Maret 2027", "09.00 WIB", "11.30 WIB", f"/j/{slug}"):
        assert expected in detail.text
    assert "&lt;desa&gt;" in detail.text
    assert "<desa>" not in detail.text
    event = Calendar.from_ical(guest.get(f"/rapat/{slug}/kalender.ics").content).walk("VEVENT")[0]
    assert str(event["summary"]) == "Sosialisasi; anggaran, & <desa>"
    assert event.decoded("dtstart").isoformat() == "2027-03-02T09:00:00+07:00"
    assert str(event["url"]) == f"{office.base_url}/j/{slug}"
    assert guest.get(f"/rapat/{slug}/qr.svg").text.startswith("<svg xmlns=")


def test_an_end_before_the_start_keeps_what_was_typed(guest: httpx.Client) -> None:
    page = sign_in(guest, "koordinator@pendopo.test")
    fields = {
        **form_of(page.text, "/rapat/jadwalkan"),
        "title": "Judul yang tidak boleh hilang",
        "starts_at": "2027-03-02T09:00",
        "ends_at": "2027-03-02T08:00",
    }
    answer = guest.post("/rapat/jadwalkan", data=fields, headers={"Referer": str(page.url)})
    assert answer.status_code == 422
    assert "Judul yang tidak boleh hilang" in answer.text


def test_attendance_for_excel(guest: httpx.Client, program: Program, office: Office) -> None:
    meeting = program.meeting(title="Daftar hadir")
    with httpx.Client(base_url=office.base_url) as browser:
        Seat(browser, meeting["slug"], "=HYPERLINK(1)")
    office.command(
        "manage",
        "shell",
        "-c",
        "from pendopo.meetings.models import *; from pendopo.foundation.clock import now;"
        f"p = Participant.objects.get(meeting__slug='{meeting['slug']}');"
        "Connection.objects.create(participant=p, opening=p.meeting.openings.get(), sid=str(p.pk),"
        " joined_at=now(), left_at=now(), reason='left', is_over=True)",
    )
    sign_in(guest, "koordinator@pendopo.test")
    file = guest.get(f"/rapat/{meeting['slug']}/daftar-hadir.csv")
    assert file.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Nama"
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rows[1][2])


def test_another_hosts_meeting_is_not_there(guest: httpx.Client, program: Program) -> None:
    slug = program.meeting()["slug"]
    sign_in(guest, "pemohon@pendopo.test")
    for path in ("", "kalender.ics", "qr.svg", "daftar-hadir.csv"):
        assert guest.get(f"/rapat/{slug}/{path}").status_code == 404


def test_a_units_address_leads_to_its_meeting(guest: httpx.Client, new_program: NewProgram) -> None:
    assert guest.get("/r/sekretariat-dprd").status_code == 200  # nothing there now: a page says so
    assert guest.get("/r/tidak-ada").status_code == 404
    owner = new_program("pemohon", "meetings:write")
    newest = owner.meeting(title="Rapat dinas")
    assert guest.get("/r/dinas-pendidikan").url.path == f"/j/{newest['slug']}"


def test_the_home_form_takes_a_code_or_a_link(guest: httpx.Client, program: Program) -> None:
    meeting = program.meeting()
    home = guest.get("/")
    hidden, headers = form_of(home.text, "/"), {"Referer": str(home.url)}
    for typed in (meeting["slug"], meeting["join_url"], f"  {meeting['slug'].upper()} "):
        page = guest.post("/", data={**hidden, "address": typed}, headers=headers)
        assert page.url.path == f"/j/{meeting['slug']}"
    wrong = guest.post("/", data={**hidden, "address": "xxx"}, headers=headers)
    assert wrong.url.path == "/"
    assert 'value="xxx"' in wrong.text


@pytest.mark.parametrize("path", ["/", "/uji", "/akun/login/", "/r/sekretariat-dprd"])
def test_pages_have_a_strict_policy_and_ask_nobody_outside(guest: httpx.Client, path: str) -> None:
    page = guest.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    # A link that somebody clicks may lead elsewhere; what the page itself loads may not.
    loaded = re.sub(r"<a\s[^>]*>", "", page.text)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", loaded)
    assert not re.findall(r"\son\w+=|\sstyle=|<script>", page.text)


def test_the_way_back_never_leaves_the_house(guest: httpx.Client) -> None:
    hidden = form_of(guest.get("/").text, "/tampilan")
    fields = {**hidden, "language": "en", "next": "https://example.org/"}
    landed = guest.post("/tampilan", data=fields, headers={"Referer": str(guest.base_url)})
    assert landed.url.host == guest.base_url.host
    assert 'lang="en"' in guest.get("/").text
