"""A meeting of three: everybody sees and hears everybody."""

import pytest

from tests.browser.conftest import NewPerson
from tests.browser.senses import sees_and_hears

pytestmark = pytest.mark.browser


def test_three_people_see_and_hear_each_other(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    people = [
        new_person("Siti Aminah").enter(meeting["host_url"]),
        new_person("Budi Santoso").enter(meeting["join_url"]),
        new_person("Ketut Wirawan").enter(meeting["join_url"]),
    ]
    for person in people:
        person.sees(*people)
    for person in people:
        sees_and_hears(person, *(other for other in people if other is not person))
    assert [person.complaints for person in people] == [[], [], []]
