"""What the office decides about meetings holds at the door."""

import threading

import pytest
from django.db import connection

from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM
from pendopo.meetings.actions import admission
from pendopo.meetings.actions.meetings import create_meeting
from pendopo.meetings.models import Opening, Participant
from pendopo.meetings.rules.admission import Role
from pendopo.office.actions.decisions import change_office, create_office
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty


@pytest.mark.django_db
def test_a_new_meeting_takes_its_limits_from_the_office(owner: Account) -> None:
    create_office("Kantor", "Layanan", SYSTEM)
    before = create_meeting(owner, "Sebelum")
    change_office({"meeting_people": 40, "organisation_field": "required"}, owner)
    after = create_meeting(owner, "Sesudah")
    assert (before.limit, before.organisation_field) == (500, "optional")
    assert (after.limit, after.organisation_field) == (40, "required")


@pytest.mark.django_db
def test_a_guest_must_name_an_organisation_where_the_office_asks_for_it(opening: Opening) -> None:
    opening.meeting.organisation_field = "required"
    with pytest.raises(Refused) as refused:
        admission.take_seat(opening.meeting, admission.Visitor("Siti", organisation="  "))
    assert refused.value.code == "organisation_required"
    admitted = admission.take_seat(opening.meeting, admission.Visitor("Siti", "Desa Sumberagung"))
    assert admitted.participant.person.organisation == "Desa Sumberagung"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_only_as_many_get_in_as_there_are_places() -> None:
    owner = create_account("owner@test.example", "x", "Ibu Ratna", [Duty.HOST])
    meeting = create_meeting(owner, "Rapat penuh")
    meeting.limit = 3
    meeting.save(update_fields=["limit"])
    together = threading.Barrier(8)
    refused: list[str] = []

    def come(number: int) -> None:
        try:
            together.wait()
            visitor = admission.Visitor(f"Tamu {number}")
            admission._seat(meeting, visitor, visitor.name, Role.PARTICIPANT, f"seat-{number}")
        except Refused as no:
            refused.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Participant.objects.filter(meeting=meeting).count() == 3
    assert refused == ["meeting_full"] * 5
