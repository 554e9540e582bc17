"""The REST API as a program sees it."""

import json
import threading
from datetime import UTC, datetime, timedelta

import httpx
import jwt
import pytest

from tests.house.access import OPEN
from tests.plugins.clients import NewProgram, Program, problem
from tests.plugins.office import Office


def operations(office: Office) -> list[tuple[str, str]]:
    described = httpx.get(f"{office.base_url}/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    return [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in described["paths"].items()
        for method in methods
    ]


def test_every_operation_outside_public_asks_for_a_token_before_it_reads_anything(
    office: Office,
) -> None:
    guarded = [
        (method, path)
        for method, path in operations(office)
        if not path.startswith("/public/") and f"{method.upper()} {path}" not in OPEN
    ]
    assert len(guarded) >= 6
    for method, path in guarded:
        url = f"{office.base_url}/api/v1" + path.replace("{meeting_id}", "not-an-id")
        bare = httpx.request(method, url, content=b"{not json")
        problem(bare, 401, "not_signed_in")
        wrong = httpx.request(method, url, headers={"Authorization": "Bearer wrong"})
        problem(wrong, 401, "not_signed_in")


def test_a_token_without_the_scope_is_refused_before_it_reads_anything(
    new_program: NewProgram,
) -> None:
    reader = new_program("operator", "schedule:write", "meetings:read")
    body = problem(reader.http.post("/meetings", content=b"{not json"), 403, "scope_missing")
    assert body["scope"] == "meetings:write"
    assert reader.http.get("/meetings").status_code == 200


def test_a_meeting_without_a_time_is_open_at_once(program: Program, office: Office) -> None:
    created = program.meeting()
    assert created["state"] == "open"
    assert created["join_url"] == f"{office.base_url}/j/{created['slug']}"
    assert created["host_url"].startswith(created["join_url"])
    shown = program.http.get(f"/meetings/{created['id']}").json()
    assert shown == created


def test_a_token_does_not_widen_a_duty(office: Office, new_program: NewProgram) -> None:
    office.command(
        "manage",
        "shell",
        "-c",
        "from pendopo.people.actions.accounts import create_account;"
        "create_account('tamu@pendopo.test', 'x', 'Tamu', ['requester'])",
    )
    program = new_program("tamu", "meetings:write")
    problem(program.http.post("/meetings", json={"title": "Rapat"}), 403, "not_allowed")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "title_required"),
        ({"kind": "party"}, "kind_unknown"),
        (
            {"starts_at": "2027-01-01T02:00:00Z", "ends_at": "2027-01-01T02:00:00Z"},
            "times_out_of_order",
        ),
        ({"ends_at": "2027-01-01T02:00:00Z"}, "times_out_of_order"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "time_out_of_range"),
        (
            {"starts_at": "2027-01-01T02:00:00Z", "ends_at": "9999-12-31T23:59:59Z"},
            "time_out_of_range",
        ),
        ({"title": "\0"}, "title_required"),
        ({"starts_at": "2027-01-01 02:00"}, "invalid"),  # a time without its zone
        ({"title": None}, "invalid"),
    ],
)
def test_a_wrong_meeting_is_refused(program: Program, fields: dict[str, object], code: str) -> None:
    problem(program.http.post("/meetings", json={"title": "Rapat", **fields}), 422, code)


