"""A real office seen from outside: its log and its figures."""

import json
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.plugins.clients import Program, Seat
from tests.plugins.office import Office
from tests.plugins.waiting import until


@pytest.fixture(scope="module")
def json_office() -> Iterator[Office]:
    office = Office(PENDOPO_LOG_FORMAT="json", PENDOPO_METRICS_TOKEN="a-long-enough-token").start()
    try:
        yield office.wait_ready()
    finally:
        office.close()


def lines(office: Office) -> list[dict[str, object]]:
    """Whole lines of the log; each must be a JSON object."""
    return [json.loads(line) for line in office.log.rpartition("\n")[0].splitlines()]


def figure(office: Office, name: str, **labels: str) -> float:
    text = httpx.get(f"{office.base_url}/metrics").text
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_every_line_of_every_part_is_json_when_that_is_wished(json_office: Office) -> None:
    number = httpx.get(f"{json_office.base_url}/uji?nama=Siti").headers["X-Request-ID"]

    def found() -> dict[str, object] | None:
        return next((each for each in lines(json_office) if each.get("request") == number), None)

    line = until(found, "the request is in the log", 10)
    assert (line["part"], line["route"], line["status"]) == ("web", "/uji", 200)
    assert float(str(line["ms"])) > 0
    assert "Siti" not in json_office.log
    parts = {str(each["part"]) for each in lines(json_office)}
    assert {"pendopo", "web", "worker", "database", "livekit", "prepare"} <= parts
    assert all(each["event"] for each in lines(json_office))
    granian = [each for each in lines(json_office) if each.get("logger") == "_granian"]
    assert granian, "the web server's own lines come in the same form"


def test_the_text_log_is_key_and_value(office: Office) -> None:
    number = httpx.get(f"{office.base_url}/j/bcd-fghj-kmn").headers["X-Request-ID"]
    line = until(
        lambda: next((each for each in office.log.splitlines() if number in each), ""),
        "the request is in the log",
        10,
    )
    assert "level=info logger=pendopo.requests event=answered" in line
    assert "route=/j/<slug:slug> status=404" in line
    assert "bcd-fghj-kmn" not in office.log


def test_what_a_guest_holds_and_says_is_not_in_the_log(
    office: Office, program: Program, guest: httpx.Client
) -> None:
    meeting = program.meeting()
    seat = Seat(guest, meeting["slug"], "Sartinah Kusumadewi")
    assert seat.post("/chat", {"text": "sangat rahasia"}).status_code == 201
    token = program.http.headers["Authorization"].split()[1]
    for hidden in (seat.given["seat"], "Sartinah", "sangat rahasia", meeting["slug"], token):
        assert hidden not in office.log


def test_requests_to_all_web_processes_are_added_up(office: Office) -> None:
    labels = {"route": "/uji", "status": "200"}
    before = figure(office, "pendopo_http_requests_total", **labels)
    for _ in range(40):  # each on a connection of its own, so that both processes get some
        assert httpx.get(f"{office.base_url}/uji").status_code == 200
    assert figure(office, "pendopo_http_requests_total", **labels) == before + 40
    assert len(list((office.data / "run" / "metrics").glob("counter_*.db"))) >= 2
    assert figure(office, "pendopo_queue_workers") == 1


def test_figures_are_for_this_machine_or_for_the_token(json_office: Office) -> None:
    url = f"{json_office.base_url}/metrics"
    proxied = {"X-Forwarded-For": "127.0.0.1"}
    assert httpx.get(url).status_code == 200
    assert httpx.get(url, headers=proxied).status_code == 404
    right = {**proxied, "Authorization": "Bearer a-long-enough-token"}
    assert httpx.get(url, headers=right).status_code == 200
    assert "a-long-enough-token" not in json_office.log


def test_check_looks_into_a_running_office(office: Office) -> None:
    """All is right; with an address for everybody, the demo's public password is not."""
    said = office.command("check")
    assert "WRONG" not in said
    for subject in ("migrations", "secrets", "queue", "demo accounts", "clock", "room for data"):
        assert f"ok     {subject} " in said
    done = subprocess.run(
        [sys.executable, "-m", "pendopo", "check"],
        env=office.environment | {"PENDOPO_BASE_URL": "https://rapat.example.go.id"},
        capture_output=True,
        text=True,
    )
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert (done.returncode, len(wrong)) == (1, 1), done.stdout
    assert "demo accounts" in wrong[0]
    assert "PENDOPO_DEMO=false" in wrong[0]
