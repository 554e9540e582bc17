"""LiveKit is killed: browsers come back by themselves."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import NewPerson
from tests.browser.senses import counts_tiles, most_tiles, sees_and_hears
from tests.plugins.clients import Program
from tests.plugins.office import Office

pytestmark = pytest.mark.browser


@pytest.fixture
def fragile() -> Iterator[Office]:
    """An office of one's own to break."""
    office = Office().start()
    try:
        yield office.wait_ready()
    finally:
        office.close()


@pytest.fixture
def its_program(fragile: Office) -> Iterator[Program]:
    """A program of the fragile office."""
    made = Program(fragile, "koordinator@pendopo.test", "meetings:write")
    yield made
    made.http.close()


def test_browsers_return_by_themselves_after_livekit_was_killed(
    fragile: Office, its_program: Program, new_person: NewPerson
) -> None:
    meeting = its_program.meeting()
    siti = new_person("Siti Aminah", base_url=fragile.base_url).enter(meeting["host_url"])
    budi = new_person("Budi Santoso", base_url=fragile.base_url).enter(meeting["join_url"])
    sees_and_hears(siti, budi)
    people, marks = (siti, budi), []
    for person in people:
        counts_tiles(person.page)
        marks.append(person.page.evaluate("window.mark = Math.random()"))

    fragile.kill("livekit")
    for person in people:
        person.is_told("Menyambung kembali")
    for person in people:
        person.is_connected()
        person.sees(*people)  # the same identities
    sees_and_hears(siti, budi)
    sees_and_hears(budi, siti)
    assert [most_tiles(person.page) for person in people] == [2, 2]
    # The pages were never loaded anew, and nobody was sent to the door.
    assert [person.page.evaluate("window.mark") for person in people] == marks
    items = its_program.http.get(f"/meetings/{meeting['id']}/attendance").json()["items"]
    assert sorted(stay["name"] for stay in items) == ["Budi Santoso", "Siti Aminah"]
