"""Webhooks: verified, stored once, handled later."""

import base64
import hashlib
import json
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from livekit import api

from pendopo.project.postgres import Cluster
from tests.plugins.office import Office
from tests.plugins.waiting import until

BODY = json.dumps({"event": "room_started", "id": "EV_flow_1", "createdAt": "1795492027"})


def signature(office: Office, body: str) -> str:
    """What LiveKit sends with a body: a token over its hash."""
    keys = office.data / "secrets"
    token = api.AccessToken(
        (keys / "livekit_api_key").read_text().strip(),
        (keys / "livekit_api_secret").read_text().strip(),
    )
    token.claims.sha256 = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return token.to_jwt()


@pytest.fixture
def database(office: Office) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(Cluster(office.data).url, autocommit=True) as connection:
        yield connection


def post(office: Office, body: str, authorization: str) -> int:
    headers = {"Authorization": authorization, "Content-Type": "application/webhook+json"}
    url = f"{office.base_url}/webhooks/livekit"
    return httpx.post(url, content=body, headers=headers).status_code


def test_a_webhook_is_stored_once_and_handled(
    office: Office, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    signed = signature(office, BODY)
    assert [post(office, BODY, signed) for _ in range(3)] == [200, 200, 200]
    rows = "SELECT handled_at FROM meetings_receivedwebhook WHERE event_id = 'EV_flow_1'"
    assert len(database.execute(rows).fetchall()) == 1
    until(lambda: database.execute(rows).fetchall()[0][0], "the queue has handled it")
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE args->>'event_id' = 'EV_flow_1'"
    assert database.execute(jobs).fetchall() == [(1,)]


@pytest.mark.parametrize("authorization", ["", "nonsense"])
def test_a_strangers_webhook_is_refused(office: Office, authorization: str) -> None:
    assert post(office, BODY, authorization) == 401


def test_a_changed_body_is_refused(office: Office) -> None:
    assert post(office, BODY.replace("started", "finished"), signature(office, BODY)) == 401


def test_the_name_of_a_participant_is_not_kept(
    office: Office, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    who = {"sid": "PA_1", "identity": "0193", "name": "Siti Aminah", "metadata": "Desa Sumberagung"}
    body = json.dumps(
        {
            "event": "participant_joined",
            "id": "EV_flow_2",
            "createdAt": "1795492027",
            "room": {"name": "tidak-ada.1"},
            "participant": {**who, "attributes": {"organisation": "Desa Sumberagung"}},
        }
    )
    assert post(office, body, signature(office, body)) == 200
    stored = database.execute(
        "SELECT body::text FROM meetings_receivedwebhook WHERE event_id = 'EV_flow_2'"
    ).fetchall()[0][0]
    assert "PA_1" in str(stored)
    assert not any(word in str(stored) for word in ("Siti", "Sumberagung"))
