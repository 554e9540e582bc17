"""Attendance as it is promised, from browsers that leave, close and crash."""

import os
import signal
import time
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import DEVICES, NewBrowser, NewPerson
from tests.browser.pages import Person
from tests.plugins.clients import Program
from tests.plugins.office import Office
from tests.plugins.waiting import until

pytestmark = pytest.mark.browser


def stays(program: Program, meeting: dict[str, str], name: str) -> list[dict[str, Any]]:
    items = program.http.get(f"/meetings/{meeting['id']}/attendance").json()["items"]
    return [item for item in items if item["name"] == name]


def ended(program: Program, meeting: dict[str, str], name: str, seconds: float) -> dict[str, Any]:
    """The only stay of somebody, once it is over."""
    over = until(
        lambda: [stay for stay in stays(program, meeting, name) if stay["left_at"]],
        f"{name}'s stay is over",
        seconds,
    )
    assert len(over) == 1
    return over[0]


def seconds_from(moment: str, clock: float) -> float:
    return abs(datetime.fromisoformat(moment).timestamp() - clock)


def test_leaving_counts_within_a_second(
    meeting: dict[str, str], new_person: NewPerson, program: Program
) -> None:
    began = time.time()
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    inside = time.time()
    (stay,) = until(lambda: stays(program, meeting, "Budi Santoso"), "the joining is noted")
    joined = datetime.fromisoformat(stay["joined_at"]).timestamp()
    assert began <= joined <= inside + 1
    assert (stay["left_at"], stay["reason"]) == (None, "")
    left = time.time()
    budi.leaves()
    stay = ended(program, meeting, "Budi Santoso", 10)
    assert stay["reason"] == "left"
    assert seconds_from(stay["left_at"], left) < 1


@pytest.mark.parametrize("way", ["another page", "closed tab"])
def test_going_away_without_the_button_is_leaving_too(
    meeting: dict[str, str], new_person: NewPerson, program: Program, way: str
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    siti.sees(siti, budi)
    until(lambda: stays(program, meeting, "Budi Santoso"), "the joining is noted")
    left = time.time()
    if way == "another page":
        budi.page.goto("/")
    else:
        budi.page.close()
    stay = ended(program, meeting, "Budi Santoso", 10)
    assert stay["reason"] == "left"
    assert seconds_from(stay["left_at"], left) < 1
    siti.sees(siti)


def kill(browser: Browser) -> None:
    """The whole browser ends without a goodbye, as when the power fails."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    (main,) = [each["id"] for each in processes if each["type"] == "browser"]
    with_children = [each["id"] for each in processes]
    for pid in (main, *with_children):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # went down with the first


def is_a_sign_of_life(answer: Response) -> bool:
    return answer.url.endswith("/seats/alive")


def test_a_crash_ends_at_the_last_sign_of_life(
    meeting: dict[str, str], new_browser: NewBrowser, program: Program, office: Office
) -> None:
    mortal = new_browser(*DEVICES)
    budi = Person(mortal.new_context(base_url=office.base_url), "Budi Santoso")
    budi.enter(meeting["join_url"])
    for _ in range(2):
        with budi.page.expect_response(is_a_sign_of_life, timeout=20_000):
            pass
    died = time.time()  # the last sign of life was just now
    kill(mortal)
    stay = ended(program, meeting, "Budi Santoso", 20)
    assert time.time() - died < 20
    assert stay["reason"] == "lost"
    assert seconds_from(stay["left_at"], died) < 1
