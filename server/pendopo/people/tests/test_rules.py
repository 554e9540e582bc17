"""Duties and scopes as tables."""

import pytest

from pendopo.people.rules import ALLOWS, SCOPES, Duty, Permission, grants, permissions_of

SEE, HOST, MODERATE = (
    Permission.SEE_LIVE_MEETINGS,
    Permission.HOST_MEETINGS,
    Permission.MODERATE_ANY_MEETING,
)


@pytest.mark.parametrize(
    ("duties", "allowed"),
    [
        ([], set()),
        (["administrator"], set(Permission)),
        (["host"], {HOST}),
        (["secretariat"], {SEE}),
        (["head_of_office"], {SEE}),
        (["coordinator"], {SEE}),
        (["operator"], {SEE, MODERATE}),
        (["command_centre"], {SEE}),
        (["requester"], set()),
        (["requester", "host"], {HOST}),
        (["a duty of a later version"], set()),
    ],
)
def test_permissions(duties: list[str], allowed: set[Permission]) -> None:
    assert permissions_of(duties) == allowed


def test_every_duty_stands_in_the_table() -> None:
    assert set(ALLOWS) == set(Duty)


@pytest.mark.parametrize(
    ("held", "wanted", "covered"),
    [
        ([], "meetings:read", False),
        (["meetings:read"], "meetings:read", True),
        (["meetings:read"], "meetings:write", False),
        (["meetings:write"], "meetings:read", True),
        (["meetings:write"], "schedule:read", False),
        (["schedule:write", "meetings:read"], "meetings:write", False),
    ],
)
def test_scopes(held: list[str], wanted: str, covered: bool) -> None:
    assert grants(held, wanted) is covered


def test_there_are_read_and_write_for_each_area() -> None:
    assert len(SCOPES) == 14
    assert "plenaries:write" in SCOPES
