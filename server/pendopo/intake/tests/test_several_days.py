"""An event of several days is offered and taken whole."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.documents.models import Document
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.drafts import set_slots
from pendopo.intake.models import OfferedSlot, ServiceRequest
from pendopo.intake.rules.decisions import moved_to
from pendopo.intake.tests.office import People, a_slot, an_office, registered
from pendopo.people.actions.tokens import issue_api_token
from pendopo.schedule.models import Session
from pendopo.schedule.rules import Slot

pytestmark = pytest.mark.django_db
THREE_DAYS = [a_slot(20), a_slot(21), a_slot(23)]
LATER = [a_slot(27), a_slot(28), a_slot(30)]


@pytest.fixture
def people() -> People:
    return an_office()


@pytest.fixture
def case(people: People) -> ServiceRequest:
    """A training of three days."""
    made = registered(people)
    set_slots(made, [a_slot(13), a_slot(14), a_slot(16)])
    return made


def booked() -> list[Slot]:
    rows = Session.objects.order_by("starts_at")
    return [Slot(s.starts_at, s.ends_at) for s in rows if s.starts_at and s.ends_at]


@pytest.mark.parametrize("day", [0, 1, 2])
def test_whichever_day_is_pressed_all_days_of_the_alternative_are_taken(
    people: People, case: ServiceRequest, day: int
) -> None:
    decisions.offer(case, [THREE_DAYS, LATER], "", people["head"])
    days = case.offers.get().choices()[1]
    decisions.accept_offer(case, days[day].pk)
    assert booked() == LATER
    assert [Slot(s.starts_at, s.ends_at) for s in case.slots.all()] == LATER
    taken = OfferedSlot.objects.filter(is_taken=True)
    assert {each.choice for each in taken} == {2}
    assert len(taken) == 3


def test_on_the_office_s_page_the_days_move_with_the_first(
    people: People, case: ServiceRequest
) -> None:
    client = Client()
    client.force_login(people["head"])
    page = reverse("request-step", args=[case.number, "offer"])
    assert "3 hari" in client.get(page).text
    first = LATER[0].starts_at
    given = {
        "slots-TOTAL_FORMS": "3", "slots-INITIAL_FORMS": "0", "note": "",
        "slots-0-day": f"{first:%Y-%m-%d}", "slots-0-starts": "08:00", "slots-0-ends": "12:00",
    }  # fmt: skip
    assert client.post(page, given).status_code == 302
    (days,) = case.offers.get().choices()
    starts = [each.starts_at for each in days]
    assert [start - starts[0] for start in starts] == [
        timedelta(0), timedelta(days=1), timedelta(days=3),
    ]  # fmt: skip
    assert {each.ends_at - each.starts_at for each in days} == {timedelta(hours=4)}


def test_on_the_requester_s_page_each_alternative_is_one_button(
    people: People, case: ServiceRequest
) -> None:
    decisions.offer(case, [THREE_DAYS, LATER], "", people["head"])
    tracking = reverse("request-tracking", args=[case.tracking_code])
    page = Client().get(tracking).text
    first, second = (days[0].pk for days in case.offers.get().choices())
    assert page.count('name="slot" value="') == 3  # and none of them
    assert f'value="{first}"' in page
    choose = reverse("request-choose", args=[case.tracking_code])
    assert Client().post(choose, {"slot": second}).status_code == 302
    assert booked() == LATER


def test_the_letter_names_all_days_of_each_alternative(
    people: People, case: ServiceRequest
) -> None:
    in_a_row = [a_slot(20), a_slot(21), a_slot(22)]
    decisions.offer(case, [in_a_row, LATER[:2], a_slot(40)], "", people["head"])
    lines = [line for line in Document.objects.get().body.splitlines() if ", pukul " in line]
    assert len(lines) == 3
    assert " s.d. " in lines[0]
    assert lines[1].count(";") == 1


def test_programs_offer_and_take_several_days_together(
    people: People, case: ServiceRequest
) -> None:
    def told(slot: Slot, **more: int) -> dict[str, object]:
        return {
            "starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat(), **more,
        }  # fmt: skip

    secret = issue_api_token(people["head"], "", ["requests:write"])
    slots = [told(LATER[2], choice=7), *[told(each, choice=7) for each in LATER[:2]]]
    answer = Client().post(
        f"/api/v1/requests/{case.number}/offer",
        json.dumps({"slots": [told(a_slot(40)), *slots]}),
        "application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200, answer.content
    public = f"/api/v1/public/requests/{case.tracking_code}"
    offered = Client().get(public).json()["offer"]
    assert [each["choice"] for each in offered] == [1, 2, 2, 2]
    body = json.dumps({"slot": offered[-1]["id"]})
    assert Client().post(f"{public}/accept", body, "application/json").status_code == 200
    assert booked() == LATER


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "time_required"),
        ([[]], "time_required"),
        ([[a_slot(20), a_slot(-1)]], "slot_over"),
        ([[a_slot(20), Slot(a_slot(21).ends_at, a_slot(21).starts_at)]], "times_out_of_order"),
        ([[a_slot(20 + day) for day in range(32)]], "too_many_slots"),
    ],
)
def test_what_can_not_be_an_alternative_is_refused(
    people: People, case: ServiceRequest, choices: list[list[Slot]], code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        decisions.offer(case, choices, "", people["head"])
    assert not OfferedSlot.objects.exists()


def on(day: int, first: int, last: int) -> Slot:
    return Slot(
        datetime(2026, 12, day, first, tzinfo=UTC), datetime(2026, 12, day, last, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("asked", "first", "moved"),
    [
        ([], on(7, 2, 4), [on(7, 2, 4)]),
        ([on(1, 2, 4)], on(7, 3, 9), [on(7, 3, 9)]),
        ([on(1, 2, 4), on(2, 2, 4)], on(7, 2, 4), [on(7, 2, 4), on(8, 2, 4)]),
        # Days between stay, and so do other hours: all begin an hour later and end two later.
        ([on(1, 2, 4), on(4, 5, 9)], on(7, 3, 6), [on(7, 3, 6), on(10, 6, 11)]),
        ([on(4, 5, 9), on(1, 2, 4)], on(7, 2, 4), [on(7, 2, 4), on(10, 5, 9)]),
    ],
)
def test_an_event_moves_whole_with_its_first_day(
    asked: list[Slot], first: Slot, moved: list[Slot]
) -> None:
    assert moved_to(asked, first) == moved
