"""The form of the log, and what never stands in it."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client

from pendopo.project.logs import Lines, logging_config, set_up_structlog
from pendopo.project.redaction import HIDDEN, without_secrets


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def said(form: str) -> Iterator[io.StringIO]:
    """What a logger of ours writes in this form."""
    set_up_structlog()
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines(form))
    ours = logging.getLogger("pendopo.requests")
    ours.addHandler(handler)
    level, ours.level = ours.level, logging.INFO
    ours.setLevel(logging.INFO)
    yield out
    ours.removeHandler(handler)
    ours.setLevel(level)


def test_ours_and_the_standard_library_come_out_alike(form: str, said: io.StringIO) -> None:
    structlog.stdlib.get_logger("pendopo.requests").info("answered", status=200, ms=1.5)
    logging.getLogger("pendopo.requests").warning("job %s lost its worker", 7)
    first, second = said.getvalue().splitlines()
    if form == "json":
        assert json.loads(first) | {"time": ""} == {
            "time": "", "level": "info", "logger": "pendopo.requests", "event": "answered",
            "status": 200, "ms": 1.5,
        }  # fmt: skip
        assert json.loads(second)["event"] == "job 7 lost its worker"
        return
    assert first.endswith("level=info logger=pendopo.requests event=answered status=200 ms=1.5")
    assert first.startswith("time=20")
    assert second.endswith('level=warning logger=pendopo.requests event="job 7 lost its worker"')


def test_a_traceback_is_there_without_what_it_must_not_say(form: str, said: io.StringIO) -> None:
    try:
        raise ValueError("password=rahasia for siti@contoh.go.id")
    except ValueError:
        logging.getLogger("pendopo.requests").exception("failed")
    text = said.getvalue()
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "rahasia" not in text.replace('raise ValueError("password=rahasia', "")
    assert "siti@" not in text
    assert len(text.splitlines()) == 1 or form == "text"


JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaXRpIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://pendopo:rahasia@db/pendopo",
        "Authorization: Bearer rahasia-rahasia",
        "Seat rahasia-rahasia",
        f"token {JWT.replace('c2lnbmF0dXJl', 'rahasia')}",
        "password=rahasia",
        "{'api_key': 'rahasia', 'x': 1}",
        '{"host_key": "x", "livekit_api_secret": "rahasia"}',
        "GET /mulai/?kunci=rahasia HTTP/1.1",
        "sent to rahasia@contoh.go.id",
    ],
)
def test_secrets_and_addresses_are_taken_out_of_any_text(text: str) -> None:
    assert "rahasia" in text
    assert "rahasia" not in without_secrets(text)


def test_a_key_that_speaks_of_a_secret_hides_its_value_however_deep() -> None:
    facts: dict[str, Any] = {
        "status": 200,
        "headers": {"Authorization": "x", "Cookie": ["a", "b"]},
        "list": [{"password": "x"}, b"Bearer 12345678"],
    }
    assert without_secrets(facts) == {
        "status": 200,
        "headers": {"Authorization": HIDDEN, "Cookie": HIDDEN},
        "list": [{"password": HIDDEN}, f"Bearer {HIDDEN}"],
    }


@pytest.mark.parametrize(
    "text",
    ["job 12 lost its worker", "/j/<slug:slug>", "postgresql://pendopo@/pendopo?host=/run", "a=b"],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert without_secrets(text) == text


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_without_link_query_or_name(
    said: io.StringIO, client: Client
) -> None:
    answer = client.get("/j/bcd-fghj-kmn?nama=Siti&kunci=rahasia")
    line = said.getvalue()
    assert answer.headers["X-Request-ID"] in line
    assert "/j/<slug:slug>" in line
    assert str(answer.status_code) in line
    for hidden in ("bcd-fghj", "Siti", "rahasia", "kunci"):
        assert hidden not in line


@pytest.mark.django_db
def test_the_number_of_a_request_is_never_the_clients(client: Client) -> None:
    answers = [client.get("/uji", headers={"X-Request-ID": "mine"}) for _ in range(2)]
    numbers = {answer.headers["X-Request-ID"] for answer in answers}
    assert len(numbers) == 2
    assert "mine" not in numbers


def test_djangos_own_sentence_about_a_request_names_no_path(
    form: str, said: io.StringIO, rf: Any
) -> None:
    request = rf.get("/akun/undangan/kunci-rahasia/")
    logging.getLogger("pendopo.requests").error(
        "Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500}
    )
    assert "(unknown)" in said.getvalue()
    assert "kunci-rahasia" not in said.getvalue()


def test_the_configuration_is_plain_values(form: str) -> None:
    config = logging_config("warning", form)
    assert json.loads(json.dumps(config)) == config
    assert config["root"]["level"] == "WARNING"
