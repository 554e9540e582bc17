"""Duties and scopes as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from pendopo.people.rules import (
    ALLOWS,
    SCOPES,
    Duty,
    Permission,
    grants,
    is_staff,
    permissions_of,
    refusal_of_invitation,
    verified_email,
)

P = Permission
STAFF_MAY = {P.SEE_LIVE_MEETINGS, P.READ_UNITS}
HOST_MAY = {P.HOST_MEETINGS, P.BOOK_MEETINGS}
READS_LETTERS = {P.READ_REQUESTS, P.READ_DOCUMENTS}
WORKS_ON_LETTERS = {*READS_LETTERS, P.DISPOSE_LETTERS, P.DRAFT_DOCUMENTS}
SECRETARIAT_MAY = {
    *STAFF_MAY, *WORKS_ON_LETTERS, P.CHANGE_UNITS, P.REGISTER_LETTERS, P.CHANGE_SERVICE,
    P.READ_NOTICES, P.SEND_NOTICES,
}  # fmt: skip
HEAD_MAY = {
    *STAFF_MAY, *WORKS_ON_LETTERS, P.READ_ANY_MEETING, P.READ_JOURNAL, P.DECIDE_REQUESTS,
    P.AUTHORISE_URGENT, P.SIGN_DOCUMENTS,
}  # fmt: skip
DIVISION_MAY = {
    *STAFF_MAY, *WORKS_ON_LETTERS, P.READ_ANY_MEETING, P.DECIDE_REQUESTS, P.SIGN_DOCUMENTS,
}  # fmt: skip
COORDINATOR_MAY = {
    *STAFF_MAY, *WORKS_ON_LETTERS, P.READ_ANY_MEETING, P.DECIDE_REQUESTS, P.READ_NOTICES,
    P.SEND_NOTICES,
}  # fmt: skip
OPERATOR_MAY = {*STAFF_MAY, P.READ_ANY_MEETING, P.MODERATE_ANY_MEETING}
COMMAND_MAY = {*STAFF_MAY, P.READ_ANY_MEETING, P.MANAGE_QUEUE, P.READ_NOTICES}
AUDITOR_MAY = {*STAFF_MAY, *READS_LETTERS, P.READ_ANY_MEETING, P.READ_JOURNAL, P.READ_NOTICES}


@pytest.mark.parametrize(
    ("duties", "allowed"),
    [
        ([], set()),
        (["administrator"], set(Permission)),
        (["host"], HOST_MAY),
        (["secretariat"], SECRETARIAT_MAY),
        (["head_of_office"], HEAD_MAY),
        (["division_head"], DIVISION_MAY),
        (["coordinator"], COORDINATOR_MAY),
        (["operator"], OPERATOR_MAY),
        (["command_centre"], COMMAND_MAY),
        (["auditor"], AUDITOR_MAY),
        (["requester"], set()),
        (["requester", "host"], HOST_MAY),
        (["a duty of a later version"], set()),
    ],
)
def test_permissions(duties: list[str], allowed: set[Permission]) -> None:
    assert permissions_of(duties) == allowed


@pytest.mark.parametrize(
    ("duties", "staff"),
    [
        ([], False),
        (["host", "requester"], False),
        (["host", "auditor"], True),
        (["administrator"], True),
        (["a duty of a later version"], False),
    ],
)
def test_staff(duties: list[str], staff: bool) -> None:
    assert is_staff(duties) is staff


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


NOW = datetime(2026, 11, 24, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("used_at", "revoked_at", "expires_at", "code"),
    [
        (None, None, LATER, ""),
        (None, None, NOW, "invitation_expired"),
        (EARLIER, None, LATER, "invitation_used"),
        (EARLIER, EARLIER, EARLIER, "invitation_used"),
        (None, EARLIER, LATER, "invitation_revoked"),
        (None, EARLIER, EARLIER, "invitation_revoked"),
    ],
)
def test_invitations(
    used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, code: str
) -> None:
    assert refusal_of_invitation(used_at, revoked_at, expires_at, NOW) == code


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"email": "Siti@Example.go.id ", "email_verified": True}, "siti@example.go.id"),
        ({"email": "siti@example.go.id", "email_verified": "true"}, "siti@example.go.id"),
        ({"email": "siti@example.go.id", "email_verified": False}, ""),
        ({"email": "siti@example.go.id", "email_verified": "false"}, ""),
        ({"email": "siti@example.go.id", "email_verified": None}, ""),
        ({"email": "siti@example.go.id"}, ""),
        ({"email": ["siti@example.go.id"], "email_verified": True}, ""),
        ({"email": "siti", "email_verified": True}, ""),
        ({"email_verified": True}, ""),
        ({}, ""),
    ],
)
def test_only_a_vouched_address_counts(claims: dict[str, object], email: str) -> None:
    assert verified_email(claims) == email
