"""A meeting with a room, and people in it, without LiveKit."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pendopo.foundation import clock
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.models import Connection, Meeting, Opening, Participant
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account, Person
from pendopo.people.rules import Duty


@pytest.fixture
def owner(db: None) -> Account:
    return create_account("owner@test.example", "x", "Ibu Ratna", [Duty.HOST])


@pytest.fixture
def opening(owner: Account) -> Opening:
    meeting = create_meeting(owner, "Rapat")
    now = clock.now()
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=now)
    return Opening.objects.create(meeting=meeting, room=f"{meeting.slug}.1", opened_at=now)


Enter = Callable[..., Connection]


@pytest.fixture
def enter(opening: Opening) -> Enter:
    """Puts someone new into the room: `enter(name, joined_at)`."""

    def put(name: str = "Siti", joined_at: datetime | None = None) -> Connection:
        participant = Participant.objects.create(
            meeting=opening.meeting,
            person=Person.objects.create(name=name),
            role="participant",
            admitted_at=clock.now(),
        )
        return Connection.objects.create(
            participant=participant,
            opening=opening,
            sid=f"PA_{participant.pk.hex}",
            joined_at=joined_at or clock.now(),
        )

    return put