def test_a_repeated_post_is_answered_and_not_done_again(program: Program) -> None:
    key = {"Idempotency-Key": "flow-1"}
    answers = [
        program.http.post("/meetings", json={"title": "Sekali"}, headers=key) for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    other = program.http.post("/meetings", json={"title": "Lain"}, headers=key)
    problem(other, 422, "idempotency_key_reused")


def test_simultaneous_posts_with_one_key_make_one_meeting(program: Program) -> None:
    made: list[str] = []

    def post() -> None:
        headers = {"Idempotency-Key": "flow-2"}
        answer = program.http.post("/meetings", json={"title": "Bersamaan"}, headers=headers)
        made.append(answer.json()["id"])

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_pages_hold_every_meeting_once(new_program: NewProgram) -> None:
    owner = new_program("pemohon", "meetings:write")
    ids = [owner.meeting(title=f"Rapat {n}")["id"] for n in range(57)]
    page = owner.http.get("/meetings").json()
    seen = [item["id"] for item in page["items"]]
    while page["next"]:
        page = owner.http.get("/meetings", params={"cursor": page["next"]}).json()
        seen += [item["id"] for item in page["items"]]
    assert [each for each in seen if each in ids] == ids[::-1]
    assert len(seen) == len(set(seen))
    problem(owner.http.get("/meetings", params={"cursor": "zz"}), 422, "cursor_invalid")


def test_another_account_does_not_see_the_meeting(
    program: Program, new_program: NewProgram
) -> None:
    theirs = program.meeting()
    stranger = new_program("pemohon", "meetings:write")
    operator = new_program("operator", "meetings:read")
    for path in ("", "/attendance"):
        answer = stranger.http.get(f"/meetings/{theirs['id']}{path}")
        problem(answer, 404, "meeting_not_found")
    problem(stranger.http.post(f"/meetings/{theirs['id']}/end"), 404, "meeting_not_found")
    seen = operator.http.get(f"/meetings/{theirs['id']}").raise_for_status().json()
    assert seen["host_url"] is None  # reading does not make a host
    assert {**seen, "host_url": theirs["host_url"]} == theirs


def test_a_token_opens_one_room_for_one_minute(program: Program) -> None:
    meeting = program.meeting()
    path = f"/meetings/{meeting['id']}/tokens"
    answers = [
        program.http.post(path, json={"name": "Kamera aula", "role": role}).json()
        for role in ("host", "participant", "participant", "viewer")
    ]
    claims = [jwt.decode(a["token"], options={"verify_signature": False}) for a in answers]
    assert len({c["sub"] for c in claims}) == 4
    assert len({c["video"]["room"] for c in claims}) == 1
    assert [c["video"]["canPublish"] for c in claims] == [True, True, True, False]
    for claim, answer in zip(claims, answers, strict=True):
        assert claim["exp"] - claim["nbf"] <= 61
        assert not claim["video"].get("canPublishData")
        assert not claim["video"].get("canUpdateOwnMetadata")
        assert not claim["video"].get("roomAdmin")
        expires = datetime.fromisoformat(answer["expires_at"])
        assert timedelta(seconds=50) < expires - datetime.now(UTC) <= timedelta(seconds=60)
    problem(program.http.post(path, json={"name": ""}), 422, "name_required")
    problem(program.http.post(path, json={"name": "x", "role": "king"}), 422, "invalid")


def test_an_ended_meeting_lets_nobody_in(program: Program) -> None:
    meeting = program.meeting()
    ended = program.http.post(f"/meetings/{meeting['id']}/end")
    assert ended.json()["state"] == "ended"
    again = program.http.post(f"/meetings/{meeting['id']}/end")
    assert (again.status_code, again.json()["state"]) == (200, "ended")
    tokens = program.http.post(f"/meetings/{meeting['id']}/tokens", json={"name": "Terlambat"})
    problem(tokens, 410, "meeting_ended")


def test_a_refusal_speaks_the_readers_language(program: Program) -> None:
    sentences = {
        language: program.http.get("/meetings/x", headers={"Accept-Language": language}).json()[
            "detail"
        ]
        for language in ("id", "en", "fr")
    }
    assert sentences["id"] == sentences["fr"]
    assert sentences["en"].startswith("There is no meeting")
    assert sentences["id"] != sentences["en"]


def test_the_documentation_page_asks_nobody_outside(office: Office) -> None:
    page = httpx.get(f"{office.base_url}/api/v1/docs")
    assert page.status_code == 200
    assert "https://" not in page.text.replace("http://www.w3.org", "")
    assert json.dumps("/api/v1/openapi.json") in page.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/tidak-ada", 404, "not_found"),
        ("GET", "/public/meetings/%00", 404, "not_found"),
        ("PUT", "/meetings", 405, "method_not_allowed"),
        ("GET", "/meetings?cursor=%00", 422, "cursor_invalid"),
    ],
)
def test_every_error_is_a_problem(
    program: Program, method: str, path: str, status: int, code: str
) -> None:
    problem(program.http.request(method, path), status, code)


def test_a_place_before_the_first_row_is_no_cursor(program: Program) -> None:
    path = f"/meetings/{program.meeting()['id']}/attendance"
    problem(program.http.get(path, params={"cursor": "-5"}), 422, "cursor_invalid")
