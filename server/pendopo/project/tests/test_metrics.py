"""The figures, and who may read them."""

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from pendopo.journal.actions import record
from pendopo.project.demo import load_demo

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Name and label values → value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_database(client: Client) -> None:
    before = figures(client)
    load_demo()
    record("account.sign_in_failed", "a:1", "system")
    after = figures(client)
    assert before["pendopo_sign_ins_total", ("sign_in_failed",)] == 0
    assert after["pendopo_sign_ins_total", ("sign_in_failed",)] == 1
    entries = ("pendopo_journal_entries_total", ())
    assert after[entries] > before[entries]
    assert after["pendopo_live_meetings", ()] == after["pendopo_participants", ()] == 0
    assert after["pendopo_queue_workers", ()] == 0
    assert ("pendopo_queue_jobs", ("failed",)) in after
    assert ("pendopo_queue_oldest_waiting_seconds", ()) in after
    assert any(name == "pendopo_build_info" for name, _ in after)


def test_requests_are_counted_by_route(client: Client) -> None:
    counted = ("pendopo_http_requests_total", ("GET", "/j/<slug:slug>", "404"))
    before = figures(client).get(counted, 0)
    client.get("/j/bcd-fghj-kmn")
    client.get("/j/xyz-xyzx-xyz")
    found = figures(client)
    assert found[counted] == before + 2
    assert found["pendopo_http_request_seconds_count", ("/j/<slug:slug>",)] >= 2


def test_a_scrape_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/metrics")


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 404),
        ("", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, 404),
        ("10.0.0.7", {"Authorization": "Bearer a-long-enough-token"}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "x", "Authorization": "Bearer a-long-enough-token"}, 200),
        ("10.0.0.7", {"Authorization": "Bearer another"}, 404),
        ("10.0.0.7", {"Authorization": "Bearer "}, 404),
    ],
)
def test_only_this_machine_or_the_token_reads_them(
    client: Client, settings: object, address: str, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "a-long-enough-token"  # type: ignore[attr-defined]
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status


def test_without_a_token_none_opens(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = ""  # type: ignore[attr-defined]
    for given in ("Bearer ", "", "Bearer x"):
        answer = client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers={"Authorization": given})
        assert answer.status_code == 404
