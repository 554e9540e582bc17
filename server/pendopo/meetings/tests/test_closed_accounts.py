"""An account that is closed, or loses a duty, loses its place and its lead in meetings."""

import pytest

from pendopo.foundation.ids import new_secret, secret_hash
from pendopo.journal.models import SYSTEM, Entry
from pendopo.journal.tasks import react
from pendopo.meetings import queries
from pendopo.meetings.models import Opening, Participant
from pendopo.meetings.rules.admission import Role
from pendopo.people.actions.accounts import create_account, deactivate_account, set_duties
from pendopo.people.models import Account
from pendopo.people.rules import Duty

REACTION = "pendopo.meetings.reactions.withdraw_lead"


@pytest.fixture
def operator(db: None) -> Account:
    return create_account("operator@test.example", "x", "Rizky", [Duty.OPERATOR])


@pytest.fixture
def seat(opening: Opening, operator: Account) -> str:
    secret = new_secret()
    Participant.objects.create(
        meeting=opening.meeting,
        person=operator.person,
        account=operator,
        role=Role.HOST,
        seat_hash=secret_hash(secret),
        admitted_at=opening.opened_at,
    )
    return secret


def test_the_seat_of_a_closed_account_is_nobodys(seat: str, operator: Account) -> None:
    assert queries.seated(seat) is not None
    deactivate_account(operator, SYSTEM)
    assert queries.seated(seat) is None


@pytest.mark.parametrize(
    ("duties", "role"), [([Duty.HOST], Role.PARTICIPANT), ([Duty.OPERATOR, Duty.HOST], Role.HOST)]
)
def test_who_may_no_longer_lead_is_no_host(
    seat: str, operator: Account, duties: list[Duty], role: Role
) -> None:
    set_duties(operator, duties, SYSTEM)
    react(Entry.objects.latest("id").pk, REACTION)
    assert Participant.objects.get(account=operator).role == role


def test_an_owner_stays_the_host_of_the_own_meeting(opening: Opening, owner: Account) -> None:
    mine = Participant.objects.create(
        meeting=opening.meeting, person=owner.person, account=owner, role=Role.HOST,
        admitted_at=opening.opened_at,
    )  # fmt: skip
    set_duties(owner, [Duty.REQUESTER], SYSTEM)
    react(Entry.objects.latest("id").pk, REACTION)
    mine.refresh_from_db()
    assert mine.role == Role.HOST
