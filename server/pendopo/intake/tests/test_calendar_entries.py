"""What an approved request puts into the requester's calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from pendopo.gateways.ical.files import Method, calendar_file
from pendopo.intake.telling import calendar_of
from pendopo.intake.tests.office import an_office
from pendopo.intake.tests.test_organiser_pages import approved
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db


def test_each_session_is_there_and_keeps_its_name_when_another_comes_before_it() -> None:
    case = approved(an_office())
    assert case.event is not None
    first = case.event.sessions.get()
    assert first.starts_at is not None
    assert first.ends_at is not None

    def entries() -> dict[str, str]:
        made = calendar_of(case, Method.REQUEST)
        assert made is not None
        found = Calendar.from_ical(calendar_file(made)).walk("VEVENT")
        return {str(each["UID"]): str(each.get("DESCRIPTION")) for each in found}

    assert set(entries()) == {f"{first.pk}@pendopo"}
    week = timedelta(days=7)
    earlier = Session.objects.create(
        event=case.event, starts_at=first.starts_at - week, ends_at=first.ends_at - week,
        state=first.state,
    )  # fmt: skip
    told = entries()
    assert set(told) == {f"{first.pk}@pendopo", f"{earlier.pk}@pendopo"}
    (days,) = set(told.values())
    assert len(days.splitlines()) == 2
