"""What can still be cancelled, on pages and by programs; and two who come at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.models import Offer, OfferedSlot, ServiceRequest
from pendopo.intake.tests.office import People, a_slot, an_office, registered
from pendopo.journal.models import Entry
from pendopo.schedule.models import Event, Session


def approved(people: People, state: str = "ended", ended_days_ago: int = 8) -> ServiceRequest:
    """An approved request whose one session lies some days back."""
    request = registered(people)
    decisions.approve(request, people["head"])
    ends = clock.now() - timedelta(days=ended_days_ago)
    Session.objects.update(state=state, starts_at=ends - timedelta(hours=2), ends_at=ends)
    request.refresh_from_db()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "days", "code"),
    [("ended", 8, "event_over"), ("assigned", 8, "event_over"), ("live", 0, "event_live")],
)
def test_what_was_or_is_held_is_not_cancelled(state: str, days: int, code: str) -> None:
    people = an_office()
    request = approved(people, state, days)
    answer = Client().post(
        f"/api/v1/public/requests/{request.tracking_code}/cancel", {}, "application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    with pytest.raises(Refused, match=code):
        decisions.cancel(request, "Hujan", people["head"])
    Client().post(reverse("request-cancel", args=[request.tracking_code]), {"note": "Hujan"})
    request.refresh_from_db()
    assert request.state == "approved"
    assert Session.objects.get().state == state
    assert not Entry.objects.filter(kind="request.cancelled").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_offered"), [(8, False), (-8, True)])
def test_the_button_is_there_while_it_works(days: int, is_offered: bool) -> None:
    people = an_office()
    request = approved(people, "assigned", days)
    code, head = request.tracking_code, Client()
    head.force_login(people["head"])
    cancel = reverse("request-cancel", args=[code])
    tracking = Client().get(reverse("request-tracking", args=[code])).content.decode()
    assert (f'href="{cancel}"' in tracking) is is_offered
    dossier = head.get(reverse("request-detail", args=[request.number])).content.decode()
    step = reverse("request-step", args=[request.number, "cancel"])
    assert (f'href="{step}"' in dossier) is is_offered
    steps = Client().get(f"/api/v1/public/requests/{code}").json()["steps"]
    assert ("cancel" in steps) is is_offered


@pytest.mark.django_db
def test_of_a_series_the_days_to_come_are_cancelled() -> None:
    people = an_office()
    request = approved(people, "ended")
    event = Event.objects.get()
    later = a_slot(3)
    Session.objects.create(event=event, starts_at=later.starts_at, ends_at=later.ends_at)
    decisions.cancel(request, "Sisanya ditunda", people["head"])
    assert request.state == "cancelled"
    states = Session.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["ended", "cancelled"]


def _offered(people: People) -> tuple[ServiceRequest, int]:
    request = registered(people)
    decisions.offer(request, [a_slot(20)], "", people["head"])
    return request, OfferedSlot.objects.get().pk


def accept(request: ServiceRequest, slot: int) -> None:
    decisions.accept_offer(request, slot)


def refuse(request: ServiceRequest, slot: int) -> None:
    decisions.refuse_offer(request)


def expire(request: ServiceRequest, slot: int) -> None:
    made = Offer.objects.get()
    Offer.objects.update(expires_at=clock.now())
    decisions.expire_offer(made)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [accept, refuse, expire])
def test_requester_and_office_at_once_wait_for_each_other(
    answer: Callable[[ServiceRequest, int], None],
) -> None:
    people = an_office()
    request, slot = _offered(people)
    together = Barrier(2)

    def at_once(act: Callable[[ServiceRequest], None]) -> str:
        try:
            seen = ServiceRequest.objects.get(pk=request.pk)
            together.wait(10)
            act(seen)
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(at_once, lambda seen: answer(seen, slot)),
            pool.submit(at_once, lambda seen: decisions.cancel(seen, "Batal", people["head"])),
        ]
        answers = [job.result(20) for job in jobs]
    assert set(answers) <= {"", "request_moved_on", "offer_not_open", "step_not_possible"}
    assert "" in answers
    request.refresh_from_db()
    assert (request.state == "cancelled") == (answers[1] == "")
    assert Event.objects.count() == (request.state == "approved")


@pytest.mark.django_db
@pytest.mark.parametrize(("in_days", "is_offered"), [(1, True), (-1, False)])
def test_a_program_is_told_of_an_offer_while_it_counts(in_days: int, is_offered: bool) -> None:
    request, _ = _offered(an_office())
    Offer.objects.update(expires_at=clock.now() + timedelta(days=in_days))
    steps = Client().get(f"/api/v1/public/requests/{request.tracking_code}").json()["steps"]
    assert ("accept_offer" in steps) is is_offered
    assert "refuse_offer" in steps
