"""What a guest's browser asks of the server, without media."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.plugins.clients import PUBLIC, Program, Seat, problem
from tests.plugins.office import Office


@pytest.fixture
def host(program: Program, office: Office) -> Iterator[Seat]:
    """A host in a new meeting, by the host link."""
    meeting = program.meeting()
    key = meeting["host_url"].partition("#host=")[2]
    with httpx.Client(base_url=office.base_url, timeout=20) as client:
        seat = Seat(client, meeting["slug"], "Pembawa acara", host_key=key)
        assert seat.given["role"] == "host"
        yield seat


def test_a_wrong_link_is_a_page_that_says_what_to_do(guest: httpx.Client) -> None:
    page = guest.get("/j/tidak-ada-disini")
    assert page.status_code == 404
    assert "tautan" in page.text.lower()
    problem(guest.get(f"{PUBLIC}/meetings/tidak-ada"), 404, "meeting_not_found")


def test_a_reload_brings_back_the_same_person(host: Seat, guest: httpx.Client) -> None:
    seat = Seat(guest, host.slug, "Siti Aminah", organisation="PKK Desa Sukamaju")
    back = seat.again().json()
    assert back["participant_id"] == seat.given["participant_id"]
    assert (back["name"], back["organisation"]) == ("Siti Aminah", "PKK Desa Sukamaju")
    another = Seat(guest, host.slug, "Siti Aminah")
    assert another.given["participant_id"] != seat.given["participant_id"]


def test_a_guest_needs_a_name(host: Seat, guest: httpx.Client) -> None:
    answer = guest.post(f"{PUBLIC}/meetings/{host.slug}/seats", json={"name": " \u200b "})
    problem(answer, 422, "name_required")


def test_a_wrong_host_key_makes_a_participant(host: Seat, guest: httpx.Client) -> None:
    assert Seat(guest, host.slug, "Penyusup", host_key="tebakan").given["role"] == "participant"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/participants/{id}/mute", {"source": "microphone"}),
        ("/participants/{id}/remove", None),
        ("/lock", {"locked": True}),
        ("/end", None),
    ],
)
def test_only_a_host_moderates(host: Seat, guest: httpx.Client, path: str, body: object) -> None:
    seat = Seat(guest, host.slug, "Peserta")
    path = path.format(id=host.given["participant_id"])
    problem(seat.post(path, body), 403, "not_host")
    stranger = guest.post(f"{PUBLIC}/seats{path}", json=body)
    problem(stranger, 401, "seat_unknown")


def test_a_host_cannot_reach_into_another_meeting(
    host: Seat, program: Program, guest: httpx.Client
) -> None:
    elsewhere = Seat(guest, program.meeting()["slug"], "Orang lain")
    path = f"/participants/{elsewhere.given['participant_id']}/remove"
    problem(host.post(path), 404, "participant_unknown")
    assert elsewhere.again().status_code == 201


def test_whoever_was_removed_stays_out(host: Seat, guest: httpx.Client, office: Office) -> None:
    seat = Seat(guest, host.slug, "Pengganggu")
    path = f"/participants/{seat.given['participant_id']}/remove"
    assert host.post(path).status_code == 204
    assert host.post(path).status_code == 204  # a double click
    problem(seat.again(), 403, "participant_removed")
    problem(seat.post("/chat", {"text": "halo"}), 403, "participant_removed")
    fresh = guest.post(f"{PUBLIC}/meetings/{host.slug}/seats", json={"name": "Nama lain"})
    problem(fresh, 403, "participant_removed")  # the same device with the link
    with httpx.Client(base_url=office.base_url) as neighbour:
        assert Seat(neighbour, host.slug, "Tetangga").given["role"] == "participant"


def test_a_host_is_not_shut_out_by_removing_a_second_window(host: Seat) -> None:
    window = Seat(host.client, host.slug, "Jendela kedua")
    path = f"/participants/{window.given['participant_id']}/remove"
    assert host.post(path).status_code == 204
    assert host.again().status_code == 201
    problem(window.again(), 403, "participant_removed")


def test_the_host_link_makes_a_host_of_who_is_already_in(host: Seat, guest: httpx.Client) -> None:
    seat = Seat(guest, host.slug, "Moderator")
    key = host.key
    path = f"{PUBLIC}/meetings/{host.slug}/seats"
    back = guest.post(path, json={"host_key": key}, headers=seat.headers).json()
    assert (back["role"], back["participant_id"]) == ("host", seat.given["participant_id"])


def test_a_lock_keeps_newcomers_out_and_lets_people_back(host: Seat, guest: httpx.Client) -> None:
    seat = Seat(guest, host.slug, "Sudah di dalam")
    assert host.post("/lock", {"locked": True}).status_code == 204
    late = guest.post(f"{PUBLIC}/meetings/{host.slug}/seats", json={"name": "Terlambat"})
    problem(late, 409, "meeting_locked")
    assert seat.again().status_code == 201
    assert host.post("/lock", {"locked": False}).status_code == 204
    assert Seat(guest, host.slug, "Terlambat").given["role"] == "participant"


def test_chat_has_no_gap_and_is_there_for_the_late(host: Seat, guest: httpx.Client) -> None:
    seats = [host, Seat(guest, host.slug, "Budi")]

    def talk(seat: Seat) -> None:
        for n in range(8):
            assert seat.post("/chat", {"text": f"pesan {n}"}).status_code == 201

    threads = [threading.Thread(target=talk, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    late = Seat(guest, host.slug, "Terlambat")
    page = late.client.get(f"{PUBLIC}/seats/chat", headers=late.headers).json()
    assert [item["number"] for item in page["items"]] == list(range(1, 17))
    assert page["next"] is None
    rest = late.client.get(f"{PUBLIC}/seats/chat?after=14", headers=late.headers).json()
    assert [item["number"] for item in rest["items"]] == [15, 16]
    assert late.post("/alive").json() == {"last_chat_number": 16}


def test_a_message_sent_twice_stands_once(host: Seat) -> None:
    first, second = (
        host.post("/chat", {"text": "Selamat pagi"}, **{"Idempotency-Key": "m1"}) for _ in range(2)
    )
    assert first.json() == second.json()
    problem(host.post("/chat", {"text": " "}), 422, "message_empty")
    too_long = problem(host.post("/chat", {"text": "x" * 2001}), 422, "message_too_long")
    assert too_long["limit"] == 2000


def test_a_flood_of_messages_is_slowed(host: Seat) -> None:
    answers = [host.post("/chat", {"text": str(n)}) for n in range(35)]
    slowed = [a for a in answers if a.status_code == 429]
    assert slowed
    assert problem(slowed[0], 429, "too_many_requests")
    assert int(slowed[0].headers["Retry-After"]) > 0


def test_a_forged_address_does_not_escape_a_rate_limit(guest: httpx.Client) -> None:
    """Nobody stands in front of this office, so X-Forwarded-For is only a claim."""
    codes = [
        guest.post(f"{PUBLIC}/connection-check", headers={"X-Forwarded-For": f"203.0.113.{n}"})
        for n in range(61)
    ]
    assert codes[-1].status_code == 429


def test_renaming(host: Seat, guest: httpx.Client) -> None:
    seat = Seat(guest, host.slug, "Sti")
    mine = guest.patch(f"{PUBLIC}/seats/me", json={"name": " Siti  Aminah "}, headers=seat.headers)
    assert mine.json() == {"name": "Siti Aminah"}
    other = host.client.patch(
        f"{PUBLIC}/seats/participants/{seat.given['participant_id']}",
        json={"name": "Siti Aminah (PKK)"},
        headers=host.headers,
    )
    assert other.json() == {"name": "Siti Aminah (PKK)"}
    assert seat.again().json()["name"] == "Siti Aminah (PKK)"


def test_a_page_that_waits_opens_by_itself(program: Program, office: Office) -> None:
    starts_at = datetime.now(UTC) + timedelta(hours=3)
    meeting = program.meeting(starts_at=starts_at.isoformat())
    slug, key = meeting["slug"], meeting["host_url"].partition("#host=")[2]
    states: list[str] = []
    with httpx.Client(base_url=office.base_url, timeout=20) as client:
        early = client.post(f"{PUBLIC}/meetings/{slug}/seats", json={"name": "Pagi sekali"})
        refused = problem(early, 409, "meeting_not_open")
        assert datetime.fromisoformat(str(refused["starts_at"])) == starts_at
        with client.stream("GET", f"/j/{slug}/peristiwa") as stream:
            for line in stream.iter_lines():
                if not line.startswith("data: "):
                    continue
                states.append(json.loads(line[6:])["state"])
                if states[-1] == "open":
                    break
                if len(states) == 1:
                    with httpx.Client(base_url=office.base_url) as other:
                        Seat(other, slug, "Pembawa acara", host_key=key)
    assert states[0] == "scheduled"
    assert states[-1] == "open"


def test_a_full_meeting_says_how_many_it_holds(
    host: Seat, guest: httpx.Client, office: Office
) -> None:
    office.command(
        "manage",
        "shell",
        "-c",
        "from pendopo.meetings.models import Meeting;"
        f"Meeting.objects.filter(slug='{host.slug}').update(limit=1)",
    )
    full = guest.post(f"{PUBLIC}/meetings/{host.slug}/seats", json={"name": "Kedua"})
    assert problem(full, 409, "meeting_full")["limit"] == 1
    assert host.again().status_code == 201
