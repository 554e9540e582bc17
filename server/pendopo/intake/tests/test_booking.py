"""What a unit books for itself."""

import pytest

from pendopo.documents.models import Document
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.states import RequestState
from pendopo.intake.tests.office import People, a_slot, an_office
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return an_office()


@pytest.mark.parametrize(
    ("changes", "hours", "code"),
    [
        ({}, 2, ""),
        ({"people": 51}, 2, "self_service_people"),
        ({}, 5, "self_service_hours"),
        ({"needs_operator": True}, 2, "self_service_operator"),
        ({"event_title": ""}, 2, "request_incomplete"),
    ],
)
def test_a_unit_books_within_its_limits(
    people: People, changes: dict[str, object], hours: int, code: str
) -> None:
    given = {"event_title": "Rapat bidang", "people": 20, "attendance": "online", **changes}
    if code:
        with pytest.raises(Refused, match=code):
            book_meeting(people["host"], given, a_slot(hours=hours))
        assert not ServiceRequest.objects.exists()
        return
    request = book_meeting(people["host"], given, a_slot(hours=hours))
    assert request.state == RequestState.APPROVED
    assert request.channel == "self_service"
    assert Session.objects.get().meeting.slug
    assert not Document.objects.exists()
